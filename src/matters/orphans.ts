import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Procedure, Procedures } from './define.ts'
import { kindOf } from './filing.ts'
import { endAssignment } from './handover.store.ts'
import { insertEvent, lockMatter, updateMatter, type MatterRow } from './matter.store.ts'
import { syncQueue } from './queue.store.ts'
import { listOrphans } from './staff.store.ts'
import { handlingRolesOf } from './standing.ts'
import { tellSide } from './telling.ts'

/** Somebody took it over between the look and the lock: there is nothing to write. */
class TakenOver extends Error {
  override name = 'TakenOver'
}

/**
 * Matters whose handler lost the post or the role go back to the queue of their station, which is told. Until this has
 * run they stand in the queue marked as orphaned, so nobody has to wait for it. Answers how many went back.
 */
export async function releaseOrphans(context: Context, procedures: Procedures): Promise<number> {
  const handling = [...new Set([...procedures.values()].flatMap((one) => [...handlingRolesOf(one)]))]
  let released = 0
  for (const { matterId, handlerId } of await listOrphans(context.db, context.today, handling, 1000)) {
    const done = await context
      .write(async (tx) => {
        const matter = await lockMatter(tx, matterId)
        const procedure = matter && procedures.get(matter.procedureCode)
        if (matter?.handlerId !== handlerId || matter.closedAt !== null || procedure === undefined)
          throw new TakenOver()
        await putBack(tx, context, procedure, matter)
        return true
      })
      .catch((error: unknown) => {
        if (error instanceof TakenOver) return false
        throw error
      })
    if (done) released += 1
  }
  return released
}

async function putBack(tx: Tx, context: Context, procedure: Procedure, matter: MatterRow): Promise<void> {
  await endAssignment(tx, matter.id, context.now, 'post-lost')
  const moved = await updateMatter(tx, matter, { handlerId: null, handlerName: null })
  await insertEvent(tx, {
    matterId: matter.id,
    kind: 'handler-lost',
    side: 'system',
    actorId: null,
    actorName: 'system',
    detail: { before: matter.handlerName },
    audience: 'office',
    at: context.now,
    day: context.today,
  })
  await syncQueue(tx, moved, kindOf(procedure, moved.state), context.now)
  const { number } = matter
  const words = { zh: `${number} 无人经办，请接手`, en: `Nobody handles ${number} any more: please take it` }
  await tellSide(tx, context, procedure, moved, { to: 'office', words })
  await recordAudit(tx, context, {
    action: 'matter.handler-lost',
    subject: { kind: 'matter', id: matter.id },
    detail: { number, before: matter.handlerId },
  })
}
