import type { Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type CorrectionRow = Selectable<Database['matterCorrection']>
export type ItemRow = Selectable<Database['matterCorrectionItem']>

export interface Wanted {
  readonly kind: 'material' | 'field' | 'other'
  readonly code: string | null
  readonly wanted: string
}

export async function insertCorrection(
  tx: Tx,
  correction: { matterId: string; askedBy: string | null; askedName: string; reason: string; askedAt: Date },
  items: readonly Wanted[],
): Promise<string> {
  const { id } = await tx
    .insertInto('matterCorrection')
    .values(correction)
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('matterCorrectionItem')
    .values(items.map((item, position) => ({ ...item, position, correctionId: id })))
    .execute()
  return id
}

export interface OpenCorrection {
  readonly correction: CorrectionRow
  readonly items: ItemRow[]
}

/** The one that is still to be answered; a matter has at most one. */
export async function findOpenCorrection(db: Db, matterId: string): Promise<OpenCorrection | undefined> {
  const correction = await db
    .selectFrom('matterCorrection')
    .selectAll()
    .where('matterId', '=', matterId)
    .where('answeredAt', 'is', null)
    .executeTakeFirst()
  if (correction === undefined) return undefined
  const items = await db
    .selectFrom('matterCorrectionItem')
    .selectAll()
    .where('correctionId', '=', correction.id)
    .orderBy('position')
    .execute()
  return { correction, items }
}

export async function answerItem(
  tx: Tx,
  id: string,
  given: { answer: unknown; materialId: string | null; answeredAt: Date },
): Promise<void> {
  await tx
    .updateTable('matterCorrectionItem')
    .set({
      answer: given.answer === undefined ? null : JSON.stringify(given.answer),
      materialId: given.materialId,
      answeredAt: given.answeredAt,
    })
    .where('id', '=', id)
    .execute()
}

export async function closeCorrection(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('matterCorrection').set({ answeredAt: at }).where('id', '=', id).execute()
}
