import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'

/** One line of an agency's history: what the register came to hold, about which days, on whose word, and when. */
export interface HistoryLine {
  readonly id: string
  readonly kind: 'fact' | 'membership'
  readonly field: string
  readonly value: unknown
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
  readonly source: string
  readonly observedOn: CalendarDate
  readonly cause: string | null
  readonly recordedAt: Date
  /** Set once the register no longer believes this line. */
  readonly supersededAt: Date | null
}

/** Newest first by the day it speaks of; what is no longer believed stays in the list, marked. */
export async function findHistory(db: Db, agencyId: string, after: string | undefined, limit: number) {
  const lines = sql`
    select fact.id, 'fact' as kind, fact.field, fact.value, fact.valid_from, fact.valid_to, fact.source, fact.observed_on,
      fact.cause, fact.recorded_at, fact.superseded_at
    from agency_fact fact where fact.agency_id = ${agencyId}
    union all
    select stay.id, 'membership', 'membership', jsonb_build_object(
        'carrier', stay.carrier_code, 'unit', stay.unit, 'reasonIn', stay.reason_in, 'reasonOut', stay.reason_out),
      stay.moved_in, stay.moved_out, stay.source, stay.observed_on, stay.cause, stay.recorded_at, stay.superseded_at
    from agency_membership stay where stay.agency_id = ${agencyId}`
  const [page, count] = await Promise.all([
    sql<HistoryLine>`
      select line.* from (${lines}) line
      where ${
        after === undefined
          ? sql`true`
          : sql`(line.valid_from, line.id) < (
        select since.valid_from, since.id from (${lines}) since where since.id = ${after}::uuid)`
      }
      order by line.valid_from desc, line.id desc
      limit ${limit}`.execute(db),
    sql<{ total: number }>`select count(*) as total from (${lines}) line`.execute(db),
  ])
  return { total: count.rows[0]?.total ?? 0, lines: page.rows }
}
