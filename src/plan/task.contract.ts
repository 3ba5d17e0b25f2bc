import { z } from 'zod'
import {
  anyone,
  day,
  download,
  get,
  page,
  pageInput,
  patch,
  post,
  refusal,
  text,
} from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'
import { Level } from '../zone/governance.rules.ts'
import { STANDINGS, TASK_STATES, THREE } from './task.rules.ts'

const keepers = only('officer', 'operator')
const office = only('officer')
const movers = only('officer', 'leader')

export const TaskCode = z.string().regex(/^20\d{2}-\d{2,3}$/)
export const Year = z.coerce.number().int().min(2000).max(2100)
const code60 = z.string().max(60)
const Words = z.object({ zh: z.string(), en: z.string() })
const reason = text(500).min(4)
const version = z.int().min(1).describe('The version that was read; a later one in between refuses the act.')

export const Bar = z.object({ startsOn: day, dueOn: day })

export const TaskRow = z.object({
  code: TaskCode,
  year: z.int(),
  action: z.string(),
  clauses: z.array(z.string()),
  title: z.string(),
  state: z.enum(TASK_STATES),
  standing: z.enum(STANDINGS).describe('Computed for the day asked about, never entered.'),
  daysLate: z.int(),
  startsOn: day.nullable(),
  dueOn: day.nullable(),
  baseline: Bar.nullable().describe('What the first approved version of the plan promised; it never moves.'),
  moved: z.int().describe('How often the promise was changed since.'),
  startedOn: day.nullable(),
  completedOn: day.nullable(),
  target: z.string().nullable(),
  indicator: z.string().nullable(),
  percent: z.int(),
  expected: z.int().nullable().describe('The share of its time that has passed, in per cent.'),
  missing: z.array(z.enum(THREE)),
  unit: z.string().nullable().describe('The unit that leads.'),
  hasPerson: z.boolean(),
  person: z.string().nullable().describe('Who answers for it, for those who act for a public office.'),
  decision: z.int().nullable(),
  published: z.boolean(),
  version: z.int(),
})

export const Assignment = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  level: Level,
  unit: z.string(),
  leads: z.boolean(),
  hasPerson: z.boolean(),
  person: z.string().nullable(),
  assignedOn: day,
  assignedBy: z.string().nullable(),
  endedOn: day.nullable(),
  endReason: z.string().nullable(),
})

const Change = z.object({
  id: z.uuid(),
  changedOn: day,
  changedBy: z.string().nullable(),
  reason: z.string(),
  before: z.object({ startsOn: day.nullable(), dueOn: day.nullable(), target: z.string().nullable() }),
  after: z.object({ startsOn: day.nullable(), dueOn: day.nullable(), target: z.string().nullable() }),
})

const Evidence = z.object({
  id: z.uuid(),
  title: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  bytes: z.int(),
  addedOn: z.iso.datetime({ offset: true }),
})

const Report = z.object({
  id: z.uuid(),
  reportedOn: day,
  unit: z.string(),
  reportedBy: z.string().nullable(),
  percent: z.int(),
  done: z.string(),
  obstacles: z.string().nullable(),
  evidence: z.array(Evidence),
})

export const TaskDetail = TaskRow.extend({
  id: z.uuid().describe('What the ledger calls the task in its entries.'),
  detail: z.string(),
  indicatorAtLeast: z.number().nullable(),
  result: z.string().nullable(),
  resultValue: z.number().nullable(),
  resultAsOf: day.nullable(),
  cancelledBecause: z.string().nullable(),
  issue: z.int().nullable(),
  guidance: z.int().nullable(),
  baselines: z.array(
    z.object({ version: z.int(), approvedOn: day, startsOn: day, dueOn: day, target: z.string() }),
  ),
  assignments: z.array(Assignment),
  changes: z.array(Change),
  reports: z.array(Report),
  looseEvidence: z.array(Evidence).describe('Evidence that no report has taken up yet.'),
  may: z
    .array(z.enum(['edit', 'change', 'assign', 'start', 'report', 'complete', 'cancel']))
    .describe('What the caller may do with it now.'),
})

const Counts = z.record(z.enum(STANDINGS), z.int())

const draft = {
  action: code60,
  title: text(200).min(2),
  detail: text(4000).default(''),
  clauses: z
    .array(z.string().regex(/^S[1-9]\d{0,3}$/))
    .max(20)
    .default([]),
  startsOn: day.nullable().default(null),
  dueOn: day.nullable().default(null),
  target: text(500).min(2).nullable().default(null),
  indicator: code60.nullable().default(null),
  indicatorAtLeast: z.number().min(0).max(1e15).nullable().default(null),
  decision: z.int().nullable().default(null).describe('The decision it carries out.'),
  issue: z.int().nullable().default(null),
  guidance: z.int().nullable().default(null),
}

