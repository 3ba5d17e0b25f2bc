import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import * as XLSX from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromBytes, sourceFromPath, type Source } from '#platform/tabular/source.ts'
import { sharedData } from '#testing/shared-data.ts'
import { openPatentFile } from './reading.ts'
import type { ReadRow } from './read-row.ts'
import { PatentRecord } from './record.rules.ts'

/** Everything that a file yields, each draft held against the schema of the normal form. */
async function readAll(source: Source) {
  const file = await openPatentFile(source)
  const rows: ReadRow[] = []
  for await (const row of file.rows) rows.push(row)
  const drafts = rows.flatMap((row) => row.drafts ?? [])
  const unfit = drafts.flatMap(({ observedOn: _, ...draft }) => {
    const source = { run: 't', file: 'f', line: 1, format: 't', observedOn: '2026-01-01' }
    const parsed = PatentRecord.safeParse({ ...draft, source })
    return parsed.success ? [] : [`${draft.publicationNumber} ${parsed.error.issues[0]?.path.join('.')}`]
  })
  const refused: Record<string, number> = {}
  for (const row of rows)
    if (row.refused) refused[row.refused.reason] = (refused[row.refused.reason] ?? 0) + 1
  const found: Record<string, number> = {}
  for (const { code, count } of file.findings()) found[code] = (found[code] ?? 0) + count
  return { file, rows, drafts, unfit, refused, found, sheets: file.sheets() }
}

const text = (content: string, name = 'file') => sourceFromBytes(name, Buffer.from(content))

/** What each real file yields: its format, rows, records, refusals by reason, and what is noticed in it. */
const real: readonly (readonly [string, string, number, number, object, object])[] = [
  ['patents_cn/cnipr_export_25cols.xlsx', 'xlsx', 199, 199, {}, { 'inventor-withheld': 1 }],
  ['patents_cn/a01b_title_abstract.gb18030.csv', 'csv', 786, 786, {}, { encoding: 1 }],
  ['patents_cn/a01c_title_abstract.gb18030.csv', 'csv', 1726, 1726, {}, { encoding: 1 }],
  ['patents_cn/a01d_title_abstract.gb18030.csv', 'csv', 1472, 1472, {}, { encoding: 1 }],
  ['patents_cn/cnki_gbt7714_export_500.txt', 'gbt7714', 500, 500, {}, { 'blank-line': 500 }],
  ['patents_cn/titles_9740_with_ipc_subclasses.csv', 'csv', 9740, 9740, {}, { 'byte-order-mark': 1 }],
  ['patents_cn/title_abstract_labelled.xlsx', 'xlsx', 137, 0, { 'no-number': 137 }, { 'no-number': 2 }],
  ['patents_cn/google_patents_CN101551481B_zh.html', 'google-patents', 1, 1, {}, {}],
  [
    'patents_cn/cnipa_gazette_20190709_appearance_designed.gb18030.csv',
    'csv',
    5237,
    5237,
    {},
    { 'number-destroyed': 4755, 'locarno-in-ipc': 5237, 'postcode-in-address': 5036 },
  ],
  [
    'patents_cn/cnipa_gazette_20190709_invention_authorized.gb18030.csv',
    'csv',
    4761,
    4761,
    {},
    { 'number-destroyed': 4334, 'postcode-in-address': 3576 },
  ],
  [
    'patents_cn/cnipa_gazette_20190709_invention_published.gb18030.csv',
    'csv',
    13_537,
    13_537,
    {},
    { 'number-destroyed': 11_470, 'repeated-number': 1625 },
  ],
  [
    'patents_cn/cnipa_gazette_20190709_utility_new.gb18030.csv',
    'csv',
    13_421,
    13_421,
    {},
    { 'number-destroyed': 11_259, 'repeated-number': 1171, 'duplicate-row': 1 },
  ],
  ['cnipa_xml/CN104751825B_invention_fixture.xml', 'xml', 1, 1, {}, {}],
  ['cnipa_xml/qichacha_patent_api_3_records.json', 'json', 3, 3, {}, {}],
  ['patents_intl/epo_ops_get_abstract_multiple.xml', 'xml', 3, 3, {}, {}],
  ['patents_intl/epo_ops_get_biblio.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/epo_ops_get_biblio_multiple.xml', 'xml', 3, 3, {}, {}],
  ['patents_intl/epo_ops_get_claims.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/epo_ops_get_description.xml', 'xml', 1, 0, { 'nothing-to-keep': 1 }, {}],
  ['patents_intl/epo_ops_get_family.xml', 'xml', 5, 5, {}, {}],
  ['patents_intl/epo_ops_get_family_with_legal.xml', 'xml', 5, 5, {}, {}],
  ['patents_intl/epo_ops_get_legal.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/lens_export_1000_CR.csv', 'csv', 1000, 1000, {}, { 'bare-carriage-return': 1 }],
  [
    'patents_intl/patentscope_pizza_CR.csv',
    'csv',
    10_000,
    10_000,
    {},
    { 'bare-carriage-return': 1, 'repeated-number': 4 },
  ],
  ['patents_intl/uspto_odp_get_patent.json', 'json', 1, 2, {}, {}],
  ['patents_intl/uspto_odp_get_patent_assignment.json', 'json', 1, 1, {}, {}],
  [
    'patents_intl/uspto_odp_get_trial_documents_by_trial_number.json',
    'json',
    72,
    72,
    {},
    { 'repeated-number': 71 },
  ],
  ['patents_intl/uspto_odp_get_trial_proceeding.json', 'json', 1, 1, {}, {}],
  ['patents_intl/uspto_odp_search_trial_decisions.json', 'json', 5, 5, {}, {}],
  ['patents_intl/uspto_odp_search_trial_proceedings.json', 'json', 5, 5, {}, {}],
  ['patents_intl/uspto_samples/US06336130.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/uspto_samples/US07272630B2.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/uspto_samples/US08930553.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/uspto_samples/US20050004437A1.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/uspto_samples/USD435854S1.xml', 'xml', 1, 1, {}, {}],
  ['patents_intl/uspto_samples/sample_XML4IP.ZIP', 'xml-archive', 13, 9, { 'nothing-to-keep': 4 }, {}],
]

