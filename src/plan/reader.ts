import type { Actor } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import { isStaff } from '../identity/roles.ts'
import { unitsOf } from './assignment.store.ts'
import type { Seats } from './duty.rules.ts'

/** Whether the caller acts for a public office, with the second factor that this takes. */
export function isStaffActor(actor: Actor): boolean {
  return (
    actor.kind === 'system' ||
    (actor.kind === 'account' && isStaff(actor.roles) && actor.secondFactor === 'verified')
  )
}

/** The units in which the caller sits today; none for whoever does not act for a public office. */
export async function seatsOf({ actor, db, today }: Pick<Context, 'actor' | 'db' | 'today'>): Promise<Seats> {
  return actor.kind === 'account' && isStaffActor(actor) ? unitsOf(db, actor.accountId, today) : new Set()
}

/** Who acts, as it is written down beside the act. */
export function byWhom(actor: Actor): { by: string; byId: string } {
  if (actor.kind === 'account') return { by: actor.name, byId: actor.accountId }
  return { by: actor.kind === 'system' ? actor.job : '', byId: '00000000-0000-0000-0000-000000000000' }
}
