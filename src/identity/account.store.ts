import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { Role } from './roles.ts'

export interface AccountRow {
  id: string
  name: string
  email: string
  phone: string | null
  twoFactorEnabled: boolean
  suspendedAt: Date | null
  suspendedBecause: string | null
  demo: boolean
  createdAt: Date
  roles: string[]
}

function accounts(db: Db) {
  return db
    .selectFrom('userAccount')
    .select([
      'id',
      'name',
      'email',
      'phone',
      'twoFactorEnabled',
      'suspendedAt',
      'suspendedBecause',
      'demo',
      'createdAt',
      sql<
        string[]
      >`array(select r.role from account_role r where r.account_id = user_account.id order by r.role)`.as(
        'roles',
      ),
    ])
}

export function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return accounts(db).where('id', '=', id).executeTakeFirst()
}

export function findAccountByEmail(db: Db, email: string): Promise<AccountRow | undefined> {
  return accounts(db).where('email', '=', email.trim().toLowerCase()).executeTakeFirst()
}

export interface AccountQuery {
  search?: string | undefined
  role?: string | undefined
  suspended?: boolean | undefined
}

function matching(db: Db, { search, role, suspended }: AccountQuery) {
  let query = db.selectFrom('userAccount')
  if (search !== undefined) {
    const like = `%${search.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('name', 'ilike', like), eb('email', 'ilike', like)]))
  }
  if (role !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('accountRole')
          .select('role')
          .whereRef('accountRole.accountId', '=', 'userAccount.id')
          .where('role', '=', role),
      ),
    )
  }
  if (suspended !== undefined) query = query.where('suspendedAt', suspended ? 'is not' : 'is', null)
  return query
}

/** Newest first: ids are in the order of time, so the last id of a page is where the next begins. */
export async function listAccounts(
  db: Db,
  query: AccountQuery,
  page: { before?: string | undefined; limit: number },
): Promise<{ total: number; items: AccountRow[] }> {
  const counted = await matching(db, query)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let found = matching(db, query).select('id').orderBy('id', 'desc').limit(page.limit)
  if (page.before !== undefined) found = found.where('id', '<', page.before)
  const items = await accounts(db).where('id', 'in', found).orderBy('id', 'desc').execute()
  return { total: counted.total, items }
}

export interface NewAccount {
  name: string
  email: string
  phone?: string | null
  roles: readonly Role[]
  /** Undefined until the holder sets one from a letter. */
  passwordHash?: string
  demo?: boolean
}

/** Undefined when an account of this mailbox exists already. */
export async function insertAccount(
  tx: Tx,
  account: NewAccount,
  grantedBy: string | null,
  now: Date,
): Promise<string | undefined> {
  const inserted = await tx
    .insertInto('userAccount')
    .values({
      name: account.name,
      email: account.email.toLowerCase(),
      // Whoever opens an account vouches for its mailbox: the password is set from a letter to it.
      emailVerified: true,
      phone: account.phone ?? null,
      demo: account.demo ?? false,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((oc) => oc.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return undefined
  await replaceRoles(tx, inserted.id, account.roles, grantedBy, now)
  if (account.passwordHash !== undefined) await insertPassword(tx, inserted.id, account.passwordHash)
  return inserted.id
}

async function insertPassword(tx: Tx, accountId: string, password: string) {
  await tx
    .insertInto('credential')
    .values({ holderId: accountId, providerId: 'credential', subject: accountId, password })
    .execute()
}

/** Roles that stay keep the day and the person they were granted by. */
export async function replaceRoles(
  tx: Tx,
  accountId: string,
  roles: readonly Role[],
  grantedBy: string | null,
  now: Date,
): Promise<void> {
  let removed = tx.deleteFrom('accountRole').where('accountId', '=', accountId)
  if (roles.length > 0) removed = removed.where('role', 'not in', roles)
  await removed.execute()
  if (roles.length === 0) return
  await tx
    .insertInto('accountRole')
    .values(roles.map((role) => ({ accountId, role, grantedBy, grantedAt: now })))
    .onConflict((oc) => oc.columns(['accountId', 'role']).doNothing())
    .execute()
}

/** False when the account is unknown. */
export async function setSuspension(
  tx: Tx,
  accountId: string,
  suspension: { at: Date; because: string } | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('userAccount')
    .set({ suspendedAt: suspension?.at ?? null, suspendedBecause: suspension?.because ?? null })
    .where('id', '=', accountId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The holder enrols anew at the next sign-in. */
export async function removeSecondFactor(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('secondFactor').where('accountId', '=', accountId).execute()
  await tx.updateTable('userAccount').set({ twoFactorEnabled: false }).where('id', '=', accountId).execute()
}

/** How many other accounts that may sign in hold a role: the last administrator cannot be taken away. */
export async function countOthersHolding(db: Db, role: Role, exceptId: string): Promise<number> {
  const { holders } = await db
    .selectFrom('accountRole')
    .innerJoin('userAccount', 'userAccount.id', 'accountRole.accountId')
    .where('role', '=', role)
    .where('accountId', '!=', exceptId)
    .where('suspendedAt', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('holders'))
    .executeTakeFirstOrThrow()
  return holders
}

export async function countDemoAccounts(db: Db): Promise<number> {
  const { demo } = await db
    .selectFrom('userAccount')
    .where('demo', '=', true)
    .select(({ fn }) => fn.countAll<number>().as('demo'))
    .executeTakeFirstOrThrow()
  return demo
}
