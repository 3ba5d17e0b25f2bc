import { sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { nationalCalendar } from '#platform/national-calendar.ts'
import { overrideCalendar, type WorkingCalendar } from '#platform/working-days.ts'
import { createHash } from 'node:crypto'

export interface RowToPut {
  /** Which row of the file it came from. */
  readonly row: number
  readonly values: Readonly<Record<string, unknown>>
}

const text = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? stable(value) : String(value)

/** JSON columns come back with their members in another order than they were written. */
function stable(value: object): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

/**
 * Lays rows over a table by its key: new ones are written, changed ones updated, equal ones left alone. Columns that are
 * not given keep what they hold. A key that occurs twice is judged against its earlier row.
 */
export async function putRows(
  tx: Tx,
  table: keyof Database & string,
  key: readonly string[],
  rows: readonly RowToPut[],
): Promise<{ readonly row: number; readonly outcome: 'accepted' | 'updated' | 'unchanged' }[]> {
  const [first] = rows
  if (first === undefined) return []
  const keyOf = (values: Readonly<Record<string, unknown>>) =>
    key.map((column) => text(values[column])).join('\u001f')
  const known = await findByKey(tx, table, key, rows)
  const byKey = new Map(known.map((values) => [keyOf(values), values]))
  const created = new Map<string, Record<string, unknown>>()
  const changed = new Map<string, Record<string, unknown>>()
  const outcomes = rows.map(({ row, values }) => {
    const id = keyOf(values)
    const before = byKey.get(id)
    if (before === undefined) {
      byKey.set(id, values)
      created.set(id, { ...values })
      return { row, outcome: 'accepted' as const }
    }
    const same = Object.entries(values).every(([column, value]) => text(before[column]) === text(value))
    if (same) return { row, outcome: 'unchanged' as const }
    byKey.set(id, { ...before, ...values })
    const fresh = created.get(id)
    if (fresh === undefined) changed.set(id, { ...values })
    else Object.assign(fresh, values)
    return { row, outcome: 'updated' as const }
  })
  await insertAll(tx, table, [...created.values()] as never)
  for (const values of changed.values()) await update(tx, table, key, values)
  return outcomes
}

async function findByKey(
  tx: Tx,
  table: string,
  key: readonly string[],
  rows: readonly RowToPut[],
): Promise<Record<string, unknown>[]> {
  const keys = sql.join(key.map((column) => sql.id(column)))
  const wanted = rows.map(({ values }) =>
    Object.fromEntries(key.map((column) => [snake(column), values[column]])),
  )
  const found = await sql<Record<string, unknown>>`
    select * from ${sql.id(table)} where (${keys}) in
      (select ${keys} from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(wanted)}::jsonb))`.execute(
    tx,
  )
  return found.rows
}

function update(tx: Tx, table: string, key: readonly string[], values: Readonly<Record<string, unknown>>) {
  const set = Object.keys(values).filter((column) => !key.includes(column))
  const columns = sql.join(set.map((column) => sql`${sql.id(column)} = given.${sql.id(column)}`))
  const same = sql.join(
    key.map((column) => sql`target.${sql.id(column)} = given.${sql.id(column)}`),
    sql` and `,
  )
  const row = Object.fromEntries(Object.entries(values).map(([column, value]) => [snake(column), value]))
  return sql`
    update ${sql.id(table)} as target set ${columns}
    from jsonb_populate_record(null::${sql.id(table)}, ${JSON.stringify(row)}::jsonb) as given where ${same}`.execute(
    tx,
  )
}

const snake = (column: string) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

let lastCalendar: { readonly print: string; readonly calendar: WorkingCalendar } | undefined

/**
 * Working days as the imported notices of the State Council announce them, in place of what the platform ships for those
 * years. The version of a year is the digest of its days. Every matter that is filed asks, and notices change twice a year: the
 * days are read again only when their fingerprint is another.
 */
export async function findWorkingCalendar(db: Db): Promise<WorkingCalendar> {
  const { rows } = await sql<{ print: string | null }>`
    select md5(string_agg(concat_ws('|', notice_year, day, name, off, source), ',' order by notice_year, day)) as print
    from holiday`.execute(db)
  const print = rows[0]?.print ?? ''
  if (lastCalendar?.print !== print) lastCalendar = { print, calendar: await readWorkingCalendar(db) }
  return lastCalendar.calendar
}

async function readWorkingCalendar(db: Db): Promise<WorkingCalendar> {
  const days = await db
    .selectFrom('holiday')
    .select(['noticeYear', 'day', 'name', 'off', 'source'])
    .orderBy('noticeYear')
    .orderBy('day')
    .execute()
  const notices = [...Map.groupBy(days, ({ noticeYear }) => noticeYear)].map(([year, list]) => ({
    year,
    source: list[0]?.source ?? '',
    version: createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 12),
    daysOff: named(list.filter(({ off }) => off)),
    makeUpWorkdays: named(list.filter(({ off }) => !off)),
  }))
  return overrideCalendar(nationalCalendar, { years: notices })
}

function named(days: readonly { readonly day: string; readonly name: string }[]): Record<string, string> {
  return Object.fromEntries(days.map(({ day, name }) => [day, name]))
}

/** Which of these stock codes a party carries. */
export async function findKnownStockCodes(
  db: Db,
  stockCodes: readonly string[],
): Promise<Set<string | null>> {
  const rows = await db
    .selectFrom('partyIdentifier')
    .select('value')
    .where('scheme', '=', 'cn-stock-code')
    .where('value', 'in', stockCodes)
    .execute()
  return new Set(rows.map(({ value }) => value))
}

/** How many listed companies bear each of these short names. */
export async function countCompaniesByName(
  db: Db,
  nameKeys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('listedCompany')
    .select(['nameKey', ({ fn }) => fn.countAll<number>().as('companies')])
    .where('nameKey', 'in', nameKeys)
    .groupBy('nameKey')
    .execute()
  return new Map(rows.map(({ nameKey, companies }) => [nameKey, companies]))
}

/** Which of these names some organisation bears. */
export async function findNamesBorne(db: Db, nameKeys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('party')
    .select('nameKey')
    .where('kind', '=', 'organisation')
    .where('nameKey', 'in', nameKeys)
    .execute()
  return new Set(rows.map(({ nameKey }) => nameKey))
}
