import { expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { isWorkingDay } from '#platform/working-days.ts'
import { sharedData } from '#testing/shared-data.ts'
import { world } from '#testing/world.ts'
import { sql } from 'kysely'
import type { ReportJson } from '../intake/report.ts'
import { runImport } from '../imports.ts'
import { findWorkingCalendar } from './public.ts'

const w = await world()
const run = (kind: string, path: string) => runImport(kind, path, { context: w.context() })

interface Expected {
  readonly rows: number
  readonly refused: number
  /** Rows that say what an earlier row, or an earlier file, has said. */
  readonly known?: number
}

/** Twice the same file: every row is accounted for both times, and the second time nothing is new. */
async function twice(
  kind: string,
  path: string,
  { rows, refused, known = 0 }: Expected,
): Promise<[ReportJson, ReportJson]> {
  const first = await run(kind, path)
  expect(first).toMatchObject({
    rows,
    accepted: rows - refused - known,
    updated: 0,
    unchanged: known,
    refused,
  })
  expect(first.refusals).toHaveLength(refused)
  const before = await fingerprint()
  const second = await run(kind, path)
  expect(second).toMatchObject({ rows, accepted: 0, updated: 0, unchanged: rows - refused, refused })
  expect(await fingerprint()).toEqual(before)
  return [first, second]
}

const tables = [
  'party',
  'party_state',
  'party_identifier',
  'party_alias',
  'industry',
  'industry_note',
  'division',
  'holiday',
  'listed_company',
  'company_patent_profile',
  'agency_penalty',
  'identifier_vector',
]

/** Every row of every table that imports write, as one digest a table. */
async function fingerprint() {
  const digests: Record<string, string> = {}
  for (const table of tables) {
    const { rows } = await sql<{ digest: string }>`
      select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as digest from ${sql.table(table)} t`.execute(
      w.db,
    )
    digests[table] = rows[0]?.digest ?? ''
  }
  return digests
}

const files: readonly (readonly [
  kind: string,
  path: string,
  rows: number,
  refused: number,
  known?: number,
])[] = [
  ['divisions', 'divisions/provinces.csv', 31, 0],
  ['divisions', 'divisions/cities.csv', 342, 0],
  ['divisions', 'divisions/areas.csv', 2978, 0, 3],
  ['industry-codes', 'industry/gb4754_2017_codes.csv', 1971, 0],
  ['industry-codes', 'industry/gb4754_2011_with_notes.csv', 13_935, 3],
  ['holidays', 'calendar/holiday_cn_2021.json', 38, 0],
  ['holidays', 'calendar/holiday_cn_2022.json', 38, 0],
  ['holidays', 'calendar/holiday_cn_2023.json', 34, 0],
  ['holidays', 'calendar/holiday_cn_2024.json', 36, 0],
  ['holidays', 'calendar/holiday_cn_2025.json', 33, 0],
  ['holidays', 'calendar/holiday_cn_2026.json', 39, 0],
  ['company-industries', 'industry/csi300_company_industries.xls', 300, 0],
  ['company-patent-profiles', 'patents_cn/csi300_company_patent_profile.xls', 300, 0],
  ['agency-penalties', 'agency_penalty/penalty_decisions.json', 3, 0],
  ['validators', 'validators/uscc_vectors.csv', 6, 0],
  ['validators', 'validators/resident_id_vectors.csv', 4, 0],
  ['validators', 'validators/cn_application_numbers.csv', 440, 0, 14],
]

for (const [kind, path, rows, refused, known = 0] of files) {
  const file = sharedData(path)
  test.skipIf(file === undefined)(
    `[F019] ${kind} of ${path} twice: the second time nothing changes`,
    async () => {
      const [first, second] = await twice(kind, file ?? '', { rows, refused, known })
      expect(second.refusals).toEqual(first.refusals)
    },
  )
}

const agencies = sharedData('agency_penalty/agency_codes_names_from_records.csv')
test.skipIf(agencies === undefined)(
  '[F019] agencies by code twice: matched rows are listed, and the code of no province is refused',
  async () => {
    const [first, second] = await twice('agencies', agencies ?? '', { rows: 82, refused: 1 })
    expect(first.matched).toBe(0)
    expect(second.matched).toBe(81)
    expect(first.refusals[0]).toMatchObject({
      field: 'agency_code',
      value: '72003',
      reason: 'region',
      words: { zh: expect.stringContaining('GB/T 2260') },
    })
  },
)

const notice = sharedData('calendar/holiday_cn_2026.json')
test.skipIf(notice === undefined)(
  'an imported notice is the calendar by which working days are counted',
  async () => {
    await run('holidays', notice ?? '')
    const calendar = await findWorkingCalendar(w.db)
    const notices = calendar.years.filter(({ source }) => source.includes('content_7047091'))
    expect(notices).toMatchObject([{ year: 2026, version: expect.stringMatching(/^[0-9a-f]{12}$/) }])
    expect(isWorkingDay(date('2026-10-10'), { years: notices })).toBe(true)
    expect(isWorkingDay(date('2026-10-01'), { years: notices })).toBe(false)
  },
)

const prefectures = sharedData('divisions/prefecture_level_cities_2024.csv')
test.skipIf(prefectures === undefined)(
  'prefectures bring short names to divisions that are there, and are then unchanged',
  async () => {
    const first = await run('divisions', prefectures ?? '')
    expect(first.rows).toBe(333)
    expect(first.refused).toBe(0)
    expect(first.accepted + first.updated + first.unchanged).toBe(333)
    const second = await run('divisions', prefectures ?? '')
    expect(second).toMatchObject({ rows: 333, unchanged: 333 })
  },
)
