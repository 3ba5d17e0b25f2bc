import { visitor, type Actor } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { readSessionToken } from './cookie.ts'
import { isStaff } from './roles.ts'
import { extendSession, findOpenSession, type OpenSession } from './session.store.ts'
import type { IdentitySettings } from './settings.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Moment {
  now: Date
  /** Today in the zone: memberships begin and end on days. */
  today: CalendarDate
}

/**
 * Who is asking. A visitor without a session cookie, or with one that was not signed here, costs no query;
 * anybody else costs one, and one more a minute to move the idle time on.
 */
export async function resolveActor(
  db: Db,
  headers: Headers,
  settings: IdentitySettings,
  { now, today }: Moment,
): Promise<Actor> {
  const session = await findSessionOf(db, headers, settings, { now, today })
  if (session === undefined) return visitor
  const next = nextExpiry(session.createdAt, now, settings)
  if (next.getTime() - session.expiresAt.getTime() >= MINUTE)
    await extendSession(db, session.sessionId, next, now)
  return actorOf(session)
}

/** The session of a request; undefined for a visitor. */
export async function findSessionOf(
  db: Db,
  headers: Headers,
  settings: IdentitySettings,
  { now, today }: Moment,
): Promise<OpenSession | undefined> {
  const token = readSessionToken(headers, settings)
  return token === undefined ? undefined : findOpenSession(db, token, now, today)
}

/**
 * A member of staff who has not proved the second factor in this session carries neither roles nor organisations:
 * nothing further down can then show them more than a visitor sees.
 */
export function actorOf(session: OpenSession): Actor {
  const { accountId, name, roles, organisationIds } = session
  const verified = session.secondFactorAt !== null
  if (!isStaff(roles)) {
    const secondFactor = verified ? 'verified' : 'notRequired'
    return { kind: 'account', accountId, name, roles, organisationIds, secondFactor }
  }
  if (verified) return { kind: 'account', accountId, name, roles, organisationIds, secondFactor: 'verified' }
  return { kind: 'account', accountId, name, roles: [], organisationIds: [], secondFactor: 'missing' }
}

/** Idle time from now, but never beyond the longest life of a session. */
export function nextExpiry(
  createdAt: Date,
  now: Date,
  { idleMinutes, longestHours }: Pick<IdentitySettings, 'idleMinutes' | 'longestHours'>,
): Date {
  return new Date(Math.min(now.getTime() + idleMinutes * MINUTE, createdAt.getTime() + longestHours * HOUR))
}
