import { z } from 'zod'
import { day, download, get, page, pageInput, post, refusal, signedIn, text } from '#platform/contract.ts'
import { staff } from '../identity/roles.ts'
import { Correction } from './correction.contract.ts'
import { ProcedureState, ProcedureStep } from './procedure.contract.ts'
import {
  AnswersShape,
  changed,
  Code,
  Fault,
  FormShape,
  HandOver,
  MaterialFile,
  MatterNumber,
  moment,
  Route,
  unknownMatter,
  Words,
} from './schemas.contract.ts'

const Named = z.object({ code: z.string(), names: Words })

export const MatterItem = z.object({
  number: MatterNumber,
  procedure: Named,
  title: z.string(),
  /** Masked where it is a person and the reader is not of the office that handles it. */
  applicant: z.string(),
  station: Named,
  state: ProcedureState,
  handler: z.string().nullable(),
  /** The handler no longer works at the station, or lost the role: somebody has to take it over. */
  orphaned: z.boolean(),
  due: z.object({ on: day, clock: Named, late: z.boolean(), daysLeft: z.int() }).nullable(),
  submittedAt: moment,
  closedOn: day.nullable(),
  changedAt: moment,
  version: z.int(),
})

export const MatterEvent = z.object({
  id: z.uuid(),
  kind: z.string().describe('submitted, step, expired, assigned, handler-lost, objection, objection-decided'),
  step: z.string().nullable(),
  names: Words.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  side: z.enum(['applicant', 'office', 'system', 'public']),
  by: z.string(),
  form: FormShape.nullable(),
  answers: AnswersShape.nullable(),
  note: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  at: moment,
})

export const Rating = z.object({
  grade: z.int(),
  words: z.string().nullable(),
  ratedAt: moment,
  /** The entry of the ledger; null for ratings from before receipts were given for them. */
  entryId: z.string().nullable(),
})

export const MatterView = MatterItem.extend({
  id: z.uuid(),
  procedureVersion: z.int(),
  applicantKind: z.enum(['person', 'organisation', 'system']),
  organisationId: z.uuid().nullable(),
  form: FormShape,
  answers: AnswersShape,
  /** Fields shown masked; stating a purpose shows them plain, and the reading is logged for the person. */
  masked: z.array(z.string()),
  explanations: z.record(z.string(), z.string()),
  routing: Route,
  /** How the reader stands to it. */
  side: z.enum(['applicant', 'office', 'reader']),
  isHandler: z.boolean(),
  /** What the reader may do now; guards are asked only when it is done. */
  steps: z.array(ProcedureStep),
  mayHandOver: z.boolean(),
  mayClaim: z.boolean(),
  mayAssign: z.boolean(),
  mayRate: z.boolean(),
  materials: z.array(MaterialFile),
  materialKinds: z.array(Named),
  events: z.array(MatterEvent),
  correction: Correction.nullable(),
  handOvers: z.array(HandOver),
  documents: z.array(
    z.object({ id: z.uuid(), code: z.string(), names: Words, number: z.string(), issuedAt: moment }),
  ),
  objections: z.array(
    z.object({
      id: z.uuid(),
      by: z.string(),
      body: z.string(),
      filedAt: moment,
      upheld: z.boolean().nullable(),
      decision: z.string().nullable(),
      decidedAt: moment.nullable(),
    }),
  ),
  rating: Rating.nullable(),
  receipt: z.object({ entryId: z.string(), issuedAt: moment }).nullable(),
  panels: z.array(z.string()),
})

/** `mine`: what I or my organisations filed. `queue`: open at my stations. `tasks`: what is given to me. */
const Scope = z.enum(['mine', 'queue', 'tasks', 'late', 'all'])
const filters = {
  scope: Scope.default('mine'),
  station: Code.optional(),
  procedure: Code.optional(),
  state: Code.optional(),
  kind: z.enum(['open', 'waiting', 'closed']).optional(),
  /** Numbers, titles, applicants, open answers; two Chinese characters are enough. */
  q: text(100).optional(),
  unassigned: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only what nobody handles, or whose handler has lost the post.'),
}

export const Obstacle = z.object({
  code: z.string(),
  words: Words,
  clauses: z.array(z.string()).readonly().optional(),
  records: z
    .array(z.object({ kind: z.string(), id: z.string(), label: z.string(), page: z.string().optional() }))
    .readonly()
    .optional(),
})

/** To whom “not ours” goes: without a receiver there is no hand-over. */
export const Receiver = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('station'), code: Code }),
  z.object({ kind: z.literal('body'), code: Code }),
])

export const receiverRefusals = {
  UNKNOWN_RECEIVER: refusal(422, z.object({ code: z.string() })),
  STATION_NOT_ABLE: refusal(422, z.object({ code: z.string() })),
  HAND_OVER_OPEN: refusal(409, z.object({ to: z.string() })),
}

