import iconv from 'iconv-lite'
import { sql } from 'kysely'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorFor, world } from '#testing/world.ts'
import { runImport } from '../imports.ts'

const w = await world()
w.setToday('2026-11-22')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiyuan-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function bring(name: string, content: string | Buffer) {
  const path = join(folder, name)
  await writeFile(path, content)
  return runImport('organisations', path, { context: w.context() })
}

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    w.db,
  )
  return Number(rows[0]?.count)
}

const list =
  '名称,统一社会信用代码,地址\n湖滨仪器有限公司,91320115MA0TE5T080,湖滨路 1 号\n远帆事务所,31320000MD0TE5T258,\n无码商行,,集市 3 号\n'

describe('[F019] the same organisations, again and again', () => {
  test('the same file twice: the number of parties is the same, and the matched rows are reported', async () => {
    expect(await bring('a.csv', list)).toMatchObject({ rows: 3, accepted: 3, refused: 0, matched: 0 })
    const parties = await count('party')
    expect(await bring('a.csv', list)).toMatchObject({ rows: 3, unchanged: 3, matched: 3 })
    expect(await count('party')).toBe(parties)
  })

  test('the same rows in GB 18030 with bare returns are the same organisations', async () => {
    const parties = await count('party')
    const report = await bring('a.csv', iconv.encode(list.replaceAll('\n', '\r'), 'gb18030'))
    expect(report).toMatchObject({ rows: 3, unchanged: 3, matched: 3 })
    expect(report.findings.map(({ code }) => code)).toEqual(['encoding', 'bare-carriage-return'])
    expect(await count('party')).toBe(parties)
  })

  test('a new name under a known code is a change of that organisation, not a second one', async () => {
    const parties = await count('party')
    w.setToday('2026-11-23')
    expect(await bring('b.csv', 'name,creditCode\n湖滨精密仪器有限公司,91320115 MA0TE5T080\n')).toMatchObject(
      { rows: 1, updated: 1, matched: 1 },
    )
    expect(await count('party')).toBe(parties)
    const { body } = await w.as('visitor').get(`/api/v1/parties?q=${encodeURIComponent('湖滨仪器')}`)
    expect(body.items).toMatchObject([{ name: '湖滨精密仪器有限公司', creditCode: '91320115MA0TE5T080' }])
  })

  test('the same name from another source without a code is a candidate, never a match', async () => {
    const report = await bring('c.csv', '名称\n远帆事务所\n')
    expect(report).toMatchObject({ accepted: 1, matched: 0 })
    expect((await w.as('officer').get('/api/v1/parties/candidates')).body.total).toBe(1)
  })
})

test('[F019] each refused row has its line, its column as the file calls it, its value and its reason', async () => {
  const file = [
    '名称,统一社会信用代码,资质,认定日期',
    '甲公司,9.13201E+17,,',
    '乙公司,914403001922038217,,',
    ',12100000400002259P,,',
    '丙公司,91320115MA0TE5T081',
    '名称,统一社会信用代码,资质,认定日期',
    ',,,',
    '丁公司,,高新企业,2024-01-01',
    '戊公司,,高新技术企业,2024-02-30',
    '己公司,12100000400002259P,,',
    '庚公司,12100000400002259P,,',
  ].join('\r\n')
  const report = await bring('dirty.csv', file)
  expect(report).toMatchObject({ rows: 10, accepted: 1, updated: 0, unchanged: 0, refused: 9 })
  expect(report.refusals.map(({ line, field, value, reason }) => [line, field, value, reason])).toEqual([
    [2, '统一社会信用代码', '9.13201E+17', 'excel-number'],
    [3, '统一社会信用代码', '914403001922038217', 'check'],
    [4, '名称', null, 'missing'],
    [5, null, '丙公司,91320115MA0TE5T081,,', 'too-few-cells'],
    [6, null, '名称,统一社会信用代码,资质,认定日期', 'repeated-header'],
    [7, null, ',,,', 'empty-row'],
    [8, '资质', '高新企业', 'unknown-value'],
    [9, '认定日期', '2024-02-30', 'not-a-day'],
    [11, '名称', '庚公司', 'contradicts-earlier-row'],
  ])
  expect(report.refusals[1]?.words.zh).toBe('校验位不符，应为 6')
  expect(report.refusals[8]?.words.en).toBe('contradicts line 10')
})

