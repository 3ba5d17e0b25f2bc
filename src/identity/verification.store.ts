import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '#platform/database.ts'

/**
 * A token to set a password with, as better-auth itself would issue one: the table holds its digest, the letter the
 * token. Earlier ones of the account stay good, so that a second letter does not spoil the first.
 */
export async function issuePasswordToken(tx: Tx, accountId: string, expiresAt: Date): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const identifier = createHash('sha256').update(`reset-password:${token}`).digest('base64url')
  await tx.insertInto('verification').values({ identifier, value: accountId, expiresAt }).execute()
  return token
}