export const matterOperations = {
  list: get('/matters', {
    summary: 'Matters: mine, my stations’ queue, my tasks, the late ones, or all that one may see',
    allow: signedIn,
    clauses: ['S78', 'S79', 'S133'],
  })
    .input(
      z.object({
        ...filters,
        sort: z.enum(['due', 'arrival', 'changed']).optional(),
        ...pageInput.shape,
      }),
    )
    .output(
      page(MatterItem).extend({
        /** The stations the reader works at, for the choice of the queue. */
        stations: z.array(Named),
      }),
    )
    .errors({
      INVALID_CURSOR: refusal(400),
      NOT_YOUR_STATION: refusal(403, z.object({ station: z.string() })),
    }),

  download: get('/matters.csv', {
    summary: 'The same list as CSV, up to 5,000 rows',
    allow: signedIn,
    clauses: ['S78'],
  })
    .input(z.object(filters))
    .output(download)
    .errors({ NOT_YOUR_STATION: refusal(403, z.object({ station: z.string() })) }),

  get: get('/matters/{number}', {
    summary: 'One matter: answers, materials, timeline, what can be done now',
    allow: signedIn,
    clauses: ['S78', 'S79', 'S133'],
  })
    .input(z.object({ number: MatterNumber, purpose: text(200).min(4).optional() }))
    .output(MatterView)
    .errors(unknownMatter),

  act: post('/matters/{number}/steps', {
    summary: 'Take a step; of two people acting at once one wins, and the other is told what changed',
    allow: signedIn,
    clauses: ['S78', 'S79'],
  })
    .input(
      z.object({
        number: MatterNumber,
        step: Code,
        version: z.int().min(1),
        answers: AnswersShape.optional(),
        note: text(2000).optional().describe('Words to the other side that go with the step.'),
        items: z
          .array(
            z.object({
              kind: z.enum(['material', 'field', 'other']),
              code: Code.nullable().optional(),
              wanted: text(500).min(2),
            }),
          )
          .max(50)
          .optional()
          .describe('For a step that asks for correction: what is missing, item by item.'),
        to: Receiver.optional().describe('For a step that hands over: the station or body that receives it.'),
      }),
    )
    .output(MatterView)
    .errors({
      ...unknownMatter,
      ...changed,
      ...receiverRefusals,
      UNKNOWN_STEP: refusal(404, z.object({ step: z.string() })),
      NOT_NOW: refusal(409, z.object({ step: z.string(), state: z.string() })),
      NOT_YOURS_TO_DO: refusal(403, z.object({ step: z.string(), handler: z.string().nullable() })),
      INCOMPLETE: refusal(422, z.object({ faults: z.array(Fault) })),
      BLOCKED: refusal(409, Obstacle),
      ITEMS_NEEDED: refusal(422),
      UNKNOWN_ITEM: refusal(422, z.object({ code: z.string() })),
      CORRECTION_INCOMPLETE: refusal(
        422,
        z.object({ open: z.array(z.object({ id: z.uuid(), wanted: z.string() })) }),
      ),
      RECEIVER_NEEDED: refusal(422),
      OBJECTIONS_OPEN: refusal(409, z.object({ open: z.int() })),
    }),

  rate: post('/matters/{number}/rating', {
    summary: 'Rate the service in five grades (好差评)',
    allow: signedIn,
    clauses: ['S78'],
    status: 201,
  })
    .input(z.object({ number: MatterNumber, grade: z.int().min(1).max(5), words: text(1000).optional() }))
    .output(z.object({ grade: z.int(), ratedAt: moment }))
    .errors({
      ...unknownMatter,
      NOT_RATEABLE: refusal(409, z.object({ state: z.string() })),
      NOT_YOURS_TO_RATE: refusal(403),
      ALREADY_RATED: refusal(409, z.object({ grade: z.int(), ratedAt: moment })),
    }),

  notes: get('/matters/{number}/notes', {
    summary: 'Private notes of those who handle the matter',
    allow: staff,
    clauses: ['S78', 'S135'],
  })
    .input(z.object({ number: MatterNumber }))
    .output(
      z.object({ items: z.array(z.object({ id: z.uuid(), by: z.string(), body: z.string(), at: moment })) }),
    )
    .errors({ ...unknownMatter, NOT_OF_THE_OFFICE: refusal(403) }),

  note: post('/matters/{number}/notes', {
    summary: 'Write a private note; it is seen by those who handle the matter alone',
    allow: staff,
    clauses: ['S78', 'S135'],
    status: 201,
  })
    .input(z.object({ number: MatterNumber, body: text(4000).min(1) }))
    .output(z.object({ id: z.uuid(), at: moment }))
    .errors({ ...unknownMatter, NOT_OF_THE_OFFICE: refusal(403) }),

  messages: get('/matters/{number}/messages', {
    summary: 'What applicant and office have written to each other',
    allow: signedIn,
    clauses: ['S78', 'S79'],
  })
    .input(z.object({ number: MatterNumber }))
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            side: z.enum(['applicant', 'office']),
            by: z.string(),
            body: z.string(),
            at: moment,
          }),
        ),
        mayWrite: z.boolean(),
      }),
    )
    .errors({ ...unknownMatter, NOT_A_PARTY: refusal(403) }),

  write: post('/matters/{number}/messages', {
    summary: 'Write to the other side',
    allow: signedIn,
    clauses: ['S78', 'S79'],
    status: 201,
  })
    .input(z.object({ number: MatterNumber, body: text(4000).min(1) }))
    .output(z.object({ id: z.uuid(), at: moment }))
    .errors({ ...unknownMatter, NOT_A_PARTY: refusal(403) }),
}
