import { z } from 'zod'
import { anyone, del, get, page, pageInput, patch, post, refusal, signedIn } from '#platform/contract.ts'
import { RHYTHMS } from './subscription.rules.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const moment = z.iso.datetime({ offset: true })
const Rhythm = z.enum(RHYTHMS)
const topicCode = z.string().trim().min(1).max(100)
const Topic = z.object({ code: z.string(), names: Words })

const Feed = z.object({
  code: z.string(),
  about: z.enum(['cluster', 'policy', 'organisation', 'indicator', 'agency', 'matter', 'patent']),
  names: Words,
  summary: Words,
  clauses: z.array(z.string()),
  /** Null where a topic is named by its code. */
  topics: z.array(Topic).nullable(),
  asks: Words.nullable(),
})

export const Subscription = z.object({
  id: z.uuid(),
  feed: z.string(),
  /** Null when a later version of the platform no longer has the feed or the topic: it lists nothing then. */
  feedNames: Words.nullable(),
  topic: z.string(),
  topicNames: Words.nullable(),
  rhythm: Rhythm,
  version: z.int(),
  since: moment,
  lookedAt: moment,
})

const Digest = z.object({ id: z.uuid(), madeAt: moment, records: z.int() })

const DigestRecord = z.object({
  feed: z.string(),
  feedNames: Words.nullable(),
  topic: z.string(),
  topicNames: Words.nullable(),
  recordId: z.string(),
  label: Words,
  href: z.string().nullable(),
  recordedAt: moment,
})

export const subscriptions = {
  feeds: get('/feeds', { summary: 'What can be followed', allow: anyone, clauses: ['S76', 'S77'] }).output(
    z.object({ items: z.array(Feed) }),
  ),

  list: get('/subscriptions', {
    summary: 'What the caller follows',
    allow: signedIn,
    clauses: ['S76'],
  }).output(z.object({ items: z.array(Subscription) })),

  subscribe: post('/subscriptions', {
    summary: 'Follows a topic; what is recorded from now on is listed in digests',
    allow: signedIn,
    clauses: ['S76', 'S77'],
    status: 201,
  })
    .input(z.object({ feed: z.string().max(80), topic: topicCode, rhythm: Rhythm.default('daily') }))
    .output(Subscription)
    .errors({
      UNKNOWN_FEED: refusal(422),
      UNKNOWN_TOPIC: refusal(422),
      ALREADY_FOLLOWED: refusal(409),
      TOO_MANY: refusal(409, z.object({ most: z.int() })),
    }),

  change: patch('/subscriptions/{id}', { summary: 'Changes how often a digest comes', allow: signedIn })
    .input(z.object({ id: z.uuid(), rhythm: Rhythm, version: z.int().min(1) }))
    .output(z.object({ changed: z.literal(true) }))
    .errors({ CHANGED_MEANWHILE: refusal(409) }),

  end: del('/subscriptions/{id}', { summary: 'Follows a topic no longer; digests stay', allow: signedIn })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ ended: z.literal(true) }))
    .errors({ UNKNOWN_SUBSCRIPTION: refusal(404) }),

  digests: get('/digests', { summary: 'Digests of the caller, newest first', allow: signedIn })
    .input(pageInput.extend({ cursor: z.uuid().optional() }))
    .output(page(Digest)),

  digest: get('/digests/{id}', {
    summary: 'One digest with every record that was new',
    allow: signedIn,
    clauses: ['S76'],
  })
    .input(
      pageInput.extend({
        id: z.uuid(),
        cursor: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
    )
    .output(Digest.extend(page(DigestRecord).shape))
    .errors({ UNKNOWN_DIGEST: refusal(404) }),

  make: post('/digests', {
    summary: 'Looks now: makes a digest of what is new in everything the caller follows',
    allow: signedIn,
    unauditedBecause: 'Where nothing is new, nothing happens; a digest that is made has an entry.',
  }).output(z.object({ digest: z.uuid().nullable() })),
}
