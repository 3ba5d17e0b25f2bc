import type { z } from 'zod'
import { type Context, implementation } from '#platform/api.ts'
import { date } from '#platform/calendar.ts'
import { recordAudit } from '../ledger/public.ts'
import { unitOf } from './assignment.api.ts'
import { plan } from './contract.ts'
import { byCarryingOut, carriedOut } from './decision.rules.ts'
import {
  type DecisionRecord,
  findAgenda,
  findDecision,
  findDecisions,
  findMeeting,
  findMeetings,
  insertAgendaItem,
  insertDecision,
  insertMeeting,
  lockMeeting,
  type MeetingRecord,
  recordMinutes,
} from './leading.store.ts'
import { cursorAt, placeAfter } from './place.rules.ts'
import { byWhom, isStaffActor } from './reader.ts'
import { byUrgency } from './task.rules.ts'
import { findOriginId, findTasks, type TaskRecord } from './task.store.ts'
import { showTask } from './task.view.ts'

const os = implementation(plan)

type Decision = z.infer<NonNullable<(typeof plan.decisions)['~orpc']['outputSchema']>>['items'][number]

function showMeeting({ minutes: _, attendees: __, chair: ___, recordedAt: ____, ...meeting }: MeetingRecord) {
  return { ...meeting, state: meeting.state as 'called' | 'held', decisions: meeting.decisions ?? 0 }
}

/** A decision and how its tasks stand; visitors are told only of tasks that an approved plan holds. */
function showDecision(decision: DecisionRecord, tasks: readonly TaskRecord[], context: Context): Decision {
  const own = tasksOf(decision, tasks, context).map((task) => showTask(task, context).standing)
  return {
    number: decision.number,
    words: decision.words,
    decidedOn: decision.decidedOn,
    dueOn: decision.dueOn,
    public: decision.public,
    meeting: { body: decision.body, number: decision.meetingNumber, title: decision.meetingTitle },
    ...carriedOut(decision.dueOn, own, context.today),
  }
}

const byNumber = ({ number }: Decision) => String(number)

function tasksOf({ id }: DecisionRecord, tasks: readonly TaskRecord[], { actor }: Context): TaskRecord[] {
  const staff = isStaffActor(actor)
  return tasks.filter(
    ({ decisionId, baselineDueOn }) => decisionId === id && (staff || baselineDueOn !== null),
  )
}

const meetings = os.meetings.handler(async ({ input: { cursor, limit }, context, errors }) => {
  const all = await findMeetings(context.db)
  const start = placeAfter(all, cursor, ({ id }) => id)
  if (start === undefined) throw errors.INVALID_CURSOR()
  const items = all.slice(start, start + limit)
  return {
    total: all.length,
    items: items.map(showMeeting),
    next: cursorAt(items, start + limit < all.length, ({ id }) => id),
  }
})

const meeting = os.meeting.handler(async ({ input: { id }, context, errors }) => {
  const found = await findMeeting(context.db, id)
  if (found === undefined) throw errors.UNKNOWN_MEETING()
  const [agenda, decided, tasks] = await Promise.all([
    findAgenda(context.db, id),
    findDecisions(context.db, { meetingId: id }),
    findTasks(context.db, context.today),
  ])
  return {
    ...showMeeting(found),
    chair: found.chair,
    attendees: found.attendees,
    minutes: found.minutes,
    agenda: agenda.map((item) => ({
      ...item,
      decisions: decided.filter(({ agendaItemId }) => agendaItemId === item.id).map(({ number }) => number),
    })),
    decided: decided.map((one) => showDecision(one, tasks, context)).sort(byCarryingOut),
  }
})

const callMeeting = os.callMeeting.handler(({ input, context, errors }) => {
  const { bodies } = context.zone.governance.leadingGroup
  if (!bodies.some(({ code }) => code === input.body))
    throw errors.UNKNOWN_BODY({ data: { body: input.body } })
  return context.write(async (tx) => {
    const called = await insertMeeting(tx, input)
    await recordAudit(tx, context, {
      action: 'leading-group.meeting-called',
      subject: { kind: 'leadingMeeting', id: called.id },
      detail: { body: input.body, number: called.number, on: input.heldOn },
    })
    return called
  })
})

