import type { Selectable, Updateable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type HandOverRow = Selectable<Database['matterHandover']>
export type NumberedHandOver = HandOverRow & { readonly number: string; readonly procedureCode: string }

export interface NewHandOver {
  readonly matterId: string
  readonly fromStation: string
  readonly toStation: string | null
  readonly toBody: string | null
  readonly reason: string
  readonly offeredBy: string | null
  readonly offeredName: string
  readonly offeredAt: Date
}

export function insertHandOver(tx: Tx, handOver: NewHandOver): Promise<HandOverRow> {
  return tx.insertInto('matterHandover').values(handOver).returningAll().executeTakeFirstOrThrow()
}

export function findOpenHandOver(db: Db, matterId: string): Promise<HandOverRow | undefined> {
  return db
    .selectFrom('matterHandover')
    .selectAll()
    .where('matterId', '=', matterId)
    .where('status', '=', 'offered')
    .executeTakeFirst()
}

export function listHandOvers(db: Db, matterId: string): Promise<HandOverRow[]> {
  return db.selectFrom('matterHandover').selectAll().where('matterId', '=', matterId).orderBy('id').execute()
}

export function decideHandOver(
  tx: Tx,
  id: string,
  decision: Updateable<Database['matterHandover']>,
): Promise<HandOverRow> {
  return tx
    .updateTable('matterHandover')
    .set(decision)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Offered and not yet taken: to these stations, or from them. */
export async function listOffered(db: Db, stations: readonly string[]) {
  if (stations.length === 0) return { arriving: [], sent: [] }
  const offered = () =>
    db
      .selectFrom('matterHandover')
      .innerJoin('matter', 'matter.id', 'matterHandover.matterId')
      .selectAll('matterHandover')
      .select(['matter.number', 'matter.procedureCode'])
      .where('matterHandover.status', '=', 'offered')
      .orderBy('matterHandover.id')
      .limit(500)
  const [arriving, sent] = await Promise.all([
    offered().where('matterHandover.toStation', 'in', stations).execute(),
    offered().where('matterHandover.fromStation', 'in', stations).execute(),
  ])
  return { arriving, sent }
}

export interface NewAssignment {
  readonly matterId: string
  readonly accountId: string
  readonly accountName: string
  readonly assignedBy: string | null
  readonly assignedByName: string
  readonly assignedAt: Date
}

export type Ending = 'reassigned' | 'released' | 'handed-over' | 'post-lost' | 'closed'

export async function beginAssignment(tx: Tx, assignment: NewAssignment): Promise<void> {
  await tx.insertInto('matterAssignment').values(assignment).execute()
}

export async function endAssignment(
  tx: Tx,
  matterId: string,
  endedAt: Date,
  endedBecause: Ending,
): Promise<void> {
  await tx
    .updateTable('matterAssignment')
    .set({ endedAt, endedBecause })
    .where('matterId', '=', matterId)
    .where('endedAt', 'is', null)
    .execute()
}
