import type { Tx } from '#platform/database.ts'

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
