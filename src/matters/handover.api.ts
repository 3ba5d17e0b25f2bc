import { implementation, type Context } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { listStationsOf } from '../identity/public.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { kindOf } from './filing.ts'
import { beginAssignment, endAssignment, listHandOvers, listOffered } from './handover.store.ts'
import { acceptHandOver, closeHandOver, offerHandOver } from './handing-over.ts'
import { handOverView } from './matter-view.ts'
import { insertEvent, updateMatter } from './matter.store.ts'
import { lockOpened, needOffice, needOpen, personOf, type Opened } from './opening.ts'
import { findListed, syncQueue } from './queue.store.ts'
import { findPosted } from './staff.store.ts'
import { handlingRolesOf, horizonOf } from './standing.ts'
import { changedMeanwhile } from './step.ts'

const os = implementation(matters)

export const handOverApi = (procedures: Procedures) => ({
  handOver: os.handOver.handler(async ({ input: { number, to, reason, version }, context }) => {
    const row = await context.write(async (tx) => {
      const { matter, procedure, standing } = await opened(tx, context, procedures, number, version)
      const handOver = await offerHandOver(tx, context, procedure, matter, standing, { to, reason })
      await recordAudit(tx, context, {
        action: 'matter.hand-over-offered',
        subject: { kind: 'matter', id: matter.id },
        detail: { number, handOver: handOver.id, to: to.code },
      })
      return { ...handOver, number, procedureCode: matter.procedureCode }
    })
    return handOverView(context, procedures, row)
  }),

  decideHandOver: os.decideHandOver.handler(async ({ input: { number, id, decision }, context, errors }) => {
    const row = await context.write(async (tx) => {
      const { matter, procedure, standing } = await lockOpened(tx, context, procedures, number)
      const handOver = (await listHandOvers(tx, matter.id)).find((one) => one.id === id)
      if (handOver === undefined) throw errors.UNKNOWN_HAND_OVER({ data: { id } })
      // The receiving station decides; what goes outside, and what is taken back, is the business of the giving one.
      const side =
        decision.kind === 'withdraw' || handOver.toStation === null
          ? handOver.fromStation
          : handOver.toStation
      const handles = standing.roles.some((role) => handlingRolesOf(procedure).includes(role))
      if (standing.side === 'applicant' || !handles || !standing.stations.includes(side))
        throw errors.NOT_OF_THE_OFFICE()
      if (handOver.status !== 'offered')
        throw errors.ALREADY_DECIDED({
          data: {
            status: handOver.status,
            by: handOver.decidedName,
            at: handOver.decidedAt?.toISOString() ?? null,
          },
        })
      const acts = { ...standing, side: 'office' as const }
      const numbered = { number, procedureCode: matter.procedureCode }
      if (decision.kind !== 'accept') {
        const refusal = decision.kind === 'refuse' ? decision.reason : null
        return {
          ...(await closeHandOver(tx, context, procedure, matter, acts, handOver, refusal)),
          ...numbered,
        }
      }
      if (handOver.toStation === null && decision.outsideNumber === undefined)
        throw errors.OUTSIDE_RECEIPT_NEEDED()
      const receipt = { outsideNumber: decision.outsideNumber ?? null, outsideOn: decision.outsideOn ?? null }
      return {
        ...(await acceptHandOver(tx, context, procedure, matter, acts, handOver, receipt)),
        ...numbered,
      }
    })
    return handOverView(context, procedures, row)
  }),

  arriving: os.arriving.handler(async ({ context }) => {
    const stations = await listStationsOf(context.db, personOf(context).accountId, context.today)
    const { arriving, sent } = await listOffered(context.db, stations)
    const view = (rows: typeof arriving) =>
      Promise.all(rows.map((row) => handOverView(context, procedures, row)))
    return { arriving: await view(arriving), sent: await view(sent) }
  }),

  receivingBodies: os.receivingBodies.handler(({ context: { zone } }) => ({
    items: zone.receivingBodies.map(({ code, names, duty, sample }) => ({ code, names, duty, sample })),
  })),

  claim: os.claim.handler(({ input: { number, version }, context, errors }) =>
    context.write(async (tx) => {
      const found = await opened(tx, context, procedures, number, version)
      const { matter } = found
      const horizon = await horizonOf(context, procedures)
      const listed = await findListed(tx, matter.id, { horizon, today: context.today })
      if (matter.handlerId !== null && listed?.orphaned !== true)
        throw errors.HANDLED_ALREADY({ data: { handler: matter.handlerName ?? '' } })
      const { accountId, name } = personOf(context)
      return give(tx, context, found, { accountId, name }, 'matter.claimed')
    }),
  ),

  assign: os.assign.handler(({ input: { number, version, accountId, reason }, context, errors }) =>
    context.write(async (tx) => {
      const found = await opened(tx, context, procedures, number, version)
      const { matter, procedure } = found
      if (accountId === null) return give(tx, context, found, null, 'matter.released', reason)
      const able = await findPosted(tx, matter.stationCode, accountId, context.today)
      const handles = able?.roles.some((role) => handlingRolesOf(procedure).includes(role))
      if (able === undefined || handles !== true || accountId === matter.applicantAccountId)
        throw errors.NOT_ABLE_TO_HANDLE({ data: { accountId } })
      return give(tx, context, found, able, 'matter.assigned', reason)
    }),
  ),
})

async function opened(
  tx: Tx,
  context: Context,
  procedures: Procedures,
  number: string,
  version: number,
): Promise<Opened> {
  const found = await lockOpened(tx, context, procedures, number)
  needOffice(found.standing)
  needOpen(found.matter)
  if (found.matter.version !== version)
    throw await changedMeanwhile({ db: tx }, found.procedure, found.matter, version)
  return found
}

async function give(
  tx: Tx,
  context: Context,
  { matter, procedure, standing }: Opened,
  to: { accountId: string; name: string } | null,
  action: string,
  reason?: string,
) {
  await endAssignment(tx, matter.id, context.now, to === null ? 'released' : 'reassigned')
  if (to !== null)
    await beginAssignment(tx, {
      matterId: matter.id,
      accountId: to.accountId,
      accountName: to.name,
      assignedBy: standing.accountId,
      assignedByName: standing.name,
      assignedAt: context.now,
    })
  const moved = await updateMatter(tx, matter, {
    handlerId: to?.accountId ?? null,
    handlerName: to?.name ?? null,
  })
  await insertEvent(tx, {
    matterId: matter.id,
    kind: 'assigned',
    side: 'office',
    actorId: standing.accountId,
    actorName: standing.name,
    note: reason ?? null,
    detail: { to: to?.name ?? null },
    audience: 'office',
    at: context.now,
    day: context.today,
  })
  await syncQueue(tx, moved, kindOf(procedure, moved.state), context.now)
  await recordAudit(tx, context, {
    action,
    subject: { kind: 'matter', id: matter.id },
    detail: { number: matter.number, version: moved.version },
  })
  return { version: moved.version, handler: moved.handlerName }
}
