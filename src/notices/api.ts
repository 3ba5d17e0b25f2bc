import { implementation } from '#platform/api.ts'
import { inTransaction } from '#platform/database.ts'
import { callerOf } from '../identity/public.ts'
import './context.ts'
import { addressApi } from './address.api.ts'
import { notices as contract } from './contract.ts'
import type { NoticeKind } from './define.ts'
import { countUnread, listKindsOf, listNotices, markAllRead, markRead } from './notice.store.ts'
import { outboxApi } from './outbox.api.ts'
import { preferenceApi } from './preference.api.ts'

const os = implementation(contract)

type Notice = Awaited<ReturnType<typeof listNotices>>['items'][number]

/** Serves notices with the kinds that the rooms have declared: `noticesApi(noticeKinds)`. */
export function noticesApi(kinds: readonly NoticeKind[]) {
  const named = new Map(kinds.map((kind) => [kind.code, kind]))
  const describe = (notice: Notice) => ({
    id: notice.id,
    kind: notice.kind,
    // A kind that a later version no longer declares keeps its notices.
    kindNames: named.get(notice.kind)?.names ?? null,
    subject: { kind: notice.subjectKind, id: notice.subjectId },
    title: { zh: notice.titleZh, en: notice.titleEn },
    body: { zh: notice.bodyZh, en: notice.bodyEn },
    href: notice.href,
    createdAt: notice.createdAt.toISOString(),
    readAt: notice.readAt?.toISOString() ?? null,
  })

  return {
    list: os.list.handler(async ({ input: { cursor, limit, unread, kind }, context }) => {
      const { accountId } = callerOf(context)
      const [{ total, items }, unreadCount, codes] = await Promise.all([
        listNotices(context.db, accountId, { unread, kind }, { before: cursor, limit }),
        countUnread(context.db, accountId),
        listKindsOf(context.db, accountId),
      ])
      return {
        total,
        items: items.map(describe),
        next: items.length < limit ? null : (items.at(-1)?.id ?? null),
        unread: unreadCount,
        kinds: codes.map((code) => ({ code, names: named.get(code)?.names ?? null })),
      }
    }),

    unread: os.unread.handler(async ({ context }) => ({
      unread: await countUnread(context.db, callerOf(context).accountId),
    })),

    read: os.read.handler(async ({ input: { id, read }, context, errors }) => {
      const { accountId } = callerOf(context)
      const marked = await inTransaction(context.db, (tx) =>
        markRead(tx, accountId, id, read ? context.now : null),
      )
      if (!marked) throw errors.UNKNOWN_NOTICE()
      return { unread: await countUnread(context.db, accountId) }
    }),

    readAll: os.readAll.handler(async ({ input: { upTo }, context }) => {
      const { accountId } = callerOf(context)
      const marked = await inTransaction(context.db, (tx) => markAllRead(tx, accountId, upTo, context.now))
      return { marked, unread: await countUnread(context.db, accountId) }
    }),

    ...preferenceApi(kinds),
    ...addressApi,
    ...outboxApi,
  }
}
