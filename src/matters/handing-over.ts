import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { moveClocks } from './clocks.ts'
import type { Procedure } from './define.ts'
import { kindOf } from './filing.ts'
import {
  decideHandOver,
  endAssignment,
  findOpenHandOver,
  insertHandOver,
  type HandOverRow,
} from './handover.store.ts'
import { insertEvent, insertReceipt, updateMatter, type MatterRow } from './matter.store.ts'
import { HANDED_OVER } from './procedure.rules.ts'
import { syncQueue } from './queue.store.ts'
import { refused } from './refused.ts'
import type { Standing } from './standing.ts'
import { tellOfHandOver } from './telling.ts'

export interface Receiver {
  readonly kind: 'station' | 'body'
  readonly code: string
}

/** Offers a matter to a station able to handle it, or to a body outside; until it is taken, nothing else changes. */
export async function offerHandOver(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  { to, reason }: { to: Receiver; reason: string },
): Promise<HandOverRow> {
  checkReceiver(context, procedure, matter, to)
  const open = await findOpenHandOver(tx, matter.id)
  if (open !== undefined) throw refused('HAND_OVER_OPEN', 409, { to: open.toStation ?? open.toBody ?? '' })
  const handOver = await insertHandOver(tx, {
    matterId: matter.id,
    fromStation: matter.stationCode,
    toStation: to.kind === 'station' ? to.code : null,
    toBody: to.kind === 'body' ? to.code : null,
    reason,
    offeredBy: standing.accountId,
    offeredName: standing.name,
    offeredAt: context.now,
  })
  await tell(tx, context, matter, standing, 'hand-over-offered', { to: to.code, kind: to.kind }, reason)
  await tellOfHandOver(tx, context, procedure, matter, handOver, standing)
  return handOver
}

function checkReceiver(
  { zone }: Context,
  { stations }: Procedure,
  matter: MatterRow,
  { kind, code }: Receiver,
) {
  if (kind === 'body') {
    if (!zone.receivingBodies.some((body) => body.code === code))
      throw refused('UNKNOWN_RECEIVER', 422, { code })
    return
  }
  const station = zone.stations.find(({ id }) => id === code)
  if (station === undefined || code === matter.stationCode) throw refused('UNKNOWN_RECEIVER', 422, { code })
  if (!stations.includes(station.kind)) throw refused('STATION_NOT_ABLE', 422, { code })
}

function tell(
  tx: Tx,
  { now, today }: Context,
  matter: MatterRow,
  standing: Standing,
  kind: string,
  detail: object,
  note: string | null,
) {
  return insertEvent(tx, {
    matterId: matter.id,
    kind,
    side: standing.side === 'system' ? 'system' : 'office',
    actorId: standing.accountId,
    actorName: standing.name,
    detail,
    note,
    at: now,
    day: today,
  })
}

export interface Acceptance {
  readonly outsideNumber: string | null
  readonly outsideOn: string | null
}

/**
 * The matter changes hands and its clocks run on: no due day moves. One entry of the ledger is the receipt of both
 * sides. With a body outside it leaves the stations, which closes it here with that body named.
 */
export async function acceptHandOver(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  handOver: HandOverRow,
  { outsideNumber, outsideOn }: Acceptance,
): Promise<HandOverRow> {
  const decided = await decideHandOver(tx, handOver.id, {
    status: 'accepted',
    decidedBy: standing.accountId,
    decidedName: standing.name,
    decidedAt: context.now,
    outsideNumber,
    outsideOn,
  })
  await endAssignment(tx, matter.id, context.now, 'handed-over')
  const moved = await updateMatter(tx, matter, {
    handlerId: null,
    handlerName: null,
    ...(handOver.toStation === null
      ? { state: HANDED_OVER, outcome: 'handed-over', closedAt: context.now, closedOn: context.today }
      : { stationCode: handOver.toStation }),
  })
  const detail = { from: handOver.fromStation, to: handOver.toStation ?? handOver.toBody, outsideNumber }
  await tell(tx, context, matter, standing, 'handed-over', detail, null)
  if (handOver.toStation === null)
    await moveClocks(tx, context, {
      matterId: matter.id,
      procedure,
      step: HANDED_OVER,
      from: matter.state,
      to: HANDED_OVER,
    })
  await syncQueue(tx, moved, kindOf(procedure, moved.state), context.now)
  const entryId = await recordAudit(tx, context, {
    action: 'matter.handed-over',
    subject: { kind: 'matter', id: matter.id },
    detail: { number: matter.number, handOver: handOver.id, ...detail },
  })
  await insertReceipt(tx, {
    kind: 'handover',
    matterId: matter.id,
    subjectId: handOver.id,
    entryId,
    issuedAt: context.now,
  })
  await tellOfHandOver(tx, context, procedure, moved, decided, standing)
  return decided
}

/** Sent back with a reason, or taken back by the side that offered it: the matter never left. */
export async function closeHandOver(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  handOver: HandOverRow,
  refusal: string | null,
): Promise<HandOverRow> {
  const decided = await decideHandOver(tx, handOver.id, {
    status: refusal === null ? 'withdrawn' : 'refused',
    decidedBy: standing.accountId,
    decidedName: standing.name,
    decidedAt: context.now,
    refusal,
  })
  const kind = refusal === null ? 'hand-over-withdrawn' : 'hand-over-refused'
  await tell(tx, context, matter, standing, kind, { to: handOver.toStation ?? handOver.toBody }, refusal)
  await recordAudit(tx, context, {
    action: `matter.${kind}`,
    subject: { kind: 'matter', id: matter.id },
    detail: { number: matter.number, handOver: handOver.id },
  })
  await tellOfHandOver(tx, context, procedure, matter, decided, standing)
  return decided
}
