import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Recording, Written } from './register.store.ts'

/** Whether the agency in a column was in the zone on a day: the condition under which other rooms count its work. */
export function wasInZone(agencyId: string, on: CalendarDate): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from agency_membership stay
    where stay.agency_id = ${sql.ref(agencyId)} and stay.superseded_at is null
      and stay.moved_in <= ${on} and (stay.moved_out is null or stay.moved_out > ${on}))`
}

export interface Stay {
  readonly carrierCode: string
  readonly unit: string | null
  readonly movedIn: CalendarDate
  readonly movedOut: CalendarDate | null
  readonly reasonIn: string
  readonly reasonOut: string | null
}

export interface KnownStay extends Stay {
  readonly id: string
}

/** The stays that the register believes, in order. */
export async function findStays(db: Db, agencyId: string): Promise<KnownStay[]> {
  const rows = await db
    .selectFrom('agencyMembership')
    .select(['id', 'carrierCode', 'unit', 'movedIn', 'movedOut', 'reasonIn', 'reasonOut'])
    .where('agencyId', '=', agencyId)
    .where('supersededAt', 'is', null)
    .orderBy('movedIn')
    .execute()
  return rows as KnownStay[]
}

/** Writes a stay; one that it replaces is superseded, not changed. */
export async function recordStay(
  tx: Tx,
  agencyId: string,
  stay: Stay,
  { recordedAt, ...recording }: Recording,
  replaces?: string,
): Promise<Written[]> {
  if (replaces !== undefined) {
    await tx
      .updateTable('agencyMembership')
      .set({ supersededAt: recordedAt })
      .where('id', '=', replaces)
      .execute()
  }
  const { id } = await tx
    .insertInto('agencyMembership')
    .values({ ...stay, ...recording, agencyId, recordedAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  const ids = replaces === undefined ? [id] : [replaces, id]
  return ids.map((rowId) => ({ table: 'agency_membership', id: rowId }))
}
