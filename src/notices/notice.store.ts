import type { Insertable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

type NoticeRow = Omit<Insertable<Database['notice']>, 'id' | 'recipientId' | 'readAt'>

/** Answers who was told; who had been told under the same key before was not told again. */
export async function insertNotices(
  tx: Tx,
  recipientIds: readonly string[],
  notice: NoticeRow,
): Promise<ReadonlySet<string>> {
  if (recipientIds.length === 0) return new Set()
  const told = await tx
    .insertInto('notice')
    .values(recipientIds.map((recipientId) => ({ ...notice, recipientId })))
    .onConflict((oc) => oc.columns(['recipientId', 'onceKey']).where('onceKey', 'is not', null).doNothing())
    .returning('recipientId')
    .execute()
  return new Set(told.map(({ recipientId }) => recipientId))
}

export interface NoticeQuery {
  readonly unread?: boolean | undefined
  readonly kind?: string | undefined
}

function noticesOf(db: Db, accountId: string, { unread, kind }: NoticeQuery) {
  let rows = db.selectFrom('notice').where('recipientId', '=', accountId)
  if (unread === true) rows = rows.where('readAt', 'is', null)
  if (kind !== undefined) rows = rows.where('kind', '=', kind)
  return rows
}

/** Newest first, with the exact number of all. */
export async function listNotices(
  db: Db,
  accountId: string,
  query: NoticeQuery,
  page: { before: string | undefined; limit: number },
) {
  const { total } = await noticesOf(db, accountId, query)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let found = noticesOf(db, accountId, query).selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.before !== undefined) found = found.where('id', '<', page.before)
  return { total, items: await found.execute() }
}

export async function countUnread(db: Db, accountId: string): Promise<number> {
  const { unread } = await noticesOf(db, accountId, { unread: true })
    .select(({ fn }) => fn.countAll<number>().as('unread'))
    .executeTakeFirstOrThrow()
  return unread
}

/** The kinds somebody has notices of, so that the filter offers nothing empty. */
export async function listKindsOf(db: Db, accountId: string): Promise<string[]> {
  const rows = await noticesOf(db, accountId, {}).select('kind').distinct().orderBy('kind').execute()
  return rows.map(({ kind }) => kind)
}

/** False when the account has no such notice. Read again stays read at the first moment. */
export async function markRead(tx: Tx, accountId: string, id: string, readAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notice')
    .set((eb) => ({ readAt: readAt === null ? null : eb.fn.coalesce('readAt', eb.val(readAt)) }))
    .where('id', '=', id)
    .where('recipientId', '=', accountId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Up to and with one notice: what arrived while the page was open stays unread. */
export async function markAllRead(tx: Tx, accountId: string, upTo: string, readAt: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('notice')
    .set({ readAt })
    .where('recipientId', '=', accountId)
    .where('readAt', 'is', null)
    .where('id', '<=', upTo)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
