import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Procedure, Procedures } from './define.ts'
import { kindOf } from './filing.ts'
import type { Words } from './form.rules.ts'
import { endAssignment } from './handover.store.ts'
import { insertEvent, lockMatter, updateMatter, type MatterRow } from './matter.store.ts'
import { syncQueue } from './queue.store.ts'
import { type HandlerLost, listOrphans } from './staff.store.ts'
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
  const handledBy = new Map([...procedures].map(([code, one]) => [code, handlingRolesOf(one)]))
  let released = 0
  for (const { matterId, handlerId, why } of await listOrphans(context.db, context.today, handledBy, 1000)) {
    const done = await context
      .write(async (tx) => {
        const matter = await lockMatter(tx, matterId)
        const procedure = matter && procedures.get(matter.procedureCode)
        if (matter?.handlerId !== handlerId || matter.closedAt !== null || procedure === undefined)
          throw new TakenOver()
        await putBack(tx, context, procedure, matter, why)
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

/**
 * Takes a matter from whoever can no longer handle it and gives it back to the queue of its station, which is told why.
 * No clock is touched: for the applicant the days run on.
 */
export async function putBack(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  why: HandlerLost,
): Promise<void> {
  await endAssignment(tx, matter.id, context.now, 'post-lost')
  const moved = await updateMatter(tx, matter, { handlerId: null, handlerName: null })
  await insertEvent(tx, {
    matterId: matter.id,
    kind: 'handler-lost',
    ...moverOf(context),
    detail: { before: matter.handlerName, why },
    audience: 'office',
    at: context.now,
    day: context.today,
  })
  await syncQueue(tx, moved, kindOf(procedure, moved.state), context.now)
  const { number } = matter
  const words = { zh: `${number} 无人经办，请接手`, en: `Nobody handles ${number} any more: please take it` }
  await tellSide(tx, context, procedure, moved, { to: 'office', words, more: BECAUSE[why] })
  await recordAudit(tx, context, {
    action: 'matter.handler-lost',
    subject: { kind: 'matter', id: matter.id },
    detail: { number, before: matter.handlerId, why },
  })
}

/** Whoever ended the post; the job that looks for what was left behind is nobody. */
function moverOf({ actor }: Context) {
  return actor.kind === 'account'
    ? { side: 'office' as const, actorId: actor.accountId, actorName: actor.name }
    : { side: 'system' as const, actorId: null, actorName: 'system' }
}

const BECAUSE: Readonly<Record<HandlerLost, Words>> = {
  suspended: {
    zh: '原经办人的账户已停用，期限照常计算。',
    en: 'The account of its handler is suspended; the term runs on.',
  },
  'post-ended': {
    zh: '原经办人已不在本站点，期限照常计算。',
    en: 'Its handler no longer works at your station; the term runs on.',
  },
  'role-lost': {
    zh: '原经办人不再担任办理这类事项的角色，期限照常计算。',
    en: 'Its handler no longer holds a role that handles it; the term runs on.',
  },
}
