import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database.ts'

export interface AttemptLimit {
  /** Attempts within the window; the one after them is refused. */
  attempts: number
  minutes: number
}

export interface Attempt {
  allowed: boolean
  /** How many have been counted, this one included, up to one more than allowed. */
  count: number
  retryAfterSeconds: number
}

/**
 * A mailbox is counted under a name that only this installation can make from it: neither the table nor the audit
 * trail, from which nothing is ever erased, becomes a list of who tried to sign in.
 */
export function mailboxSubject(email: string, secret: string): string {
  return `mailbox:${createHmac('sha256', secret).update(email.trim().toLowerCase()).digest('base64url')}`
}

/**
 * Counts an attempt before it is made, so that attempts made at once cannot slip past the limit together.
 * The window starts again at the last allowed attempt: that is when the lock begins.
 */
export async function countAttempt(
  db: Db,
  subject: string,
  limit: AttemptLimit,
  now: Date,
): Promise<Attempt> {
  const windowEndsAt = new Date(now.getTime() + limit.minutes * 60_000)
  const { rows } = await sql<{ attempts: number; windowEndsAt: Date }>`
    insert into attempt_count as counted (subject, attempts, window_ends_at)
    values (${subject}, 1, ${windowEndsAt})
    on conflict (subject) do update set
      attempts = case when counted.window_ends_at <= ${now} then 1
        else least(counted.attempts + 1, ${limit.attempts + 1}) end,
      window_ends_at = case
        when counted.window_ends_at <= ${now} or counted.attempts + 1 = ${limit.attempts} then ${windowEndsAt}
        else counted.window_ends_at end
    returning attempts, window_ends_at`.execute(db)
  const counted = rows[0] ?? { attempts: limit.attempts + 1, windowEndsAt }
  return {
    allowed: counted.attempts <= limit.attempts,
    count: counted.attempts,
    retryAfterSeconds: Math.max(1, Math.ceil((counted.windowEndsAt.getTime() - now.getTime()) / 1000)),
  }
}

export async function forgetAttempts(db: Db, subject: string): Promise<void> {
  await db.deleteFrom('attemptCount').where('subject', '=', subject).execute()
}

/** Gives back an attempt that was no failure: many people sign in from the address of one office. */
export async function returnAttempt(db: Db, subject: string): Promise<void> {
  await sql`update attempt_count set attempts = greatest(attempts - 1, 0) where subject = ${subject}`.execute(
    db,
  )
}
