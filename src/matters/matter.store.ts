import { sql, type Selectable, type Updateable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type MatterRow = Selectable<Database['matter']>
export type EventRow = Selectable<Database['matterEvent']>

export interface NewMatter {
  readonly number: string
  readonly procedureCode: string
  readonly procedureVersion: number
  readonly draftId: string | null
  readonly cause: string | null
  readonly applicantKind: 'person' | 'organisation' | 'system'
  readonly applicantAccountId: string | null
  readonly organisationId: string | null
  readonly applicantName: string
  readonly stationCode: string
  readonly state: string
  readonly title: string
  readonly answers: object
  readonly explanations: object
  readonly routing: object
  readonly submittedAt: Date
  readonly submittedOn: string
}

export async function nextSerial(tx: Tx): Promise<number> {
  const { rows } = await sql<{ serial: number }>`select nextval('matter_serial') as serial`.execute(tx)
  return rows[0]!.serial
}

/** Undefined when the draft or the cause has its matter already. */
export function insertMatter(tx: Tx, matter: NewMatter): Promise<MatterRow | undefined> {
  return tx
    .insertInto('matter')
    .values({
      ...matter,
      answers: JSON.stringify(matter.answers),
      explanations: JSON.stringify(matter.explanations),
      routing: JSON.stringify(matter.routing),
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export function findMatter(db: Db, number: string): Promise<MatterRow | undefined> {
  return db.selectFrom('matter').selectAll().where('number', '=', number).executeTakeFirst()
}

export function findMatterById(db: Db, id: string): Promise<MatterRow | undefined> {
  return db.selectFrom('matter').selectAll().where('id', '=', id).executeTakeFirst()
}

export function findMatterOf(db: Db, by: { draftId: string } | { cause: string }) {
  const query = db.selectFrom('matter').selectAll()
  return (
    'draftId' in by ? query.where('draftId', '=', by.draftId) : query.where('cause', '=', by.cause)
  ).executeTakeFirst()
}

/** Holds the row until the transaction ends: of two people acting at once the second sees what the first did. */
export function lockMatter(tx: Tx, id: string): Promise<MatterRow | undefined> {
  return tx.selectFrom('matter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Writes the change and raises the version; the row must be locked. */
export async function updateMatter(
  tx: Tx,
  { id, version }: Pick<MatterRow, 'id' | 'version'>,
  change: Omit<Updateable<Database['matter']>, 'id' | 'version'>,
): Promise<MatterRow> {
  return tx
    .updateTable('matter')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export interface NewEvent {
  readonly matterId: string
  readonly kind: string
  readonly step?: string | null
  readonly fromState?: string | null
  readonly toState?: string | null
  readonly side: 'applicant' | 'office' | 'system' | 'public'
  readonly actorId: string | null
  readonly actorName: string
  readonly answers?: object | null
  readonly note?: string | null
  readonly detail?: object | null
  readonly audience?: 'all' | 'office'
  readonly at: Date
  readonly day: string
}

export async function insertEvent(tx: Tx, { answers, detail, ...event }: NewEvent): Promise<void> {
  await tx
    .insertInto('matterEvent')
    .values({
      ...event,
      answers: answers == null ? null : JSON.stringify(answers),
      detail: detail == null ? null : JSON.stringify(detail),
    })
    .execute()
}

/** In the order in which things happened; the applicant is not told what is between members of the office. */
export function listEvents(db: Db, matterId: string, audience: 'all' | 'office'): Promise<EventRow[]> {
  let query = db.selectFrom('matterEvent').selectAll().where('matterId', '=', matterId)
  if (audience === 'all') query = query.where('audience', '=', 'all')
  return query.orderBy('id').limit(500).execute()
}

export function listEventsSince(db: Db, matterId: string, count: number): Promise<EventRow[]> {
  return db
    .selectFrom('matterEvent')
    .selectAll()
    .where('matterId', '=', matterId)
    .orderBy('id', 'desc')
    .limit(Math.min(Math.max(count, 1), 20))
    .execute()
}

export interface Receipt {
  readonly kind: 'submission' | 'handover' | 'document' | 'objection' | 'correction' | 'rating'
  readonly matterId: string
  readonly subjectId: string
  readonly entryId: string
  readonly issuedAt: Date
}

export async function insertReceipt(tx: Tx, receipt: Receipt): Promise<void> {
  await tx.insertInto('matterReceipt').values(receipt).execute()
}

export function listReceipts(db: Db, matterId: string) {
  return db.selectFrom('matterReceipt').selectAll().where('matterId', '=', matterId).execute()
}

/** Matters of one procedure, for other rooms: with `open`, only those that are not closed. */
export function listMattersOf(
  db: Db,
  { procedure, organisationId, open }: { procedure: string; organisationId?: string; open?: true },
): Promise<MatterRow[]> {
  let query = db.selectFrom('matter').selectAll().where('procedureCode', '=', procedure)
  if (organisationId !== undefined) query = query.where('organisationId', '=', organisationId)
  if (open === true) query = query.where('closedAt', 'is', null)
  return query.orderBy('submittedAt').execute()
}
