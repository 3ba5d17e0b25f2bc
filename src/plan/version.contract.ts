import { z } from 'zod'
import { anyone, day, get, post, refusal, text } from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'
import { Level } from '../zone/governance.rules.ts'
import { TaskCode, Year } from './task.contract.ts'

const Words = z.object({ zh: z.string(), en: z.string() })

const VersionRow = z.object({
  id: z.uuid(),
  year: z.int(),
  number: z.int(),
  state: z.enum(['submitted', 'approved', 'returned']),
  cause: z.string(),
  tasks: z.int(),
  submittedBy: z.string().nullable(),
  submittedAt: z.iso.datetime({ offset: true }),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime({ offset: true }).nullable(),
  decisionNote: z.string().nullable(),
})

/** A task as a version of the plan holds it. */
export const PlannedTask = z.object({
  code: TaskCode,
  action: z.string(),
  title: z.string(),
  startsOn: day,
  dueOn: day,
  target: z.string(),
  unit: z.string().nullable(),
  indicator: z.string().nullable(),
})

const Difference = z.object({
  code: TaskCode,
  kind: z.enum(['added', 'removed', 'changed']),
  title: z.string(),
  before: PlannedTask.nullable(),
  after: PlannedTask.nullable(),
})

const Seat = z.object({
  id: z.uuid(),
  unit: z.string(),
  personName: z.string(),
  position: z.string(),
  validFrom: day,
  validTo: day.nullable(),
  tasksOpen: z.int().describe('Tasks this person answers for that are not done.'),
})

export const versionContract = {
  years: get('/plan/years', {
    summary: 'The annual plans, each with its versions and what is not handed in yet',
    allow: staff,
    clauses: ['S196'],
  }).output(
    z.object({
      items: z.array(
        z.object({
          year: z.int(),
          title: z.string(),
          version: z.int(),
          tasks: z.int(),
          unready: z
            .array(z.object({ code: TaskCode, title: z.string() }))
            .describe('Tasks without days or target.'),
          pending: z.array(Difference).describe('What the next version would change.'),
          versions: z.array(VersionRow),
        }),
      ),
    }),
  ),

  openYear: post('/plan/years', {
    summary: 'Open the plan of a year',
    allow: only('officer', 'operator'),
    clauses: ['S196'],
    status: 201,
  })
    .input(z.object({ year: Year, title: text(200).min(2) }))
    .output(z.object({ year: z.int() }))
    .errors({ ALREADY_OPEN: refusal(409, z.object({ year: z.int() })) }),

  submitVersion: post('/plan/years/{year}/versions', {
    summary: 'Hand the plan in for approval, word for word as it stands',
    allow: only('officer'),
    clauses: ['S196', 'S187'],
    status: 201,
  })
    .input(z.object({ year: Year, version: z.int().min(1), cause: text(500).min(4) }))
    .output(z.object({ id: z.uuid(), number: z.int() }))
    .errors({
      UNKNOWN_YEAR: refusal(404, z.object({ year: z.int() })),
      CHANGED: refusal(409, z.object({ version: z.int() })),
      WAITING: refusal(409, z.object({ number: z.int() })),
      UNREADY: refusal(409, z.object({ codes: z.array(TaskCode) })),
      NOTHING_CHANGED: refusal(422),
    }),

  decideVersion: post('/plan/versions/{id}/decision', {
    summary:
      'Approve a version of the plan, which makes it public and its days the baseline, or return it with reasons',
    allow: only('leader'),
    clauses: ['S196', 'S186'],
  })
    .input(z.object({ id: z.uuid(), approve: z.boolean(), note: text(500).min(2) }))
    .output(VersionRow)
    .errors({
      UNKNOWN_VERSION: refusal(404),
      DECIDED: refusal(409, z.object({ state: z.enum(['approved', 'returned']) })),
      OWN_WORK: refusal(409),
    }),

  version: get('/plan/versions/{year}/{number}', {
    summary: 'A version of the plan as it was handed in, and what it changed',
    allow: anyone,
    clauses: ['S196'],
  })
    .input(z.object({ year: Year, number: z.coerce.number().int().min(1).max(9999) }))
    .output(
      VersionRow.extend({ title: z.string(), content: z.array(PlannedTask), changes: z.array(Difference) }),
    )
    .errors({ UNKNOWN_VERSION: refusal(404) }),

  units: get('/plan/units', {
    summary: 'The three levels, their units, and the leading group',
    allow: anyone,
    clauses: ['S189', 'S186', 'S187'],
  }).output(
    z.object({
      note: Words,
      levels: z.record(Level, Words),
      units: z.array(z.object({ code: z.string(), names: Words, level: Level, sample: z.boolean() })),
      leadingGroup: z.object({
        names: Words,
        office: z.string(),
        bodies: z.array(z.object({ code: z.string(), names: Words })),
        clauses: z.array(z.string()),
      }),
      settledBy: z.string().nullable(),
    }),
  ),

  seats: get('/plan/seats', {
    summary: 'Who sits in which unit, today and before',
    allow: staff,
    clauses: ['S189', 'S186'],
  })
    .input(z.object({ unit: z.string().max(60).optional() }))
    .output(z.object({ items: z.array(Seat) })),

  seat: post('/plan/seats', {
    summary: 'Give a person of a public office a seat in a unit',
    allow: only('officer'),
    clauses: ['S189', 'S186'],
    status: 201,
  })
    .input(
      z.object({
        unit: z.string().max(60),
        email: z.email().max(200).describe('Of the account, which must act for a public office.'),
        position: text(100).min(2),
        validFrom: day,
      }),
    )
    .output(z.object({ id: z.uuid() }))
    .errors({
      UNKNOWN_UNIT: refusal(422, z.object({ unit: z.string() })),
      UNKNOWN_ACCOUNT: refusal(422, z.object({ email: z.string() })),
      NOT_STAFF: refusal(422, z.object({ email: z.string() })),
      ALREADY_SEATED: refusal(409, z.object({ unit: z.string() })),
    }),

  endSeat: post('/plan/seats/{id}/end', {
    summary: 'A person leaves a unit; tasks they answered for are listed as without a person',
    allow: only('officer'),
    clauses: ['S189', 'S197'],
  })
    .input(z.object({ id: z.uuid(), on: day }))
    .output(z.object({ unmanned: z.array(TaskCode) }))
    .errors({
      UNKNOWN_SEAT: refusal(404),
      ALREADY_ENDED: refusal(409),
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ validFrom: day })),
    }),
}
