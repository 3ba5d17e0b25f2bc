import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sharedData } from '#testing/shared-data.ts'
import { UnreadableFile } from './finding.ts'
import { sourceFromBytes, sourceFromPath, type Source } from './source.ts'
import type { TableRow } from './row.ts'
import { readTable } from './table.ts'

const bytes = (text: string, encoding = 'utf-8') => sourceFromBytes('a.csv', iconv.encode(text, encoding))

async function read(source: Source, names: readonly string[] = ['code', 'name'], recordsAt?: string) {
  const table = await readTable(source, {
    recognise: (header) => names.every((name) => header.includes(name)),
    ...(recordsAt === undefined ? {} : { recordsAt }),
  })
  const rows: TableRow[] = []
  for await (const row of table.rows) rows.push(row)
  return { ...table, rows, codes: new Map(table.findings().map((finding) => [finding.code, finding])) }
}

const plain = 'code,name\n1,江岸\n2,湖滨\n'

test.for([
  ['utf-8', plain],
  ['gb18030', plain],
  ['utf-16le', `\uFEFF${plain}`],
  ['utf-16be', `\uFEFF${plain}`],
  ['utf-8', `\uFEFF${plain}`],
  ['utf-16le', plain],
] as const)('[F019] the same two rows come out of %s', async ([encoding, text]) => {
  const {
    rows,
    codes,
    encoding: found,
  } = await read(sourceFromBytes('a.csv', iconv.encode(text, encoding, { addBOM: false })))
  expect(found).toBe(encoding)
  expect(rows.map(({ cells, place }) => [cells['code'], cells['name'], place.line])).toEqual([
    ['1', '江岸', 2],
    ['2', '湖滨', 3],
  ])
  expect(codes.has('encoding')).toBe(encoding !== 'utf-8')
  expect(codes.has('byte-order-mark')).toBe(text.startsWith('\uFEFF'))
})

test.for(['\n', '\r\n', '\r'])(
  '[F019] lines that end in %j are numbered as editors show them',
  async (end) => {
    const text = ['code,name', '1,"two', 'lines"', '2,b', ''].join(end)
    const { rows, codes } = await read(bytes(text))
    expect(rows.map(({ place, cells }) => [place.line, cells['name']])).toEqual([
      [2, `two${end}lines`],
      [4, 'b'],
    ])
    expect(codes.get('bare-carriage-return')?.detail).toEqual(end === '\r' ? { lines: 4 } : undefined)
  },
)

test('[F019] mixed line ends are read and named', async () => {
  const { rows, codes } = await read(bytes('code,name\r\n1,a\n2,b\r3,c\n'))
  expect(rows.map(({ place }) => place.line)).toEqual([2, 3, 4])
  expect(codes.get('mixed-line-ends')?.detail).toEqual({ lf: 2, crlf: 1, cr: 1 })
})

test('[F019] every physical row comes out, those that are no data with their trouble', async () => {
  const { rows, codes } = await read(bytes('code,name\n1,a\n2\n3,c,d\n,\ncode,name\n\n4,d,\n1,a\n'))
  expect(rows.map(({ place, trouble }) => [place.line, trouble])).toEqual([
    [2, undefined],
    [3, 'too-few-cells'],
    [4, 'too-many-cells'],
    [5, 'empty-row'],
    [6, 'repeated-header'],
    [8, undefined],
    [9, undefined],
  ])
  expect(codes.get('blank-line')?.places).toEqual([{ line: 7 }])
  expect(codes.get('duplicate-row')?.places).toEqual([{ line: 9 }])
})

test('[F019] what a spreadsheet destroyed is named with its column and place', async () => {
  const { codes } = await read(bytes('code,name\n2.01E+12,甲;\n#REF!,"=VLOOKUP(A1,B:B,2)"\n'))
  expect(codes.get('excel-number')).toMatchObject({
    count: 1,
    places: [{ line: 2 }],
    detail: { column: 'code' },
  })
  expect(codes.get('error-value')).toMatchObject({ places: [{ line: 3 }], detail: { column: 'code' } })
  expect(codes.get('formula')).toMatchObject({ places: [{ line: 3 }] })
  expect(codes.get('trailing-separator')).toMatchObject({ places: [{ line: 2 }], detail: { column: 'name' } })
})

