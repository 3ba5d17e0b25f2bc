import type { Db, Tx } from '#platform/database.ts'

export function findReports(db: Db, taskId: string) {
  return db
    .selectFrom('planReport')
    .selectAll()
    .where('taskId', '=', taskId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function findEvidence(db: Db, taskId: string) {
  return db.selectFrom('planEvidence').selectAll().where('taskId', '=', taskId).orderBy('addedAt').execute()
}

export type EvidenceRecord = Awaited<ReturnType<typeof findEvidence>>[number]

export function findOneEvidence(db: Db, id: string) {
  return db.selectFrom('planEvidence').selectAll().where('id', '=', id).executeTakeFirst()
}

export function insertEvidence(
  tx: Tx,
  evidence: Omit<EvidenceRecord, 'id' | 'reportId'>,
): Promise<EvidenceRecord> {
  return tx.insertInto('planEvidence').values(evidence).returningAll().executeTakeFirstOrThrow()
}

/** Files the report and gives it the evidence that was added since the one before. */
export async function insertReport(
  tx: Tx,
  report: {
    taskId: string
    percent: number
    done: string
    obstacles: string | null
    reportedBy: string
    reportedById: string
    unit: string
    reportedOn: string
    recordedAt: Date
  },
): Promise<{ id: string; evidence: number }> {
  const { id } = await tx.insertInto('planReport').values(report).returning('id').executeTakeFirstOrThrow()
  const { numUpdatedRows } = await tx
    .updateTable('planEvidence')
    .set({ reportId: id })
    .where('taskId', '=', report.taskId)
    .where('reportId', 'is', null)
    .executeTakeFirstOrThrow()
  return { id, evidence: Number(numUpdatedRows) }
}
