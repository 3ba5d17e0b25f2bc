import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { AssessmentCriteria } from './assessment.rules.ts'

export interface AssessmentRow {
  readonly id: string
  readonly title: string
  readonly snapshotId: string
  readonly criteria: AssessmentCriteria
  readonly zoneVersion: string
  readonly version: number
  readonly createdAt: Date
  readonly closedAt: Date | null
  readonly packHash: string | null
  readonly entryId: string | null
}

const assessments = (db: Db) =>
  db
    .selectFrom('selfAssessment')
    .select([
      'id',
      'title',
      'snapshotId',
      sql<AssessmentCriteria>`criteria`.as('criteria'),
      'zoneVersion',
      'version',
      'createdAt',
      'closedAt',
      'packHash',
      'entryId',
    ])

export const listAssessments = (db: Db): Promise<AssessmentRow[]> =>
  assessments(db).orderBy('createdAt', 'desc').execute()

export const findAssessment = (db: Db, id: string): Promise<AssessmentRow | undefined> =>
  assessments(db).where('id', '=', id).executeTakeFirst()

/** The same, and nobody else writes to it until this transaction ends. */
export const lockAssessment = (tx: Tx, id: string): Promise<AssessmentRow | undefined> =>
  assessments(tx).where('id', '=', id).forUpdate().executeTakeFirst()

interface NewAssessment {
  readonly title: string
  readonly snapshotId: string
  readonly criteria: AssessmentCriteria
  readonly zoneVersion: string
  readonly createdBy: string
  readonly createdAt: Date
}

export async function insertAssessment(tx: Tx, { criteria, ...assessment }: NewAssessment): Promise<string> {
  const { id } = await tx
    .insertInto('selfAssessment')
    .values({ ...assessment, criteria: JSON.stringify(criteria) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Every write to an assessment moves its version on, so that nobody closes what they have not seen. */
export async function touchAssessment(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('selfAssessment')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function closeAssessment(
  tx: Tx,
  id: string,
  closing: { closedBy: string; closedAt: Date; packHash: string; entryId: string },
): Promise<void> {
  await tx.updateTable('selfAssessment').set(closing).where('id', '=', id).execute()
  await touchAssessment(tx, id)
}

export function findAnswers(db: Db, assessmentIds: readonly string[]) {
  if (assessmentIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('selfAssessmentAnswer')
    .select(['assessmentId', 'item', 'answer', 'version', 'writtenAt'])
    .where('assessmentId', 'in', assessmentIds)
    .execute()
}

interface Answer {
  readonly assessmentId: string
  readonly item: string
  readonly answer: string
  readonly writtenBy: string
  readonly writtenAt: Date
}

/** The version that stands afterwards; `written` is false when somebody else wrote since `version` was read. */
export async function putAnswer(tx: Tx, answer: Answer, version: number) {
  const { assessmentId, item } = answer
  const standing = await tx
    .selectFrom('selfAssessmentAnswer')
    .select('version')
    .where('assessmentId', '=', assessmentId)
    .where('item', '=', item)
    .executeTakeFirst()
  const before = standing?.version ?? 0
  if (before !== version) return { written: false, version: before }
  await tx
    .insertInto('selfAssessmentAnswer')
    .values({ ...answer, version: before + 1 })
    .onConflict((oc) =>
      oc.columns(['assessmentId', 'item']).doUpdateSet({
        answer: answer.answer,
        writtenBy: answer.writtenBy,
        writtenAt: answer.writtenAt,
        version: before + 1,
      }),
    )
    .execute()
  return { written: true, version: before + 1 }
}

export interface EvidenceRow {
  readonly id: string
  readonly assessmentId: string
  readonly item: string
  readonly title: string
  readonly fileName: string
  readonly fileHash: string
  readonly mediaType: string
  readonly bytes: number
  readonly addedAt: Date
}

const EVIDENCE = [
  'id',
  'assessmentId',
  'item',
  'title',
  'fileName',
  'fileHash',
  'mediaType',
  'bytes',
  'addedAt',
] as const

/** What is filed and was not taken back, in the order of filing. */
export function findEvidence(db: Db, assessmentIds: readonly string[]): Promise<EvidenceRow[]> {
  if (assessmentIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('selfAssessmentEvidence')
    .select(EVIDENCE)
    .where('assessmentId', 'in', assessmentIds)
    .where('removedAt', 'is', null)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
}

export function insertEvidence(
  tx: Tx,
  evidence: Omit<EvidenceRow, 'id'> & { readonly addedBy: string },
): Promise<EvidenceRow> {
  return tx
    .insertInto('selfAssessmentEvidence')
    .values(evidence)
    .returning(EVIDENCE)
    .executeTakeFirstOrThrow()
}

/** False when there is no such evidence, or it was taken back before. */
export async function removeEvidence(
  tx: Tx,
  { assessmentId, id }: { assessmentId: string; id: string },
  removal: { removedBy: string; removedAt: Date; removedBecause: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('selfAssessmentEvidence')
    .set(removal)
    .where('id', '=', id)
    .where('assessmentId', '=', assessmentId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