const addAgendaItem = os.addAgendaItem.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const held = await lockMeeting(tx, input.id)
    if (held === undefined) throw errors.UNKNOWN_MEETING()
    if (held.state === 'held') throw errors.ALREADY_HELD()
    if (unitOf(context, input.unit) === undefined) throw errors.UNKNOWN_UNIT({ data: { unit: input.unit } })
    const origin = async (kind: 'issue' | 'guidance', number: number | null) => {
      if (number === null) return null
      const id = await findOriginId(tx, kind, number)
      if (id === undefined) throw errors.UNKNOWN_ORIGIN({ data: { kind, number } })
      return id
    }
    const { title, detail, unit } = input
    const issueId = await origin('issue', input.issue)
    const guidanceId = await origin('guidance', input.guidance)
    const item = await insertAgendaItem(tx, { meetingId: held.id, title, detail, unit, issueId, guidanceId })
    await recordAudit(tx, context, {
      action: 'leading-group.agenda-extended',
      subject: { kind: 'leadingMeeting', id: held.id },
      detail: { position: item.position },
    })
    return item
  }),
)

const holdMeeting = os.holdMeeting.handler(
  ({ input: { id, version, attendees, minutes }, context, errors }) =>
    context.write(async (tx) => {
      const held = await lockMeeting(tx, id)
      if (held === undefined) throw errors.UNKNOWN_MEETING()
      if (held.state === 'held') throw errors.ALREADY_HELD()
      if (held.version !== version) throw errors.CHANGED({ data: { version: held.version } })
      if (held.heldOn > context.today) throw errors.DAY_AHEAD({ data: { today: context.today } })
      if ((await findAgenda(tx, id)).length === 0) throw errors.NO_AGENDA()
      await recordMinutes(tx, held, { attendees, minutes })
      await recordAudit(tx, context, {
        action: 'leading-group.meeting-held',
        subject: { kind: 'leadingMeeting', id },
        detail: { number: held.number, attendees: attendees.length },
      })
      return { version: version + 1 }
    }),
)

const decide = os.decide.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const held = await lockMeeting(tx, input.id)
    if (held === undefined) throw errors.UNKNOWN_MEETING()
    if (held.state !== 'held') throw errors.NOT_HELD()
    const agenda = await findAgenda(tx, held.id)
    if (!agenda.some(({ id }) => id === input.agendaItemId)) throw errors.UNKNOWN_ITEM()
    const { dueOn, words, agendaItemId } = input
    if (dueOn !== null && dueOn < held.heldOn)
      throw errors.DUE_BEFORE_DECIDED({ data: { decidedOn: held.heldOn } })
    const { id, number } = await insertDecision(tx, {
      meetingId: held.id,
      agendaItemId,
      words,
      decidedOn: held.heldOn,
      dueOn: dueOn === null ? null : date(dueOn),
      public: input.public,
      recordedBy: byWhom(context.actor).by,
    })
    await recordAudit(tx, context, {
      action: 'leading-group.decided',
      subject: { kind: 'leadingDecision', id },
      detail: { number, public: input.public },
    })
    return { number }
  }),
)

const decisions = os.decisions.handler(async ({ input: { followUp, cursor, limit }, context, errors }) => {
  const publicOnly = !isStaffActor(context.actor)
  const [found, tasks] = await Promise.all([
    findDecisions(context.db, { publicOnly }),
    findTasks(context.db, context.today),
  ])
  const all = found
    .map((one) => showDecision(one, tasks, context))
    .filter((one) => followUp === undefined || one.followUp === followUp)
    .sort(byCarryingOut)
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

const decision = os.decision.handler(async ({ input: { number }, context, errors }) => {
  const found = await findDecision(context.db, number)
  if (found === undefined || (!found.public && !isStaffActor(context.actor))) throw errors.UNKNOWN_DECISION()
  const tasks = await findTasks(context.db, context.today, { decisionId: found.id })
  const staff = isStaffActor(context.actor)
  return {
    ...showDecision(found, tasks, context),
    id: found.id,
    asOf: context.today,
    agendaItem: {
      title: found.itemTitle,
      issue: staff ? found.issue : null,
      guidance: staff ? found.guidance : null,
    },
    carriedOutBy: tasksOf(found, tasks, context)
      .map((task) => ({ ...showTask(task, context), result: task.result, resultValue: task.resultValue }))
      .sort(byUrgency),
  }
})

export const leadingApi = {
  meetings,
  meeting,
  callMeeting,
  addAgendaItem,
  holdMeeting,
  decide,
  decisions,
  decision,
}