test('[F019] whatever the cells say, every row is accounted for and a second run changes nothing', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '湖滨',
      '91320115MA0TE5T080',
      '2.01E+12',
      '"',
      "'; drop table party",
      '\u202E',
      '#REF!',
      '=1+1',
      ' ',
      '；',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), async (rows) => {
      const quoted = rows.map((row) =>
        row.map((text) => `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`).join(','),
      )
      const text = ['名称,统一社会信用代码,地址', ...quoted].join('\n')
      const first = await bring('fuzz.csv', text)
      expect(first.rows).toBe(rows.length)
      expect(first.accepted + first.updated + first.unchanged + first.refused).toBe(first.rows)
      const second = await bring('fuzz.csv', text)
      expect(second).toMatchObject({ rows: first.rows, accepted: 0, updated: 0, refused: first.refused })
    }),
    { numRuns: 30 },
  )
})

async function send(
  who: Parameters<typeof actorFor>[0],
  kind: string,
  name: string,
  content: string | Buffer,
) {
  const form = new FormData()
  form.set('file', new File([content], name, { type: 'text/csv' }))
  const response = await w.fetch(
    new Request(`http://zone.test/api/v1/imports/${kind}`, {
      method: 'POST',
      body: form,
      headers: {
        origin: 'http://zone.test',
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actorFor(who))),
      },
    }),
  )
  // oxlint-disable-next-line typescript/no-explicit-any -- as `world().as(…)` answers
  return { status: response.status, body: (await response.json()) as any }
}

describe('[F019] imports through the API', () => {
  test('a file is taken in, its report is kept with its findings, and the file itself by its hash', async () => {
    const { status, body } = await send(
      'operator',
      'organisations',
      '名录.csv',
      '\uFEFF名称,统一社会信用代码\n新来者,91350211M0000XUF46\n旧人,\n',
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      kind: 'organisations',
      fileName: '名录.csv',
      rows: 2,
      accepted: 1,
      refused: 1,
    })
    expect(body.refusals).toMatchObject([
      { line: 2, value: '91350211M0000XUF46', words: { en: 'the check character is wrong; it should be R' } },
    ])
    expect(body.findings).toMatchObject([{ code: 'byte-order-mark' }])
    expect((await w.as('auditor').get(`/api/v1/imports/${body.id}`)).body).toEqual(body)
    expect(await w.context().files.has(body.fileSha256)).toBe(true)
    const { items, kinds } = (await w.as('statistician').get('/api/v1/imports?limit=1')).body
    expect(items).toMatchObject([{ id: body.id }])
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toContain('industry-codes')
  })

  test('refusals come in pages of their own', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => `单位 ${index},9.1E+17`)
    const { body } = await send(
      'officer',
      'organisations',
      'x.csv',
      `名称,统一社会信用代码\n${rows.join('\n')}\n`,
    )
    const first = (await w.as('officer').get(`/api/v1/imports/${body.id}?limit=3`)).body
    expect(first.refusals.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4])
    const rest = (
      await w.as('officer').get(`/api/v1/imports/${body.id}?limit=3&refusalsAfter=${first.nextRefusals}`)
    ).body
    expect(rest.refusals.map(({ line }: { line: number }) => line)).toEqual([5, 6])
    expect(rest.nextRefusals).toBeNull()
  })

  test.for([
    ['not-a-kind', 'a.csv', 'a,b\n', 404, 'UNKNOWN_KIND'],
    ['organisations', 'a.csv', 'a,b\n1,2\n', 422, 'UNREADABLE_FILE'],
    ['organisations', 'a.pdf', '%PDF-1.7', 422, 'UNREADABLE_FILE'],
    ['holidays', 'a.json', '{"year":', 422, 'UNREADABLE_FILE'],
    ['organisations', '../../etc/passwd', '', 422, 'UNREADABLE_FILE'],
  ] as const)('%s: %s is refused in words', async ([kind, name, content, status, code]) => {
    expect(await send('officer', kind, name, content)).toMatchObject({ status, body: { code } })
  })

  test('who may not bring files, and who may not read what became of them', async () => {
    for (const [who, status] of [
      ['visitor', 401],
      ['enterprise', 403],
      ['statistician', 403],
      ['leader', 403],
    ] as const) {
      expect((await send(who, 'organisations', 'a.csv', list)).status).toBe(status)
    }
    expect((await w.as('agency').get('/api/v1/imports')).status).toBe(403)
    expect((await w.as('visitor').get('/api/v1/imports/00000000-0000-7000-8000-000000000000')).status).toBe(
      401,
    )
    expect(
      (await w.as('auditor').get('/api/v1/imports/00000000-0000-7000-8000-000000000000')).body.code,
    ).toBe('UNKNOWN_IMPORT')
  })
})
