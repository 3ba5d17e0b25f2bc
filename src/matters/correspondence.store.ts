import type { Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type MessageRow = Selectable<Database['matterMessage']>

interface Written {
  readonly matterId: string
  readonly authorId: string
  readonly authorName: string
  readonly body: string
  readonly at: Date
}

export function insertMessage(tx: Tx, message: Written & { readonly side: 'applicant' | 'office' }) {
  return tx.insertInto('matterMessage').values(message).returning(['id', 'at']).executeTakeFirstOrThrow()
}

export function listMessages(db: Db, matterId: string): Promise<MessageRow[]> {
  return db
    .selectFrom('matterMessage')
    .selectAll()
    .where('matterId', '=', matterId)
    .orderBy('id')
    .limit(1000)
    .execute()
}

/** Notes are read by these two functions and by nothing else. */
export function insertNote(tx: Tx, note: Written) {
  return tx.insertInto('matterNote').values(note).returning(['id', 'at']).executeTakeFirstOrThrow()
}

export function listNotes(db: Db, matterId: string) {
  return db
    .selectFrom('matterNote')
    .selectAll()
    .where('matterId', '=', matterId)
    .orderBy('id')
    .limit(1000)
    .execute()
}
