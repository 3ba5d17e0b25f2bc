import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { holdClock, OBJECTION } from './clocks.ts'
import type { Procedure } from './define.ts'
import { kindOf } from './filing.ts'
import { insertEvent, insertReceipt, type MatterRow } from './matter.store.ts'
import { insertObjection } from './publicity.store.ts'
import { syncQueue } from './queue.store.ts'

/** Puts an objection on record, stops the clock that it stops, and gives its receipt. Who may object is asked before. */
export async function fileObjection(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  { by, body }: { readonly by: { readonly accountId: string; readonly name: string }; readonly body: string },
) {
  const { id: matterId, number } = matter
  const { accountId, name } = by
  const objection = { matterId, accountId, name, body, filedAt: context.now }
  const { id, filedAt } = await insertObjection(tx, objection)
  await insertEvent(tx, {
    matterId,
    kind: 'objection',
    actorId: accountId,
    actorName: name,
    at: context.now,
    day: context.today,
    side: 'public',
  })
  const pauses = procedure.publicity?.pauses
  if (pauses !== undefined)
    await holdClock(tx, context, { matterId, code: pauses, because: OBJECTION, hold: true })
  await syncQueue(tx, matter, kindOf(procedure, matter.state), context.now)
  const entryId = await recordAudit(tx, context, {
    action: 'matter.objection-filed',
    subject: { kind: 'matter', id: matterId },
    detail: { number, objection: id },
  })
  await insertReceipt(tx, { kind: 'objection', matterId, subjectId: id, entryId, issuedAt: context.now })
  return { id, filedAt, entryId }
}
