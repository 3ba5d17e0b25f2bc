import { type Context, implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { unitOf } from './assignment.api.ts'
import { plan } from './contract.ts'
import { speaksFor, type Seats } from './duty.rules.ts'
import { byFollowUp, followUpDaysLate, followUpOf } from './issue.rules.ts'
import {
  findGuidance,
  findIssues,
  type GuidanceRecord,
  insertGuidance,
  insertIssue,
  type IssueRecord,
  lockGuidance,
  lockIssue,
  respondTo,
  updateIssue,
} from './issue.store.ts'
import { decisionsOfIssues } from './leading.store.ts'
import { cursorAt, placeAfter } from './place.rules.ts'
import { byWhom, seatsOf } from './reader.ts'
import { tellOfIssue } from './tell.ts'

const os = implementation(plan)

const issueAsked = ({ dueOn, answeredOn, state }: IssueRecord) => ({
  dueOn,
  answeredOn,
  closed: state === 'closed',
})

function showIssue(issue: IssueRecord, decisions: number[], { actor, today }: Context, seats: Seats) {
  const { id: _, raisedById: __, state, closedBy: ___, ...shown } = issue
  const may = (['answer', 'close', 'reopen'] as const).filter((act) =>
    act === 'answer'
      ? state === 'open' && speaksFor(issue.ownerUnit, actor, seats)
      : state === 'answered' && speaksFor(issue.raisedUnit, actor, seats),
  )
  return {
    ...shown,
    followUp: followUpOf(issueAsked(issue), today),
    daysLate: followUpDaysLate(issueAsked(issue), today),
    decisions,
    may,
  }
}

const byNumber = ({ number }: { number: number }) => String(number)

const issues = os.issues.handler(async ({ input: { unit, followUp, cursor, limit }, context, errors }) => {
  const [found, decisions, seats] = await Promise.all([
    findIssues(context.db),
    decisionsOfIssues(context.db),
    seatsOf(context),
  ])
  const all = found
    .filter((one) => unit === undefined || one.ownerUnit === unit || one.raisedUnit === unit)
    .map((one) => showIssue(one, decisions.get(one.id) ?? [], context, seats))
    .filter((one) => followUp === undefined || one.followUp === followUp)
    .sort(byFollowUp)
  const start = placeAfter(all, cursor, byNumber)
  if (start === undefined) throw errors.INVALID_CURSOR()
  const items = all.slice(start, start + limit)
  return {
    total: all.length,
    items,
    next: cursorAt(items, start + limit < all.length, byNumber),
    asOf: context.today,
  }
})

const raiseIssue = os.raiseIssue.handler(({ input, context, errors }) => {
  const { raisedUnit, ownerUnit, dueOn } = input
  for (const unit of [raisedUnit, ownerUnit])
    if (unitOf(context, unit) === undefined) throw errors.UNKNOWN_UNIT({ data: { unit } })
  if (raisedUnit === ownerUnit) throw errors.OWN_ISSUE()
  if (dueOn < context.today) throw errors.DUE_IN_THE_PAST({ data: { today: context.today } })
  return context.write(async (tx) => {
    const seats = await seatsOf({ ...context, db: tx })
    if (!speaksFor(raisedUnit, context.actor, seats))
      throw errors.NOT_YOUR_UNIT({ data: { unit: raisedUnit } })
    const { by, byId } = byWhom(context.actor)
    const raised = await insertIssue(tx, {
      ...input,
      raisedBy: by,
      raisedById: byId,
      raisedOn: context.today,
    })
    await tellOfIssue(tx, context, { ...raised, ownerUnit, dueOn, by: byId })
    await recordAudit(tx, context, {
      action: 'plan.issue-raised',
      subject: { kind: 'coordinationIssue', id: raised.id },
      detail: { number: raised.number, raisedUnit, ownerUnit, dueOn },
    })
    return { number: raised.number }
  })
})

const answerIssue = os.answerIssue.handler(({ input: { number, version, answer }, context, errors }) =>
  context.write(async (tx) => {
    const issue = await lockIssue(tx, number)
    if (issue === undefined) throw errors.UNKNOWN_ISSUE()
    const seats = await seatsOf({ ...context, db: tx })
    if (!speaksFor(issue.ownerUnit, context.actor, seats))
      throw errors.NOT_YOUR_UNIT({ data: { unit: issue.ownerUnit } })
    if (issue.version !== version) throw errors.CHANGED({ data: { version: issue.version } })
    if (issue.state !== 'open') throw errors.NOT_OPEN()
    const next = await updateIssue(tx, issue, {
      state: 'answered',
      answer,
      answeredBy: byWhom(context.actor).by,
      answeredOn: context.today,
    })
    await recordAudit(tx, context, {
      action: 'plan.issue-answered',
      subject: { kind: 'coordinationIssue', id: issue.id },
      detail: { number },
    })
    return { version: next }
  }),
)

const settleIssue = os.settleIssue.handler(({ input: { number, version, settlement }, context, errors }) =>
  context.write(async (tx) => {
    const issue = await lockIssue(tx, number)
    if (issue === undefined) throw errors.UNKNOWN_ISSUE()
    const seats = await seatsOf({ ...context, db: tx })
    if (!speaksFor(issue.raisedUnit, context.actor, seats))
      throw errors.NOT_YOUR_UNIT({ data: { unit: issue.raisedUnit } })
    if (issue.version !== version) throw errors.CHANGED({ data: { version: issue.version } })
    if (issue.state !== 'answered') throw errors.NOT_ANSWERED()
    const again = settlement.kind === 'reopen' ? settlement : undefined
    if (again !== undefined && again.dueOn < context.today)
      throw errors.DUE_IN_THE_PAST({ data: { today: context.today } })
    // The answer that was not enough stays in the row's history in the ledger and in the reason given.
    const next = await updateIssue(
      tx,
      issue,
      again === undefined
        ? { state: 'closed', closedBy: byWhom(context.actor).by, closedOn: context.today }
        : { state: 'open', answeredOn: null, reopenedBecause: again.reason, dueOn: again.dueOn },
    )
    await recordAudit(tx, context, {
      action: again === undefined ? 'plan.issue-closed' : 'plan.issue-reopened',
      subject: { kind: 'coordinationIssue', id: issue.id },
      detail: { number },
    })
    return { version: next }
  }),
)

const guidanceAsked = ({ dueOn, respondedOn }: Pick<GuidanceRecord, 'dueOn' | 'respondedOn'>) => ({
  dueOn,
  answeredOn: respondedOn,
  closed: false,
})

const guidance = os.guidance.handler(async ({ input: { followUp, cursor, limit }, context, errors }) => {
  const all = (await findGuidance(context.db))
    .map(({ id: _, recordedBy: __, ...one }) => ({
      ...one,
      followUp: followUpOf(guidanceAsked(one), context.today),
      daysLate: followUpDaysLate(guidanceAsked(one), context.today),
    }))
    .filter((one) => followUp === undefined || one.followUp === followUp)
    .sort(byFollowUp)
  const start = placeAfter(all, cursor, byNumber)
  if (start === undefined) throw errors.INVALID_CURSOR()
  const items = all.slice(start, start + limit)
  return {
    total: all.length,
    items,
    next: cursorAt(items, start + limit < all.length, byNumber),
    asOf: context.today,
  }
})

const recordGuidance = os.recordGuidance.handler(({ input, context, errors }) => {
  const { receivedOn, dueOn } = input
  if (receivedOn > context.today) throw errors.DAY_AHEAD({ data: { today: context.today } })
  if (dueOn !== null && dueOn < receivedOn) throw errors.DUE_BEFORE_RECEIVED({ data: { receivedOn } })
  return context.write(async (tx) => {
    const { id, number } = await insertGuidance(tx, { ...input, recordedBy: byWhom(context.actor).by })
    await recordAudit(tx, context, {
      action: 'plan.guidance-recorded',
      subject: { kind: 'cityGuidance', id },
      detail: { number, receivedOn },
    })
    return { number }
  })
})

const respondToGuidance = os.respondToGuidance.handler(
  ({ input: { number, version, response }, context, errors }) =>
    context.write(async (tx) => {
      const one = await lockGuidance(tx, number)
      if (one === undefined) throw errors.UNKNOWN_GUIDANCE()
      if (one.version !== version) throw errors.CHANGED({ data: { version: one.version } })
      if (one.response !== null) throw errors.ALREADY_ANSWERED()
      const next = await respondTo(tx, one, {
        response,
        respondedBy: byWhom(context.actor).by,
        respondedOn: context.today,
      })
      await recordAudit(tx, context, {
        action: 'plan.guidance-answered',
        subject: { kind: 'cityGuidance', id: one.id },
        detail: { number },
      })
      return { version: next }
    }),
)

export const issueApi = {
  issues,
  raiseIssue,
  answerIssue,
  settleIssue,
  guidance,
  recordGuidance,
  respondToGuidance,
}