test('[F019] bytes that the encoding does not know are refused with their row, and the rest is read', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `${index},江岸湖滨知识产权`)
  const whole = Buffer.from(`code,name\n${lines.join('\n')}\n`)
  const at = whole.indexOf('7,江岸')
  whole[at + 3] = 0xff
  const { rows, encoding } = await read(sourceFromBytes('a.csv', whole))
  expect(encoding).toBe('utf-8')
  expect(rows.filter(({ trouble }) => trouble !== undefined)).toMatchObject([
    { place: { line: 9 }, trouble: 'unreadable-bytes' },
  ])
  expect(rows).toHaveLength(40)
})

test('[F019] a quotation mark that is never closed costs the rows after it, and says so', async () => {
  const { rows, codes } = await read(bytes('code,name\n1,a\n2,"b\n3,c\n'))
  expect(rows.map(({ place, trouble }) => [place.line, trouble])).toEqual([
    [2, undefined],
    [3, 'quote-not-closed'],
  ])
  expect(codes.get('not-read-beyond')?.places).toEqual([{ line: 3 }])
})

test('[F019] titles above the header are passed over and named', async () => {
  const { rows, codes } = await read(bytes('机构名录,\n2026年,\ncode,name\n1,a\n'))
  expect(rows).toHaveLength(1)
  expect(codes.get('lines-above-header')?.count).toBe(2)
})

test.for([',', '\t', ';', '|'])('[F019] cells divided by %j', async (delimiter) => {
  const { rows } = await read(bytes(`code,name\n1,"a${delimiter} b"\n`.replaceAll(/,(?=name|")/g, delimiter)))
  expect(rows[0]?.cells).toEqual({ code: '1', name: `a${delimiter} b` })
})

function workbook(change: (sheet: XLSX.WorkSheet) => void, bookType: 'xlsx' | 'biff8' = 'xlsx'): Source {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['code', 'name'],
    ['A1', '甲'],
    ['A2', '乙'],
    [201210383464, '丙'],
  ])
  change(sheet)
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, '名录')
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['other'], [1]]), '说明')
  return sourceFromBytes(
    'a.xlsx',
    new Uint8Array(XLSX.write(book, { type: 'array', bookType }) as ArrayBuffer),
  )
}

test.for(['xlsx', 'biff8'] as const)(
  '[F019] a workbook of kind %s: its cells are believed, and the sheet that is another thing is named',
  async (bookType) => {
    const { rows, codes, format } = await read(
      workbook((sheet) => {
        sheet['!merges'] = [{ s: { r: 1, c: 1 }, e: { r: 2, c: 1 } }]
        sheet['B4'] = { t: 'n', v: 45_000, z: 'yyyy-mm-dd' }
      }, bookType),
    )
    expect(format).toBe(bookType === 'xlsx' ? 'xlsx' : 'xls')
    expect(rows.map(({ place, cells }) => [place.sheet, place.line, cells['code'], cells['name']])).toEqual([
      ['名录', 2, 'A1', '甲'],
      ['名录', 3, 'A2', '甲'],
      ['名录', 4, '201210383464', '2023-03-15'],
    ])
    expect(codes.get('merged-cells')?.count).toBe(1)
    expect(codes.get('sheet-not-recognised')).toMatchObject({
      places: [{ sheet: '说明' }],
      detail: { rows: 2 },
    })
  },
)

test('[F019] a workbook that declares A1:B1 over more rows is read to its end', async () => {
  const file = sharedData('reference/inpadoc_legal_event_codes_2024w17.xlsx')
  if (file === undefined) return
  const { rows, codes } = await read(await sourceFromPath(file), ['Authority', 'Event-code'])
  expect(rows).toHaveLength(4397)
  expect(codes.get('wrong-declared-range')?.detail).toEqual({ declared: 'A1:J1', actual: 'A1:J4398' })
})

test('[F019] a large workbook is read in a thread of its own, and a broken one is refused from there', async () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => [
    `A${index}`,
    `名称 ${index} ${(index * 7919).toString(36)}`,
  ])
  const sheet = XLSX.utils.aoa_to_sheet([['code', 'name'], ...rows])
  sheet['!merges'] = [{ s: { r: 1, c: 1 }, e: { r: 2, c: 1 } }]
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, '名录')
  const content = new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
  expect(content.length).toBeGreaterThan(256 * 1024)
  const table = await read(sourceFromBytes('a.xlsx', content))
  expect(table.rows).toHaveLength(12_000)
  expect(table.rows[1]?.cells['name']).toBe(table.rows[0]?.cells['name'])
  expect(table.codes.get('merged-cells')?.count).toBe(1)
  await expect(read(sourceFromBytes('a.xlsx', content.slice(0, content.length - 40)))).rejects.toMatchObject({
    reason: 'damaged',
  })
})

