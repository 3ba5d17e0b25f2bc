import type { z } from 'zod'
import type { Actor } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { findAccount } from './account.store.ts'
import type { Session } from './contract.ts'
import { listMembershipsOf } from './member.store.ts'
import { isStaff } from './roles.ts'

interface Asking {
  db: Db
  actor: Actor
  today: CalendarDate
}

/**
 * Who is asking, as they may know it themselves. Staff who still owe the second factor are told their roles, so that
 * the page can lead them on, though those roles are worth nothing until then.
 */
export async function describeSession({ db, actor, today }: Asking): Promise<z.input<typeof Session>> {
  if (actor.kind !== 'account') return { kind: 'visitor' }
  const account = await findAccount(db, actor.accountId)
  const roles = account?.roles ?? [...actor.roles]
  return {
    kind: 'account',
    accountId: actor.accountId,
    name: actor.name,
    email: account?.email ?? null,
    roles,
    staff: isStaff(roles),
    secondFactor: actor.secondFactor,
    enrolled: account?.twoFactorEnabled ?? false,
    memberships: actor.secondFactor === 'missing' ? [] : await listMembershipsOf(db, actor.accountId, today),
  }
}
