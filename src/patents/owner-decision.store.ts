import { type Insertable, sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type NewDecision = Insertable<Database['patentOwnerDecision']>

export async function insertDecision(tx: Tx, decision: NewDecision): Promise<string> {
  const { id } = await tx
    .insertInto('patentOwnerDecision')
    .values(decision)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const decisions = sql`
  select decision.id, decision.kind, decision.from_id, source.name as from_name, decision.to_id, target.name as to_name,
    decision.names, decision.reason, decision.decided_at, decision.undone_at, decision.undo_reason
  from patent_owner_decision decision
  join patent_owner source on source.id = decision.from_id
  join patent_owner target on target.id = decision.to_id`

export interface DecisionRow {
  readonly id: string
  readonly kind: 'split' | 'merge'
  readonly fromId: string
  readonly fromName: string
  readonly toId: string
  readonly toName: string
  readonly names: string[]
  readonly reason: string
  readonly decidedAt: Date
  readonly undoneAt: Date | null
  readonly undoReason: string | null
}

export async function listDecisions(db: Db, { ownerId, limit }: { ownerId?: string; limit: number }) {
  const of = sql`(${ownerId ?? null}::uuid is null or decision.from_id = ${ownerId ?? null}::uuid
    or decision.to_id = ${ownerId ?? null}::uuid)`
  const [{ rows: totals }, { rows }] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from patent_owner_decision decision where ${of}`.execute(
      db,
    ),
    sql<DecisionRow>`${decisions} where ${of} order by decision.decided_at desc, decision.id desc limit ${limit}`.execute(
      db,
    ),
  ])
  return { total: totals[0]?.total ?? 0, rows }
}

export async function findDecision(db: Db, id: string): Promise<DecisionRow | undefined> {
  const { rows } = await sql<DecisionRow>`${decisions} where decision.id = ${id}`.execute(db)
  return rows[0]
}

/** False when it had been undone before. */
export async function closeDecision(
  tx: Tx,
  id: string,
  undone: { undoneBy: string; undoneAt: Date; undoReason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patentOwnerDecision')
    .set(undone)
    .where('id', '=', id)
    .where('undoneAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface QuestionRow {
  readonly id: string
  readonly firstName: string
  readonly secondName: string
  readonly rule: string
  readonly evidence: Record<string, unknown>
  readonly documents: number
  readonly firstOwnerId: string | null
  readonly secondOwnerId: string | null
}

const questions = sql`
  select question.id, question.first_name, question.second_name, question.rule, question.evidence, question.documents,
    first_link.owner_id as first_owner_id, second_link.owner_id as second_owner_id
  from patent_owner_question question
  left join patent_owner_link first_link on first_link.name = question.first_name and first_link.until is null
  left join patent_owner_link second_link on second_link.name = question.second_name and second_link.until is null`

export async function listQuestions(db: Db, limit: number) {
  const [{ rows: totals }, { rows }] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from patent_owner_question where answer is null`.execute(
      db,
    ),
    sql<QuestionRow>`${questions} where question.answer is null
      order by question.documents desc, question.id limit ${limit}`.execute(db),
  ])
  return { total: totals[0]?.total ?? 0, rows }
}

export async function findOpenQuestion(db: Db, id: string): Promise<QuestionRow | undefined> {
  const { rows } =
    await sql<QuestionRow>`${questions} where question.id = ${id} and question.answer is null`.execute(db)
  return rows[0]
}

export async function answerQuestion(
  tx: Tx,
  id: string,
  answer: { answer: 'joined' | 'apart'; answerReason: string; answeredBy: string; answeredAt: Date },
): Promise<void> {
  await tx.updateTable('patentOwnerQuestion').set(answer).where('id', '=', id).execute()
}

/** The link by which a name came to its owner before its standing one. */
export async function findEarlierLink(db: Db, name: string, ownerId: string) {
  return db
    .selectFrom('patentOwnerLink')
    .select(['basis', 'rule', 'evidence'])
    .where('name', '=', name)
    .where('ownerId', '=', ownerId)
    .where('until', 'is not', null)
    .orderBy('until', 'desc')
    .limit(1)
    .executeTakeFirst()
}