/** A ZIP of one entry that unpacks to `size` zero bytes and declares `declared`. */
function archive(name: string, size: number, declared: number): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(size))
  const title = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(title.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(declared, 24)
  entry.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(30 + title.length + packed.length, 16)
  return Buffer.concat([local, title, packed, entry, title, end])
}

test.for([
  ['declares 4 GB', archive('xl/workbook.xml', 1000, 4_000_000_000), 'archive-expands-too-far'],
  ['lies about its size', archive('xl/workbook.xml', 10_000_000, 100), 'archive-expands-too-far'],
  ['is another ZIP', archive('readme.txt', 10, 10), 'other-format'],
  ['is cut off', archive('xl/workbook.xml', 10, 10).subarray(0, 30), 'damaged'],
] as const)('[F019] an archive that %s is refused unopened', async ([, content, reason]) => {
  await expect(read(sourceFromBytes('a.xlsx', content))).rejects.toMatchObject({
    name: 'UnreadableFile',
    reason,
  })
})

test.for([
  ['%PDF-1.7 …', 'other-format'],
  ['<html><table>', 'other-format'],
  ['{"days": [', 'not-json'],
  ['a,b\n1,2\n', 'header-not-recognised'],
  ['\0\x01\x02 \x03\0\0\0a\0\0', 'binary'],
] as const)('[F019] %j cannot be taken and says why', async ([content, reason]) => {
  await expect(read(bytes(content))).rejects.toMatchObject({ reason })
})

test('[F019] JSON records keep the line on which they begin', async () => {
  const { rows, document } = await read(
    bytes(
      '{\n "year": 2026,\n "tags": ["x", {"a": [1]}],\n "days": [\n  {"code": "1", "name": "[,"},\n  {\n   "code": "2", "name": null }\n ]\n}',
    ),
    [],
    'days',
  )
  expect(rows.map(({ place, cells }) => [place.line, cells])).toEqual([
    [5, { code: '1', name: '[,' }],
    [6, { code: '2', name: '' }],
  ])
  expect(document).toMatchObject({ year: 2026 })
})

test('[F019] JSON lines: a bad line is a row with its trouble', async () => {
  const { rows, format } = await read(bytes('{"code":"1"}\n{"code":\n\n{"code":"3"}\n'), [])
  expect(format).toBe('json-lines')
  expect(rows.map(({ place, trouble }) => [place.line, trouble])).toEqual([
    [1, undefined],
    [2, 'not-json'],
    [4, undefined],
  ])
})

test('[F019] whatever bytes come, they are read or refused: nothing else is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.constantFrom('', 'code,name\n', '[{"a":1}', 'PK\u0003\u0004'),
      async (noise, start) => {
        const source = sourceFromBytes('a', Buffer.concat([Buffer.from(start, 'latin1'), noise]))
        const problem = await read(source).then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(problem === undefined || problem instanceof UnreadableFile).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

const real: readonly (readonly [string, readonly string[], number, string | null, readonly string[]])[] = [
  [
    'patents_intl/lens_export_1000_CR.csv',
    ['Publication Number'],
    1000,
    'macintosh',
    ['bare-carriage-return'],
  ],
  [
    'patents_intl/patentscope_pizza_CR.csv',
    ['Publication Number'],
    10_000,
    'macintosh',
    ['bare-carriage-return'],
  ],
  [
    'patents_cn/cnipa_gazette_20190709_utility_new.gb18030.csv',
    ['filing_id'],
    13_421,
    'gb18030',
    ['excel-number', 'trailing-separator'],
  ],
  ['patents_cn/a01b_title_abstract.gb18030.csv', ['申请号'], 786, 'gb18030', ['encoding']],
  ['patents_cn/cnipr_export_25cols.xlsx', ['申请号'], 199, null, []],
  ['reference/wipo_ipc_technology_35_fields.csv', ['IPC_code'], 764, 'utf-8', ['byte-order-mark']],
  ['reference/ipc_zh_tree.tsv', ['code'], 77_242, 'utf-8', ['delimiter']],
]

for (const [path, names, count, encoding, expected] of real) {
  const file = sharedData(path)
  test.skipIf(file === undefined)(`[F019] ${path}: ${count} rows`, async () => {
    const table = await read(await sourceFromPath(file ?? ''), names)
    expect(table.encoding).toBe(encoding)
    expect(table.rows).toHaveLength(count)
    expect(table.rows.every(({ trouble }) => trouble === undefined)).toBe(true)
    for (const code of expected) expect([...table.codes.keys()]).toContain(code)
  })
}
