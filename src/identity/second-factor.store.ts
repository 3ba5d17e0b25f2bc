import { createHash } from 'node:crypto'
import type { Db, Tx } from '#platform/database.ts'

/** Longer than any code is accepted: its own thirty seconds and one period on either side. */
const REMEMBERED_MS = 5 * 60_000

/** False when this code was accepted before. Of two uses at once one wins. */
export async function useCodeOnce(db: Db, accountId: string, code: string, now: Date): Promise<boolean> {
  const codeDigest = createHash('sha256').update(`${accountId}:${code}`).digest('base64url')
  const forgottenBefore = new Date(now.getTime() - REMEMBERED_MS)
  const used = await db
    .insertInto('secondFactorUse')
    .values({ accountId, codeDigest, usedAt: now })
    .onConflict((oc) =>
      oc
        .columns(['accountId', 'codeDigest'])
        .doUpdateSet({ usedAt: now })
        .where('secondFactorUse.usedAt', '<', forgottenBefore),
    )
    .returning('usedAt')
    .executeTakeFirst()
  await db.deleteFrom('secondFactorUse').where('usedAt', '<', forgottenBefore).execute()
  return used !== undefined
}

/** A second factor that counts as proven from the start. */
export async function insertVerifiedSecondFactor(
  tx: Tx,
  factor: { accountId: string; secret: string; backupCodes: string },
): Promise<void> {
  await tx
    .insertInto('secondFactor')
    .values({ ...factor, verified: true })
    .execute()
  await tx
    .updateTable('userAccount')
    .set({ twoFactorEnabled: true })
    .where('id', '=', factor.accountId)
    .execute()
}
