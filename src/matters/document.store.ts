import type { Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type DocumentRow = Selectable<Database['matterDocument']>

export interface NewDocument {
  readonly matterId: string
  readonly code: string
  readonly number: string
  readonly content: object
  readonly sha256Zh: string
  readonly sha256En: string
  readonly issuedBy: string | null
  readonly issuedName: string
  readonly issuedAt: Date
}

export function insertDocument(tx: Tx, { content, ...document }: NewDocument) {
  return tx
    .insertInto('matterDocument')
    .values({ ...document, content: JSON.stringify(content) })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function countDocuments(db: Db, matterId: string): Promise<number> {
  const { documents } = await db
    .selectFrom('matterDocument')
    .select(({ fn }) => fn.countAll<number>().as('documents'))
    .where('matterId', '=', matterId)
    .executeTakeFirstOrThrow()
  return documents
}

export function listDocuments(db: Db, matterId: string): Promise<DocumentRow[]> {
  return db.selectFrom('matterDocument').selectAll().where('matterId', '=', matterId).orderBy('id').execute()
}

/** With its matter and the entry of the ledger that carries its digest. */
export function findDocumentByNumber(db: Db, number: string) {
  return db
    .selectFrom('matterDocument')
    .innerJoin('matter', 'matter.id', 'matterDocument.matterId')
    .innerJoin('matterReceipt', (join) =>
      join
        .onRef('matterReceipt.subjectId', '=', 'matterDocument.id')
        .on('matterReceipt.kind', '=', 'document'),
    )
    .select([
      'matterDocument.code',
      'matterDocument.number',
      'matterDocument.issuedAt',
      'matterDocument.sha256Zh',
      'matterDocument.sha256En',
      'matter.procedureCode',
      'matter.stationCode',
      'matterReceipt.entryId',
    ])
    .where('matterDocument.number', '=', number)
    .executeTakeFirst()
}