for (const [path, format, rows, records, refused, found] of real) {
  const file = sharedData(path)
  test.skipIf(file === undefined)(
    `[F064] ${path}: ${rows} rows, ${records} records, every row accounted for`,
    async () => {
      const read = await readAll(await sourceFromPath(file ?? ''))
      expect(read.file.format).toBe(format)
      expect([read.rows.length, read.drafts.length, read.refused]).toEqual([rows, records, refused])
      expect(read.unfit).toEqual([])
      expect(read.found).toMatchObject(found)
      expect(
        read.rows.every(({ drafts, refused: no }) => (drafts === undefined) !== (no === undefined)),
      ).toBe(true)
    },
  )
}

/** Real files that hold no patents are refused whole, by name. */
for (const [path, reason] of [
  ['patents_cn/csi300_company_patent_profile.xls', 'header-not-recognised'],
  ['patents_intl/epo_ops_convert_patent_number_epodoc.xml', 'holds-no-patents'],
  ['patents_intl/epo_ops_convert_patent_number_original.xml', 'holds-no-patents'],
  ['patents_intl/epo_ops_get_classification_schema.xml', 'holds-no-patents'],
  ['patents_intl/epo_ops_get_classification_statistics.xml', 'holds-no-patents'],
  ['patents_intl/epo_ops_get_published_equivalents.xml', 'holds-no-patents'],
  ['patents_intl/uspto_samples/cpc-scheme-A01L.xml', 'holds-no-patents'],
  ['patents_intl/uspto_samples/cpcMaster.xml', 'holds-no-patents'],
] as const) {
  const file = sharedData(path)
  test.skipIf(file === undefined)(`[F064] ${path} is refused: ${reason}`, async () => {
    const problem: unknown = await readAll(await sourceFromPath(file ?? '')).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(UnreadableFile)
    expect(problem).toMatchObject({ reason })
  })
}

const cnipr = sharedData('patents_cn/cnipr_export_25cols.xlsx')
test.skipIf(cnipr === undefined)(
  '[F064] every number of a real export is sound, and agencies come with their codes',
  async () => {
    const { drafts } = await readAll(await sourceFromPath(cnipr ?? ''))
    expect(drafts.every(({ numberState }) => numberState === 'sound')).toBe(true)
    expect(drafts.filter(({ agency }) => agency === null)).toHaveLength(52)
    expect(drafts.every(({ agency }) => agency === null || /^\d{5}$/.test(agency.code ?? ''))).toBe(true)
  },
)

const header = '申请号,公开（公告）号,公开（公告）日,申请日,名称,申请（专利权）人,发明（设计）人,地址,分类号'
const row = (n: number, parts: Partial<Record<'filed' | 'published' | 'title' | 'applicant', string>> = {}) =>
  [
    '201220249767.4',
    `CN2026443${10 + n}U`,
    parts.published ?? '2013.01.02',
    parts.filed ?? '2012.05.31',
    parts.title ?? `一种轨枕结构${n}`,
    parts.applicant ?? `某某${n}有限公司`,
    '张三;李四',
    '317200浙江省台州市某路',
    'E01B3/32(2006.01)I;E01B9/10(2006.01)I',
  ].join(',')

