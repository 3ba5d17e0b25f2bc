import { type Insertable, sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import { insertAll } from '#platform/insert-all.ts'

export type NewAbnormalFiling = Insertable<Database['abnormalFiling']>
export type NewComparator = Insertable<Database['withdrawalComparator']>

export const insertAbnormalFilings = (tx: Tx, filings: readonly NewAbnormalFiling[]) =>
  insertAll(tx, 'abnormalFiling', filings, { onConflict: 'ignore' })

export const insertComparators = (tx: Tx, comparators: readonly NewComparator[]) =>
  insertAll(tx, 'withdrawalComparator', comparators, { onConflict: 'ignore' })

export interface Comparator {
  readonly area: string
  readonly periodFrom: CalendarDate
  /** Half-open. */
  readonly periodTo: CalendarDate
  readonly notified: number
  readonly withdrawn: number
  readonly publishedOn: CalendarDate
  readonly source: string
}

/**
 * The latest figure of the province that counts from the same first day and had been published by the last one. It may
 * end a little earlier than the zone's own count, never in another year; its period is shown with it.
 */
export async function findComparator(
  db: Db,
  from: CalendarDate,
  to: CalendarDate,
): Promise<Comparator | undefined> {
  const { rows } = await sql<Comparator>`
    select area, period_from, period_to, notified, withdrawn, published_on, source
    from withdrawal_comparator
    where period_from = ${from} and period_to <= ${to}::date + 1 and published_on <= ${to}
    order by period_to desc, published_on desc
    limit 1`.execute(db)
  return rows[0]
}
