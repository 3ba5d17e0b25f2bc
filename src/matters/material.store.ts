import type { Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type MaterialRow = Selectable<Database['matterMaterial']>

export interface NewMaterial {
  readonly draftId: string | null
  readonly matterId: string | null
  readonly code: string
  readonly fileName: string
  readonly fileHash: string
  readonly mediaType: string
  readonly bytes: number
  readonly uploadedBy: string
  readonly uploadedName: string
  readonly uploadedAt: Date
}

export function insertMaterial(tx: Tx, material: NewMaterial): Promise<MaterialRow> {
  return tx.insertInto('matterMaterial').values(material).returningAll().executeTakeFirstOrThrow()
}

export function findMaterial(db: Db, id: string): Promise<MaterialRow | undefined> {
  return db.selectFrom('matterMaterial').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Those that stand; what was taken back only with `all`. */
export function listMaterials(
  db: Db,
  of: { draftId: string } | { matterId: string },
  { all = false }: { all?: boolean } = {},
): Promise<MaterialRow[]> {
  let query = db.selectFrom('matterMaterial').selectAll()
  query =
    'draftId' in of ? query.where('draftId', '=', of.draftId) : query.where('matterId', '=', of.matterId)
  if (!all) query = query.where('withdrawnAt', 'is', null)
  return query.orderBy('id').execute()
}

/** The files of a draft become those of its matter. */
export async function adoptMaterials(tx: Tx, draftId: string, matterId: string): Promise<void> {
  await tx.updateTable('matterMaterial').set({ matterId }).where('draftId', '=', draftId).execute()
}

/** False when it was not there, or taken back before. */
export async function withdrawMaterial(tx: Tx, id: string, draftId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('matterMaterial')
    .set({ withdrawnAt: at })
    .where('id', '=', id)
    .where('draftId', '=', draftId)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
