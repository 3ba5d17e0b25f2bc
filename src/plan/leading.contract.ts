import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'
import { FOLLOW_UPS } from './issue.rules.ts'
import { TaskRow } from './task.contract.ts'

const office = only('officer')
const unit = z.string().max(60)
const version = z.int().min(1)
const number = z.coerce.number().int().min(1).max(1_000_000)

const Meeting = z.object({
  id: z.uuid(),
  body: z.string(),
  number: z.int(),
  title: z.string(),
  heldOn: day,
  place: z.string(),
  state: z.enum(['called', 'held']),
  decisions: z.int(),
  version: z.int(),
})

const DecisionRow = z.object({
  number: z.int(),
  words: z.string(),
  decidedOn: day,
  dueOn: day.nullable(),
  public: z.boolean(),
  meeting: z.object({ body: z.string(), number: z.int(), title: z.string() }),
  tasks: z.int(),
  late: z.int(),
  done: z.int(),
  followUp: z.enum(['late', 'untasked', 'running', 'done']),
})

const AgendaItem = z.object({
  id: z.uuid(),
  position: z.int(),
  title: z.string(),
  detail: z.string(),
  unit: z.string(),
  issue: z.int().nullable(),
  guidance: z.int().nullable(),
  decisions: z.array(z.int()),
})

const FollowUp = z.enum(FOLLOW_UPS)

