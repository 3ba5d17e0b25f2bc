import type { Audience } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import type { Role } from '../identity/roles.ts'
import '../zone/context.ts'
import type { Words } from './words.rules.ts'

export type { Words } from './words.rules.ts'

/** What of its own accord reaches people outside the page of notices, until they choose otherwise. */
export type Channel = 'mail' | 'sms' | 'wechat'

/**
 * A kind of notice, as people choose by: which of them come by mail, by SMS, by WeChat. Rooms declare theirs beside what
 * causes them (`src/<room>/notices.ts`), `src/notice-kinds.ts` collects them for the page of preferences. Few and
 * broad: nobody chooses among forty.
 */
export interface NoticeKind {
  /** `room.what`, e.g. `matters.deadline`. */
  readonly code: string
  readonly names: Words
  /** One sentence: when it comes. */
  readonly summary: Words
  /** The channels of whoever has not chosen. The page of notices always has everything. */
  readonly proposes: readonly Channel[]
}

export function noticeKind(kind: NoticeKind): NoticeKind {
  return kind
}

/** Everybody who is meant, once each however often they are named. Suspended accounts are told nothing. */
export type NoticeRecipients =
  | { readonly accounts: readonly string[] }
  /** Its members on the day. */
  | { readonly organisation: string }
  /**
   * Whoever holds one of the roles. With a station, those of them who work there on the day; where nobody does, all of
   * them, since a notice that reaches nobody would be lost.
   */
  | { readonly roles: readonly [Role, ...Role[]]; readonly station?: string }

/** Who follows: a feed shows nobody more than they may see. */
export interface Follower {
  readonly accountId: string
  readonly roles: readonly string[]
  readonly organisationIds: readonly string[]
}

export interface Topic {
  readonly code: string
  readonly names: Words
}

/** A record that is new, as one line of a digest. */
export interface FeedItem {
  /** Stable: the same record is the same id in every look. A record that is new again when it changes says so in its id. */
  readonly recordId: string
  readonly label: Words
  /** Where it is shown, if it is. */
  readonly href: `/${string}` | null
  /** When it was recorded, by the clock of the database or of whoever wrote it. */
  readonly recordedAt: Date
}

/**
 * Something that people can follow, declared by the room that has the records and collected in `src/feeds.ts`. It is a
 * pure query; that a digest lists each record once and misses none is seen to by whoever makes digests.
 */
export interface Feed {
  /** `room.what`, stable. */
  readonly code: string
  /** What following it is about, to group the page by. */
  readonly about: 'cluster' | 'policy' | 'organisation' | 'indicator' | 'agency' | 'matter' | 'patent'
  readonly names: Words
  readonly summary: Words
  readonly clauses: readonly string[]
  readonly allow: Audience
  /** Every topic that there is; undefined where there are too many to list and one is named by its code. */
  readonly topics: ((context: FeedContext) => readonly Topic[]) | undefined
  /** How a topic that is not listed is named: what to type. */
  readonly asks?: Words
  readonly findTopic: (context: FeedContext, code: string, follower: Follower) => Promise<Topic | undefined>
  /** All records of the topic that the follower may see and that were recorded at or after the moment, oldest first. */
  readonly newer: (
    context: FeedContext,
    topic: string,
    since: Date,
    follower: Follower,
  ) => Promise<FeedItem[]>
}

export type FeedContext = Pick<Context, 'db' | 'zone'>

/** A feed whose topics can all be listed. */
export function feed(
  declared: Omit<Feed, 'findTopic' | 'topics'> & { topics: NonNullable<Feed['topics']> },
): Feed {
  return {
    ...declared,
    findTopic: (context, code) =>
      Promise.resolve(declared.topics(context).find((topic) => topic.code === code)),
  }
}
