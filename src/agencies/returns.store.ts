import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Recording, Written } from './register.store.ts'

export interface FiledReturn {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly revenueFen: number
  readonly headcount: number
  readonly filedOn: CalendarDate
}

export interface KnownReturn extends FiledReturn {
  readonly id: string
}

/** Returns that the register believes and that report any day of the period. */
export async function findReturnsOver(
  db: Db,
  agencyId: string,
  from: CalendarDate,
  to: CalendarDate,
): Promise<KnownReturn[]> {
  const rows = await db
    .selectFrom('agencyReturn')
    .select(['id', 'periodFrom', 'periodTo', 'revenueFen', 'headcount', 'filedOn'])
    .where('agencyId', '=', agencyId)
    .where('supersededAt', 'is', null)
    .where('periodFrom', '<', to)
    .where('periodTo', '>', from)
    .execute()
  return rows as KnownReturn[]
}

/** All returns that the register believes, newest period first. */
export async function findReturns(db: Db, agencyId: string): Promise<(FiledReturn & { source: string })[]> {
  const rows = await db
    .selectFrom('agencyReturn')
    .select(['periodFrom', 'periodTo', 'revenueFen', 'headcount', 'filedOn', 'source'])
    .where('agencyId', '=', agencyId)
    .where('supersededAt', 'is', null)
    .orderBy('periodFrom', 'desc')
    .execute()
  return rows as (FiledReturn & { source: string })[]
}

/** Files a return; the one that it revises is superseded and stays readable. */
export async function recordReturn(
  tx: Tx,
  agencyId: string,
  filed: FiledReturn,
  { source, cause, recordedAt }: Recording,
  revises?: string,
): Promise<Written[]> {
  if (revises !== undefined) {
    await tx.updateTable('agencyReturn').set({ supersededAt: recordedAt }).where('id', '=', revises).execute()
  }
  const { id } = await tx
    .insertInto('agencyReturn')
    .values({ ...filed, agencyId, source, cause, recordedAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  const ids = revises === undefined ? [id] : [revises, id]
  return ids.map((rowId) => ({ table: 'agency_return', id: rowId }))
}