const Issue = z.object({
  number: z.int(),
  title: z.string(),
  detail: z.string(),
  raisedUnit: z.string(),
  raisedBy: z.string(),
  raisedOn: day,
  ownerUnit: z.string(),
  dueOn: day,
  followUp: FollowUp,
  daysLate: z.int(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredOn: day.nullable(),
  closedOn: day.nullable(),
  reopenedBecause: z.string().nullable(),
  decisions: z.array(z.int()),
  tasks: z.array(z.string()),
  version: z.int(),
  may: z.array(z.enum(['answer', 'close', 'reopen'])),
})

const Guidance = z.object({
  number: z.int(),
  department: z.string(),
  subject: z.string(),
  words: z.string(),
  receivedOn: day,
  dueOn: day.nullable(),
  followUp: FollowUp,
  daysLate: z.int(),
  response: z.string().nullable(),
  respondedBy: z.string().nullable(),
  respondedOn: day.nullable(),
  tasks: z.array(z.string()),
  version: z.int(),
})

const unknownMeeting = { UNKNOWN_MEETING: refusal(404) }
const changed = { CHANGED: refusal(409, z.object({ version: z.int() })) }
const unknownUnit = { UNKNOWN_UNIT: refusal(422, z.object({ unit: z.string() })) }
const dayAhead = { DAY_AHEAD: refusal(422, z.object({ today: day })) }

export const leadingContract = {
  meetings: get('/leading-group/meetings', {
    summary: 'Meetings of the leading group and of the bodies above it, newest first',
    allow: staff,
    clauses: ['S186', 'S190'],
  })
    .input(pageInput)
    .output(page(Meeting))
    .errors({ INVALID_CURSOR: refusal(400) }),

  meeting: get('/leading-group/meetings/{id}', {
    summary: 'One meeting: agenda, minutes, decisions',
    allow: staff,
    clauses: ['S186', 'S190'],
  })
    .input(z.object({ id: z.uuid() }))
    .output(
      Meeting.extend({
        chair: z.string(),
        attendees: z.array(z.string()),
        minutes: z.string().nullable(),
        agenda: z.array(AgendaItem),
        decided: z.array(DecisionRow),
      }),
    )
    .errors(unknownMeeting),

  callMeeting: post('/leading-group/meetings', {
    summary: 'Call a meeting',
    allow: office,
    clauses: ['S186', 'S190'],
    status: 201,
  })
    .input(
      z.object({
        body: unit,
        title: text(200).min(2),
        heldOn: day,
        place: text(200).min(1),
        chair: text(100).min(1),
      }),
    )
    .output(z.object({ id: z.uuid(), number: z.int() }))
    .errors({ UNKNOWN_BODY: refusal(422, z.object({ body: z.string() })) }),

  addAgendaItem: post('/leading-group/meetings/{id}/agenda', {
    summary: 'Put an item on the agenda, an issue between departments or guidance of the city among them',
    allow: office,
    clauses: ['S186', 'S188', 'S190'],
    status: 201,
  })
    .input(
      z.object({
        id: z.uuid(),
        title: text(200).min(2),
        detail: text(4000).default(''),
        unit,
        issue: z.int().nullable().default(null),
        guidance: z.int().nullable().default(null),
      }),
    )
    .output(z.object({ id: z.uuid(), position: z.int() }))
    .errors({
      ...unknownMeeting,
      ...unknownUnit,
      ALREADY_HELD: refusal(409),
      UNKNOWN_ORIGIN: refusal(422, z.object({ kind: z.enum(['issue', 'guidance']), number: z.int() })),
    }),

  holdMeeting: post('/leading-group/meetings/{id}/minutes', {
    summary: 'Enter the minutes: who was there and what was said',
    allow: office,
    clauses: ['S186'],
  })
    .input(
      z.object({
        id: z.uuid(),
        version,
        attendees: z.array(text(100).min(1)).min(1).max(100),
        minutes: text(20_000).min(2),
      }),
    )
    .output(z.object({ version: z.int() }))
    .errors({
      ...unknownMeeting,
      ...changed,
      ...dayAhead,
      ALREADY_HELD: refusal(409),
      NO_AGENDA: refusal(409),
    }),

  decide: post('/leading-group/meetings/{id}/decisions', {
    summary: 'Record a decision on an item of the agenda',
    allow: only('officer', 'leader'),
    clauses: ['S186', 'S188'],
    status: 201,
  })
    .input(
      z.object({
        id: z.uuid(),
        agendaItemId: z.uuid(),
        words: text(2000).min(4),
        dueOn: day.nullable().default(null),
        public: z.boolean(),
      }),
    )
    .output(z.object({ number: z.int() }))
    .errors({
      ...unknownMeeting,
      UNKNOWN_ITEM: refusal(422),
      NOT_HELD: refusal(409),
      DUE_BEFORE_DECIDED: refusal(422, z.object({ decidedOn: day })),
    }),

  decisions: get('/leading-group/decisions', {
    summary: 'Decisions and how far they are carried out, late first',
    allow: anyone,
    clauses: ['S186', 'S188'],
  })
    .input(
      z.object({ followUp: z.enum(['late', 'untasked', 'running', 'done']).optional(), ...pageInput.shape }),
    )
    .output(page(DecisionRow).extend({ asOf: day }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  decision: get('/leading-group/decisions/{number}', {
    summary: 'One decision: where it comes from, its tasks late first, and their results',
    allow: anyone,
    clauses: ['S186', 'S188', 'S190'],
  })
    .input(z.object({ number }))
    .output(
      DecisionRow.extend({
        id: z.uuid(),
        asOf: day,
        agendaItem: z.object({ title: z.string(), issue: z.int().nullable(), guidance: z.int().nullable() }),
        carriedOutBy: z
          .array(TaskRow.extend({ result: z.string().nullable(), resultValue: z.number().nullable() }))
          .describe('Late first.'),
      }),
    )
    .errors({ UNKNOWN_DECISION: refusal(404) }),

  issues: get('/plan/issues', {
    summary: 'Issues between departments, late first',
    allow: staff,
    clauses: ['S188'],
  })
    .input(z.object({ unit: unit.optional(), followUp: FollowUp.optional(), ...pageInput.shape }))
    .output(page(Issue).extend({ asOf: day }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  raiseIssue: post('/plan/issues', {
    summary: 'Raise an issue that another unit must answer by a day',
    allow: staff,
    clauses: ['S188'],
    status: 201,
  })
    .input(
      z.object({
        title: text(200).min(2),
        detail: text(4000).min(2),
        raisedUnit: unit,
        ownerUnit: unit,
        dueOn: day,
      }),
    )
    .output(z.object({ number: z.int() }))
    .errors({
      ...unknownUnit,
      NOT_YOUR_UNIT: refusal(403, z.object({ unit: z.string() })),
      OWN_ISSUE: refusal(422),
      DUE_IN_THE_PAST: refusal(422, z.object({ today: day })),
    }),

  answerIssue: post('/plan/issues/{number}/answer', {
    summary: 'Answer an issue for the unit that owns it',
    allow: staff,
    clauses: ['S188'],
  })
    .input(z.object({ number, version, answer: text(4000).min(2) }))
    .output(z.object({ version: z.int() }))
    .errors({
      UNKNOWN_ISSUE: refusal(404),
      ...changed,
      NOT_YOUR_UNIT: refusal(403, z.object({ unit: z.string() })),
      NOT_OPEN: refusal(409),
    }),

  settleIssue: post('/plan/issues/{number}/settlement', {
    summary:
      'The unit that raised it takes the answer and closes the issue, or opens it again with a reason and a new day',
    allow: staff,
    clauses: ['S188'],
  })
    .input(
      z.object({
        number,
        version,
        settlement: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('close') }),
          z.object({ kind: z.literal('reopen'), reason: text(500).min(4), dueOn: day }),
        ]),
      }),
    )
    .output(z.object({ version: z.int() }))
    .errors({
      UNKNOWN_ISSUE: refusal(404),
      ...changed,
      NOT_YOUR_UNIT: refusal(403, z.object({ unit: z.string() })),
      NOT_ANSWERED: refusal(409),
      DUE_IN_THE_PAST: refusal(422, z.object({ today: day })),
    }),

  guidance: get('/plan/guidance', {
    summary: 'What departments of the city told the zone, and what was done about it; late first',
    allow: staff,
    clauses: ['S190'],
  })
    .input(z.object({ followUp: FollowUp.optional(), ...pageInput.shape }))
    .output(page(Guidance).extend({ asOf: day }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  recordGuidance: post('/plan/guidance', {
    summary: 'Record guidance of a city department',
    allow: office,
    clauses: ['S190'],
    status: 201,
  })
    .input(
      z.object({
        department: text(100).min(2),
        subject: text(200).min(2),
        words: text(4000).min(2),
        receivedOn: day,
        dueOn: day.nullable().default(null),
      }),
    )
    .output(z.object({ number: z.int() }))
    .errors({ ...dayAhead, DUE_BEFORE_RECEIVED: refusal(422, z.object({ receivedOn: day })) }),

  respondToGuidance: post('/plan/guidance/{number}/response', {
    summary: 'Write down what was done about guidance of the city',
    allow: office,
    clauses: ['S190'],
  })
    .input(z.object({ number, version, response: text(4000).min(2) }))
    .output(z.object({ version: z.int() }))
    .errors({ UNKNOWN_GUIDANCE: refusal(404), ...changed, ALREADY_ANSWERED: refusal(409) }),
}
