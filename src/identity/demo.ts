import type { Config } from '#platform/config.ts'
import type { Db, Tx } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import { countDemoAccounts, findAccountByEmail, insertAccount } from './account.store.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TOTP_SECRET, type DemoAccount } from './demo-accounts.rules.ts'
import { hashPassword } from './passwords.ts'
import { isStaff } from './roles.ts'
import { encryptForSecondFactor } from './second-factor.ts'
import { insertVerifiedSecondFactor } from './second-factor.store.ts'

export interface CreatedDemoAccount extends DemoAccount {
  accountId: string
}

/**
 * One account a role, for the demo scenario only; those that exist stay as they are. Demo staff have a second factor
 * whose secret is published. The caller's transaction audits the scenario as a whole.
 */
export async function createDemoAccounts(tx: Tx, secret: string, now: Date): Promise<CreatedDemoAccount[]> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const created: CreatedDemoAccount[] = []
  for (const account of DEMO_ACCOUNTS) {
    const { email, name, role } = account
    const id = await insertAccount(tx, { email, name, roles: [role], passwordHash, demo: true }, null, now)
    if (id !== undefined && isStaff([role])) await giveSecondFactor(tx, secret, id)
    const accountId = id ?? (await findAccountByEmail(tx, email))?.id
    if (accountId !== undefined) created.push({ ...account, accountId })
  }
  return created
}

async function giveSecondFactor(tx: Tx, secret: string, accountId: string): Promise<void> {
  const encrypted = await encryptForSecondFactor(DEMO_TOTP_SECRET, secret)
  const backupCodes = await encryptForSecondFactor('[]', secret)
  await insertVerifiedSecondFactor(tx, { accountId, secret: encrypted, backupCodes })
}

/**
 * Demo accounts have a published password: an installation that is in earnest must not start with one.
 * @throws OperatorError naming what to do
 */
export async function refuseDemoAccounts(db: Db, { scenario }: Pick<Config, 'scenario'>): Promise<void> {
  if (scenario !== 'none') return
  const accounts = await countDemoAccounts(db)
  if (accounts === 0) return
  throw new OperatorError(
    `This data folder holds ${accounts} demo accounts, whose password is published, so it does not start ` +
      `in production or without the demo scenario. Start with an empty data folder, or unset NODE_ENV and ZHIYUAN_SCENARIO to look at the demo.`,
  )
}