describe('files as people have them', () => {
  const rows = [1, 2, 3, 4, 5, 6].map((n) => row(n))

  test('[F064] the columns in another order, parted by tabs, in UTF-16, give the same records', async () => {
    const given = await readAll(text([header, ...rows].join('\n')))
    const reordered = [header, ...rows].map((line) => line.split(',').toReversed().join('\t')).join('\r\n')
    for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be']) {
      const bytes = iconv.encode(reordered, encoding, { addBOM: encoding.startsWith('utf-16') })
      const other = await readAll(sourceFromBytes('x.xls', bytes))
      expect(other.drafts).toEqual(given.drafts)
    }
  })

  test('[F064] headings of PatSnap and English ones are understood', async () => {
    const patsnap = await readAll(
      text(
        '公开(公告)号,标题,摘要,申请号,申请日,公开(公告)日,[标]当前申请(专利权)人,[标]原始申请(专利权)人,发明人,IPC主分类号,IPC分类号,简单法律状态,法律状态/事件,被引用专利数量\n' +
          'CN202644312U,一种轨枕,本实用新型公开了一种轨枕,CN201220249767.4,2012-05-31,2013-01-02,乙公司,甲公司,张三 | 李四,E01B3/32,E01B3/32 | E01B9/10,失效,未缴年费,3\n',
      ),
    )
    expect(patsnap.drafts[0]).toMatchObject({
      publicationNumber: 'CN202644312U',
      owners: [{ name: '乙公司' }],
      applicants: [{ name: '甲公司' }],
      inventors: ['张三', '李四'],
      ipc: ['E01B3/32', 'E01B9/10'],
      legalStatus: 'ended',
      timesCited: 3,
    })
    const english = await readAll(
      text(
        'Publication Number;Title;Application Number;Filing Date;Publication Date;Assignee;Inventor;IPC;Legal Status\n' +
          'US 2013/0101709 A1;Pizza;US 13/657,122;Oct 22, 2012;25 Apr 2013;PIZZA HUT INC;RADER JEFF;A23L 1/00;Pending\n',
      ),
    )
    expect(english.drafts[0]).toMatchObject({
      publicationNumber: 'US20130101709A1',
      applicationKey: 'US13657122',
      filedOn: '2012-10-22',
      publishedOn: '2013-04-25',
      legalStatus: 'pending',
    })
  })

  test('[F064] swapped columns and swapped days are noticed, named and read the right way round', async () => {
    const swapped = header.replace('申请号,公开（公告）号', '公开（公告）号,申请号')
    const numbers = await readAll(text([swapped, ...rows].join('\n')))
    expect(numbers.sheets[0]?.warnings).toContainEqual({
      code: 'columns-swapped',
      columns: ['公开（公告）号', '申请号'],
    })
    const days = await readAll(
      text([header.replace('公开（公告）日,申请日', '申请日,公开（公告）日'), ...rows].join('\n')),
    )
    expect(days.found).toHaveProperty('days-swapped')
    for (const { drafts } of [numbers, days])
      expect(drafts[0]).toMatchObject({
        publicationNumber: 'CN202644311U',
        filedOn: '2012-05-31',
        publishedOn: '2013-01-02',
      })
  })

  test('[F064] headers in the middle, bare commas and days that do not exist are refused by line, field and reason', async () => {
    const lines = [
      header,
      rows[0],
      header,
      ',,,,,,,,',
      rows[1],
      '序号,名称,申请日,申请号,分类号,摘要,地址,代理人,专利号',
      row(3, { filed: '2012.13.45' }),
      rows[3],
    ]
    const read = await readAll(text(lines.join('\n')))
    expect(read.rows.map(({ place, refused }) => [place.line, refused?.reason])).toEqual([
      [2, undefined],
      [3, 'repeated-header'],
      [4, 'empty-row'],
      [5, undefined],
      [6, 'another-header'],
      [7, 'not-a-day'],
      [8, undefined],
    ])
    expect(read.rows[5]?.refused).toMatchObject({ field: '申请日', value: '2012.13.45' })
  })

  test('[F064] a destroyed number is kept as it stands and joins nothing; a wrong check digit likewise', async () => {
    const read = await readAll(
      text(
        `${header}\n${row(1).replace('201220249767.4', '2.01E+12')}\n${row(2).replace('767.4', '767.5')}\n`,
      ),
    )
    expect(
      read.drafts.map(({ applicationNumber, numberState, applicationKey }) => [
        applicationNumber,
        numberState,
        applicationKey,
      ]),
    ).toEqual([
      ['2.01E+12', 'destroyed', null],
      ['201220249767.5', 'checkDigitFails', null],
    ])
  })

  test('[F064] a workbook with sheets of other headers is read sheet by sheet, and those of something else are named', async () => {
    const book = XLSX.utils.book_new()
    const cells = (lines: readonly string[]) => XLSX.utils.aoa_to_sheet(lines.map((line) => line.split(',')))
    XLSX.utils.book_append_sheet(book, cells([header, ...rows]), '实用新型')
    XLSX.utils.book_append_sheet(
      book,
      cells(['Patent No,Title,Filing Date', 'CN104751825B,亮度调节系统,2015-04-08']),
      'B',
    )
    XLSX.utils.book_append_sheet(book, cells(['月份,件数', '1,20']), '统计')
    const read = await readAll(
      sourceFromBytes(
        'book',
        new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
      ),
    )
    expect(read.drafts).toHaveLength(7)
    expect(read.sheets.map(({ sheet }) => sheet)).toEqual(['实用新型', 'B'])
    expect(read.found).toHaveProperty('sheet-not-recognised')
  })

  test('[F046] events, transfers and annuities of files of their own become facts of what they are about', async () => {
    const read = await readAll(
      text(
        '申请号,法律事件代码,法律事件日,法律事件,转让人,受让人,年费年度,缴费日,年费金额\n' +
          'CN201220249767.4,TR01,2019-03-01,专利权的转移,甲公司,乙公司,,,\n' +
          'CN201220249767.4,CF01,2020-08-01,未缴年费专利权终止,,,,,\n' +
          'CN201220249767.4,,,,,,7,2019-05-30,"1,200.50"\n',
      ),
    )
    expect(read.drafts.map(({ legalStatus }) => legalStatus)).toEqual(['unknown', 'lapsed', 'unknown'])
    expect(read.drafts[0]?.transfers).toMatchObject([
      { on: '2019-03-01', from: [{ name: '甲公司' }], to: [{ name: '乙公司' }] },
    ])
    expect(read.drafts[2]?.annuities).toMatchObject([
      { year: 7, paidOn: '2019-05-30', amount: 120_050, state: 'paid' },
    ])
  })
})

