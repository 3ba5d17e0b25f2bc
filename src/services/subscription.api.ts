import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { callerOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Feed, Follower } from '../notices/define.ts'
import '../zone/context.ts'
import { makeDigest, mayFollow, noteBeginning } from './digest.ts'
import { subscriptions as contract } from './subscription.contract.ts'
import { RHYTHMS } from './subscription.rules.ts'
import {
  changeRhythm,
  endSubscription,
  findDigest,
  insertSubscription,
  listDigestRecords,
  listDigests,
  listSubscriptions,
  type Subscription,
} from './subscription.store.ts'

const os = implementation(contract)

/** More than anybody reads; each costs a query a day. */
const MOST_SUBSCRIPTIONS = 100

function followerOf(context: Context): Follower {
  const { accountId, roles, organisationIds } = callerOf(context)
  return { accountId, roles, organisationIds }
}

/** Serves what the rooms declared can be followed: `subscriptionsApi(feeds)`. */
export function subscriptionsApi(feeds: readonly Feed[]) {
  const named = new Map(feeds.map((feed) => [feed.code, feed]))
  const names = async (
    context: Context,
    follower: Follower,
    { feed: code, topic }: { feed: string; topic: string },
  ) => {
    const feed = named.get(code)
    return {
      feed: code,
      feedNames: feed?.names ?? null,
      topic,
      topicNames: (await feed?.findTopic(context, topic, follower))?.names ?? null,
    }
  }
  const describe = async (context: Context, follower: Follower, subscription: Subscription) => ({
    id: subscription.id,
    ...(await names(context, follower, subscription)),
    rhythm: subscription.rhythm,
    version: subscription.version,
    since: subscription.createdAt.toISOString(),
    lookedAt: subscription.lookedAt.toISOString(),
  })

  return {
    feeds: os.feeds.handler(({ context }) => ({
      items: feeds.map((feed) => ({
        code: feed.code,
        about: feed.about,
        names: feed.names,
        summary: feed.summary,
        clauses: [...feed.clauses],
        topics: feed.topics === undefined ? null : [...feed.topics(context)],
        asks: feed.asks ?? null,
      })),
    })),

    list: os.list.handler(async ({ context }) => {
      const follower = followerOf(context)
      const found = await listSubscriptions(context.db, follower.accountId)
      return { items: await Promise.all(found.map((one) => describe(context, follower, one))) }
    }),

    subscribe: os.subscribe.handler(async ({ input, context, errors }) => {
      const follower = followerOf(context)
      const feed = named.get(input.feed)
      if (feed === undefined || !mayFollow(feed, follower)) throw errors.UNKNOWN_FEED()
      const topic = await feed.findTopic(context, input.topic, follower)
      if (topic === undefined) throw errors.UNKNOWN_TOPIC()
      const subscription = await context.write(async (tx) => {
        if ((await listSubscriptions(tx, follower.accountId)).length >= MOST_SUBSCRIPTIONS)
          throw errors.TOO_MANY({ data: { most: MOST_SUBSCRIPTIONS } })
        const begun = await insertSubscription(tx, {
          accountId: follower.accountId,
          feed: feed.code,
          topic: topic.code,
          rhythm: input.rhythm,
          createdAt: context.now,
        })
        if (begun === undefined) throw errors.ALREADY_FOLLOWED()
        await noteBeginning(tx, context, feed, { follower, subscription: begun })
        await recordAudit(tx, context, {
          action: 'subscription.begun',
          subject: { kind: 'subscription', id: begun.id },
          detail: { feed: feed.code, topic: topic.code, rhythm: input.rhythm },
        })
        return begun
      })
      return describe(context, follower, subscription)
    }),

    change: os.change.handler(({ input: { id, rhythm, version }, context, errors }) =>
      context.write(async (tx) => {
        const { accountId } = callerOf(context)
        if (!(await changeRhythm(tx, { id, accountId, rhythm, version }))) throw errors.CHANGED_MEANWHILE()
        await recordAudit(tx, context, {
          action: 'subscription.changed',
          subject: { kind: 'subscription', id },
          detail: { rhythm },
        })
        return { changed: true as const }
      }),
    ),

    end: os.end.handler(({ input: { id }, context, errors }) =>
      context.write(async (tx) => {
        const { accountId } = callerOf(context)
        if (!(await endSubscription(tx, accountId, id, context.now))) throw errors.UNKNOWN_SUBSCRIPTION()
        await recordAudit(tx, context, {
          action: 'subscription.ended',
          subject: { kind: 'subscription', id },
        })
        return { ended: true as const }
      }),
    ),

    digests: os.digests.handler(async ({ input: { cursor, limit }, context }) => {
      const { accountId } = callerOf(context)
      const { total, items } = await listDigests(context.db, accountId, { before: cursor, limit })
      return {
        total,
        items: items.map(asDigest),
        next: items.length < limit ? null : (items.at(-1)?.id ?? null),
      }
    }),

    digest: os.digest.handler(async ({ input: { id, cursor, limit }, context, errors }) => {
      const follower = followerOf(context)
      const digest = await findDigest(context.db, follower.accountId, id)
      if (digest === undefined) throw errors.UNKNOWN_DIGEST()
      const skip = Number(cursor ?? 0)
      const records = await listDigestRecords(context.db, id, { skip, limit })
      const shown = skip + records.length
      return {
        ...asDigest(digest),
        total: digest.items,
        items: await Promise.all(
          records.map(async (record) => ({
            ...(await names(context, follower, record)),
            recordId: record.recordId,
            label: { zh: record.labelZh, en: record.labelEn },
            href: record.href,
            recordedAt: record.recordedAt.toISOString(),
          })),
        ),
        next: shown < digest.items && records.length > 0 ? String(shown) : null,
      }
    }),

    make: os.make.handler(async ({ context }) => ({
      digest: (await makeDigest(context, feeds, followerOf(context), RHYTHMS)) ?? null,
    })),
  }
}

const asDigest = ({ id, madeAt, items }: { id: string; madeAt: Date; items: number }) => ({
  id,
  madeAt: madeAt.toISOString(),
  records: items,
})
