import type { Role } from '../identity/roles.ts'
import type { Words } from './words.rules.ts'

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
