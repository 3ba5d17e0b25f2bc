import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { Registrant } from './registration.rules.ts'

export interface Registration {
  readonly email: string
  readonly kind: Registrant
  readonly expiresAt: Date
}

/** The table holds the digest of the token, only the letter the token itself. */
const identifierOf = (token: string) =>
  `registration:${createHash('sha256').update(token).digest('base64url')}`

/** Puts down a registration and answers its secret token. */
export async function issueRegistration(tx: Tx, { email, kind, expiresAt }: Registration): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const value = JSON.stringify({ email, kind })
  await tx
    .insertInto('verification')
    .values({ identifier: identifierOf(token), value, expiresAt })
    .execute()
  return token
}

/** Letters on their way to a mailbox, counted under a lock so that requests made at once do not slip past. */
export async function countOpenRegistrations(tx: Tx, email: string, now: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`registration:${email}`}, 0))`.execute(tx)
  const { open } = await tx
    .selectFrom('verification')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('identifier', 'like', 'registration:%')
    .where(sql<boolean>`value::jsonb ->> 'email' = ${email}`)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow()
  return open
}

export async function findRegistration(db: Db, token: string, now: Date): Promise<Registration | undefined> {
  const row = await db
    .selectFrom('verification')
    .select(['value', 'expiresAt'])
    .where('identifier', '=', identifierOf(token))
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return row && { ...(JSON.parse(row.value) as Omit<Registration, 'expiresAt'>), expiresAt: row.expiresAt }
}

/** Uses up every letter of a mailbox: one account is opened, whichever of them was followed. */
export async function closeRegistrations(tx: Tx, email: string): Promise<void> {
  await tx
    .deleteFrom('verification')
    .where('identifier', 'like', 'registration:%')
    .where(sql<boolean>`value::jsonb ->> 'email' = ${email}`)
    .execute()
}
