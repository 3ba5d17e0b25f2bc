import { inTransaction, type Tx } from '#platform/database.ts'
import type { Context } from '#platform/context.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Feed, Follower } from '../notices/define.ts'
import { notify } from '../notices/public.ts'
import { digestNotice } from './notices.ts'
import { LETTER_LINES, OVERLAP_HOURS, type Rhythm } from './subscription.rules.ts'
import {
  closeDigest,
  databaseNow,
  insertDigest,
  listDigestRecords,
  lockSubscriptions,
  markLooked,
  noteRecords,
  type Subscription,
} from './subscription.store.ts'

/** The least that a look at feeds needs: a request has it, and a job. */
export type DigestContext = Pick<Context, 'db' | 'zone' | 'now' | 'today' | 'actor' | 'requestId'>

/** Whether somebody may follow it: as it is when the digest is made, not as it was when they subscribed. */
export function mayFollow({ allow }: Feed, { roles }: Pick<Follower, 'roles'>): boolean {
  return allow.kind !== 'roles' || allow.roles.some((role) => roles.includes(role))
}

/** From where a look begins: a day behind the last one, since transactions end in another order than they begin. */
export const lookFrom = (lookedAt: Date) => new Date(lookedAt.getTime() - OVERLAP_HOURS * 3600_000)

/**
 * Lists for one person what is new since their last digest, in one transaction: the records are noted, the digest is
 * written, its reader is told, or nothing of it happened. Answers its id; undefined when nothing is new.
 */
export function makeDigest(
  context: DigestContext,
  feeds: readonly Feed[],
  follower: Follower,
  rhythms: readonly Rhythm[],
): Promise<string | undefined> {
  return inTransaction(context.db, async (tx) => {
    const subscriptions = await lockSubscriptions(tx, follower.accountId, rhythms)
    const lookedAt = await databaseNow(tx)
    const digestId = await insertDigest(tx, follower.accountId, context.now)
    let items = 0
    for (const subscription of subscriptions) {
      items += await look(tx, context, feeds, { follower, subscription, digestId })
    }
    await markLooked(
      tx,
      subscriptions.map(({ id }) => id),
      lookedAt,
    )
    await closeDigest(tx, digestId, items)
    if (items === 0) return undefined
    await tellOf(tx, context, { digestId, items, accountId: follower.accountId })
    return digestId
  })
}

async function look(
  tx: Tx,
  { zone }: DigestContext,
  feeds: readonly Feed[],
  { follower, subscription, digestId }: { follower: Follower; subscription: Subscription; digestId: string },
): Promise<number> {
  const feed = feeds.find(({ code }) => code === subscription.feed)
  // A feed that a later version no longer has, or that a person may no longer see, lists nothing.
  if (feed === undefined || !mayFollow(feed, follower)) return 0
  const since = lookFrom(subscription.lookedAt)
  const found = await feed.newer({ db: tx, zone }, subscription.topic, since, follower)
  return noteRecords(tx, subscription.id, found, digestId)
}

async function tellOf(
  tx: Tx,
  context: DigestContext,
  { digestId, items, accountId }: { digestId: string; items: number; accountId: string },
): Promise<void> {
  const shown = await listDigestRecords(tx, digestId, { skip: 0, limit: LETTER_LINES })
  const rest = items - shown.length
  await notify(tx, context, {
    to: { accounts: [accountId] },
    kind: digestNotice,
    subject: { kind: 'digest', id: digestId },
    words: {
      zh: `您订阅的内容有 ${items} 条新记录`,
      en: items === 1 ? 'One new record in what you follow' : `${items} new records in what you follow`,
    },
    more: {
      zh: [...shown.map(({ labelZh }) => `· ${labelZh}`), ...(rest > 0 ? [`……另有 ${rest} 条`] : [])].join(
        '\n',
      ),
      en: [...shown.map(({ labelEn }) => `· ${labelEn}`), ...(rest > 0 ? [`… and ${rest} more`] : [])].join(
        '\n',
      ),
    },
    href: `/account/digests/${digestId}`,
    once: `digest-${digestId}`,
  })
  await recordAudit(tx, context, {
    action: 'digest.made',
    subject: { kind: 'digest', id: digestId },
    detail: { account: accountId, items },
  })
}

/** What is there already when somebody begins to follow is not new: noted without a digest. */
export async function noteBeginning(
  tx: Tx,
  { zone }: DigestContext,
  feed: Feed,
  { follower, subscription }: { follower: Follower; subscription: Subscription },
): Promise<void> {
  const there = await feed.newer(
    { db: tx, zone },
    subscription.topic,
    lookFrom(subscription.lookedAt),
    follower,
  )
  await noteRecords(tx, subscription.id, there, null)
}