describe('records of our own form', () => {
  test('[F064] come in again from JSON lines as they went out, and what does not fit is refused by its member', async () => {
    const record = { publicationNumber: 'CN104751825B', titles: { zh: '亮度调节' }, filedOn: '2015-04-08' }
    const lines = [record, { ...record, filedOn: 'gestern' }, { ...record, publicationNumber: 'X1' }]
    const read = await readAll(text(lines.map((one) => JSON.stringify(one)).join('\n')))
    expect(read.file.format).toBe('json-lines')
    expect(read.drafts).toMatchObject([{ office: 'CN', kind: 'B', stage: 'grant', right: 'invention' }])
    expect(read.rows.map(({ refused }) => refused?.field)).toEqual([
      undefined,
      'filedOn',
      'publicationNumber',
    ])
  })
})

describe('XML that means harm', () => {
  const inner =
    '<exchange-document country="EP" doc-number="2400812" kind="A1"><bibliographic-data><invention-title lang="en">&a;x</invention-title></bibliographic-data></exchange-document>'

  test('[F064] entities that a document declares are not expanded', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]><r>${inner}</r>`
    const read = await readAll(text(bomb))
    expect(read.drafts[0]?.titles['en']).toBe('&a;x')
  })

  test('[F064] an archive of XML that would grow beyond bounds is refused; one that is cut off is damaged', async () => {
    const archive = zipSync({ 'a.xml': strToU8(`<r>${inner}</r>`), 'note.txt': strToU8('hello') })
    const read = await readAll(sourceFromBytes('a.zip', archive))
    expect([read.drafts.length, read.found['file-not-read']]).toEqual([1, 1])
    const lying = Buffer.from(archive)
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    lying.writeUInt32LE(0xf0_00_00_00, directory + 24)
    await expect(readAll(sourceFromBytes('a.zip', lying))).rejects.toMatchObject({
      reason: 'archive-expands-too-far',
    })
  })

  test('[F064] a document that breaks off is one refused row, and those before it are kept', async () => {
    const read = await readAll(text(`<r>${inner}<exchange-document country="EP"><x></r>`))
    expect(read.rows.map(({ refused }) => refused?.reason)).toEqual([undefined, 'xml-damaged'])
  })
})

test('[F064] whatever bytes come, they are read or refused: nothing else is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.constantFrom(
        '',
        `${header}\n`,
        '[{"publicationNumber":',
        '<?xml version="1.0"?><exchange-document ',
        'PK\u0003\u0004',
        '[1]a. b[P]. ',
      ),
      async (noise, start) => {
        const problem: unknown = await readAll(
          sourceFromBytes('a', Buffer.concat([Buffer.from(start), noise])),
        ).then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(problem === undefined || problem instanceof UnreadableFile, String(problem)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

test('[F064] a table is known again by its columns, however its headings are written', async () => {
  const one = await readAll(text([header, row(1)].join('\n')))
  const other = await readAll(text([header.replaceAll('（', '(').replaceAll('）', ')'), row(1)].join('\n')))
  expect(one.sheets[0]?.signature).toBe(other.sheets[0]?.signature)
})