const inCode = z.object({ code: TaskCode })
const unknownTask = { UNKNOWN_TASK: refusal(404, z.object({ code: z.string() })) }
const changed = { CHANGED: refusal(409, z.object({ version: z.int() })) }
const wrongState = { WRONG_STATE: refusal(409, z.object({ state: z.enum(TASK_STATES) })) }
const draftRefusals = {
  UNKNOWN_ACTION: refusal(422, z.object({ action: z.string() })),
  UNKNOWN_CLAUSE: refusal(422, z.object({ clause: z.string() })),
  UNKNOWN_INDICATOR: refusal(422, z.object({ code: z.string() })),
  HALF_A_TARGET: refusal(422),
  ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ startsOn: day, dueOn: day })),
  UNKNOWN_ORIGIN: refusal(
    422,
    z.object({ kind: z.enum(['decision', 'issue', 'guidance']), number: z.int() }),
  ),
}

export const taskContract = {
  actions: get('/plan/actions', {
    summary: 'The actions of the plan, the clauses each spells out, and how its tasks of the year stand',
    allow: anyone,
    clauses: ['S62'],
  })
    .input(z.object({ year: Year.optional() }))
    .output(
      z.object({
        year: z.int(),
        items: z.array(
          z.object({
            code: z.string(),
            names: Words,
            aim: Words,
            pillar: Words,
            clauses: z.array(z.string()),
            tasks: z.int(),
            counts: Counts,
          }),
        ),
      }),
    ),

  progress: get('/plan/progress', {
    summary:
      'The published plan of a year: each task with what was promised first, what is promised now and what was',
    allow: anyone,
    clauses: ['S196', 'S197', 'S62'],
  })
    .input(z.object({ year: Year.optional() }))
    .output(
      z.object({
        year: z.int(),
        years: z.array(z.int()),
        asOf: day,
        title: z.string().nullable(),
        versions: z.array(z.object({ number: z.int(), approvedOn: day, cause: z.string() })),
        total: z.int(),
        counts: Counts,
        tasks: z.array(TaskRow).describe('Late first.'),
      }),
    ),

  tasks: get('/plan/tasks', {
    summary: 'Tasks, late first; what no approved plan holds yet is for those who act for a public office',
    allow: anyone,
    clauses: ['S196', 'S197', 'S189'],
  })
    .input(
      z.object({
        year: Year.optional(),
        action: code60.optional(),
        unit: code60.optional(),
        standing: z.enum(STANDINGS).optional(),
        q: text(100).optional(),
        mine: z.enum(['true', 'false']).optional().describe('Only tasks whose unit the caller sits in.'),
        ...pageInput.shape,
      }),
    )
    .output(page(TaskRow).extend({ asOf: day, counts: Counts }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  task: get('/plan/tasks/{code}', {
    summary: 'One task: who answers for it, every change of its promise, every report with its evidence',
    allow: anyone,
    clauses: ['S196', 'S197', 'S189'],
  })
    .input(inCode)
    .output(TaskDetail)
    .errors(unknownTask),

  addTask: post('/plan/years/{year}/tasks', {
    summary: 'Put a task into the plan of a year; it may be incomplete until it starts',
    allow: keepers,
    clauses: ['S196', 'S62'],
    status: 201,
  })
    .input(z.object({ year: Year, ...draft }))
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({ ...draftRefusals, UNKNOWN_YEAR: refusal(404, z.object({ year: z.int() })) }),

  editTask: patch('/plan/tasks/{code}', {
    summary: 'Rework a task that no approved plan holds yet',
    allow: keepers,
    clauses: ['S196'],
  })
    .input(inCode.extend({ version, ...draft }))
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({ ...unknownTask, ...changed, ...wrongState, ...draftRefusals, PROMISED: refusal(409) }),

  changeTask: post('/plan/tasks/{code}/changes', {
    summary: 'Move what was promised, saying why; what was promised first stays beside it',
    allow: movers,
    clauses: ['S196'],
  })
    .input(
      inCode.extend({
        version,
        startsOn: day,
        dueOn: day,
        target: text(500).min(2),
        reason,
      }),
    )
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({
      ...unknownTask,
      ...changed,
      ...wrongState,
      ENDS_BEFORE_IT_BEGINS: draftRefusals.ENDS_BEFORE_IT_BEGINS,
      NOTHING_CHANGED: refusal(422),
      NOT_PROMISED: refusal(409),
    }),

  startTask: post('/plan/tasks/{code}/start', {
    summary: 'Start a task; refused while time, person or target is missing',
    allow: staff,
    clauses: ['S197'],
  })
    .input(inCode.extend({ version }))
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({
      ...unknownTask,
      ...changed,
      ...wrongState,
      NOT_SETTLED: refusal(
        409,
        z.object({
          missing: z.array(z.enum(THREE)),
          clause: z.string().nullable(),
          words: z.string().nullable(),
        }),
      ),
    }),

  completeTask: post('/plan/tasks/{code}/completion', {
    summary: 'Accept a task as done: with a report of the whole, evidence, and the figure it was bound to',
    allow: office,
    clauses: ['S197', 'S196'],
  })
    .input(inCode.extend({ version, result: text(2000).min(2) }))
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({
      ...unknownTask,
      ...changed,
      ...wrongState,
      NOT_REPORTED: refusal(409, z.object({ percent: z.int() })),
      NO_EVIDENCE: refusal(409),
      TARGET_NOT_MET: refusal(
        409,
        z.object({ indicator: z.string(), value: z.number().nullable(), atLeast: z.number() }),
      ),
    }),

  cancelTask: post('/plan/tasks/{code}/cancellation', {
    summary: 'Give a task up, saying why; it stays in the plan as given up',
    allow: movers,
    clauses: ['S196'],
  })
    .input(inCode.extend({ version, reason }))
    .output(z.object({ code: TaskCode, version: z.int() }))
    .errors({ ...unknownTask, ...changed, ...wrongState }),

  assign: post('/plan/tasks/{code}/assignments', {
    summary: 'Hand a task to a unit: district government to department, department to park',
    allow: staff,
    clauses: ['S189', 'S197'],
    status: 201,
  })
    .input(
      inCode.extend({
        unit: code60,
        seatId: z.uuid().nullable().default(null).describe('The person, by the seat they hold in that unit.'),
        leads: z.boolean().default(false).describe('This unit leads and its person answers for the task.'),
        under: code60.optional().describe('The unit above, where several have the task.'),
      }),
    )
    .output(z.object({ id: z.uuid() }))
    .errors({
      ...unknownTask,
      ...wrongState,
      UNKNOWN_UNIT: refusal(422, z.object({ unit: z.string() })),
      UNKNOWN_SEAT: refusal(422, z.object({ unit: z.string() })),
      LEVEL_SKIPPED: refusal(409, z.object({ unit: z.string(), level: Level })),
      ALREADY_ASSIGNED: refusal(409, z.object({ unit: z.string() })),
      LEADER_WITHOUT_PERSON: refusal(422),
      ALREADY_LED: refusal(409, z.object({ unit: z.string() })),
    }),

  endAssignment: post('/plan/tasks/{code}/assignments/{id}/end', {
    summary: 'Take a task back from a unit, saying why; what it handed on ends with it',
    allow: staff,
    clauses: ['S189'],
  })
    .input(inCode.extend({ id: z.uuid(), reason }))
    .output(z.object({ ended: z.int() }))
    .errors({ ...unknownTask, UNKNOWN_ASSIGNMENT: refusal(404), ALREADY_ENDED: refusal(409) }),

  addEvidence: post('/plan/tasks/{code}/evidence', {
    summary: 'Add a file that proves what was done; it is kept by the hash of its content',
    description: 'As a form with the fields `title` and `file`.',
    allow: staff,
    clauses: ['S196'],
    status: 201,
  })
    .input(inCode.extend({ title: text(200).min(2), file: z.instanceof(File) }))
    .output(Evidence)
    .errors({
      ...unknownTask,
      ...wrongState,
      FILE_REFUSED: refusal(
        422,
        z.object({ why: z.enum(['empty', 'tooLarge', 'kind', 'name', 'unreadable', 'harmful']) }),
      ),
    }),

  evidence: get('/plan/evidence/{id}', {
    summary: 'A file of evidence',
    allow: staff,
    clauses: ['S196'],
  })
    .input(z.object({ id: z.uuid() }))
    .output(download)
    .errors({ UNKNOWN_EVIDENCE: refusal(404) }),

  report: post('/plan/tasks/{code}/reports', {
    summary: 'Report how far a task is, with the evidence added since the last report',
    allow: staff,
    clauses: ['S196', 'S189'],
    status: 201,
  })
    .input(
      inCode.extend({
        version,
        percent: z.int().min(0).max(100),
        done: text(2000).min(2),
        obstacles: text(2000).min(2).nullable().default(null),
      }),
    )
    .output(z.object({ id: z.uuid(), version: z.int() }))
    .errors({ ...unknownTask, ...changed, ...wrongState, NO_EVIDENCE: refusal(422) }),
}
