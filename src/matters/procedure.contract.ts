import { z } from 'zod'
import { anyone, day, get, refusal, text } from '#platform/contract.ts'
import { Basis, Code, ConditionShape, FormShape, Route, Term, Words } from './schemas.contract.ts'

const Who = z.object({
  kind: z.enum(['anyone', 'signedIn', 'roles']),
  roles: z.array(z.string()),
})

export const ProcedureItem = z.object({
  code: z.string(),
  version: z.int(),
  names: Words,
  summary: Words,
  clauses: z.array(z.string()),
  inForce: z.object({ from: day, to: day.nullable() }),
  startedBy: Who,
  onBehalfOf: z.enum(['organisation', 'person', 'either']),
  stationKinds: z.array(z.string()),
  /** Whether the reader may start it now. */
  mayStart: z.boolean(),
  /** Whether a value behind it is an example, because the official one is not known. */
  sample: z.boolean(),
})

const Mover = z.object({
  kind: z.enum(['applicant', 'handler', 'station', 'roles', 'system']),
  roles: z.array(z.string()),
})

export const ProcedureStep = z.object({
  code: z.string(),
  names: Words,
  from: z.array(z.string()),
  to: z.string(),
  by: z.array(Mover),
  form: FormShape.nullable(),
  warning: Words.nullable(),
  asksCorrection: z.boolean(),
  answersCorrection: z.boolean(),
  handsOver: z.boolean(),
  issues: z.object({ code: z.string(), names: Words }).nullable(),
  decides: z.boolean(),
})

export const ProcedureState = z.object({
  code: z.string(),
  names: Words,
  kind: z.enum(['open', 'waiting', 'closed']),
  outcome: z.string().nullable(),
})

export const ProcedureClock = z.object({
  code: z.string(),
  names: Words,
  /** Null where the zone has no deadline of that code in force. */
  term: Term.nullable(),
  starts: z.array(z.string()),
  stops: z.array(z.string()),
  pausesIn: z.array(z.string()),
  owner: z.enum(['office', 'applicant']),
  onExpiry: z.string().nullable(),
  basis: Basis,
})

export const ProcedureMaterial = z.object({
  code: z.string(),
  names: Words,
  hint: Words.nullable(),
  required: z.union([z.boolean(), ConditionShape]),
  accepts: z.array(z.string()),
  maxBytes: z.int(),
  atMost: z.int(),
})

export const ProcedureDetail = ProcedureItem.extend({
  basis: z.array(Basis),
  form: FormShape,
  materials: z.array(ProcedureMaterial),
  states: z.array(ProcedureState),
  initial: z.string(),
  steps: z.array(ProcedureStep),
  clocks: z.array(ProcedureClock),
  stations: z.array(z.object({ code: z.string(), kind: z.string(), names: Words })),
  publicity: z.object({ state: z.string(), clock: z.string() }).nullable(),
  rating: z.boolean(),
  panels: z.array(z.string()),
})

export const unknownProcedure = { UNKNOWN_PROCEDURE: refusal(404, z.object({ code: z.string() })) }

export const procedureOperations = {
  procedures: get('/procedures', {
    summary: 'The catalogue: every procedure in force, the same at every station',
    allow: anyone,
    clauses: ['S73', 'S78', 'S133'],
  })
    .input(
      z.object({
        q: text(100).optional(),
        station: Code.optional().describe('Only what this station is able to handle.'),
      }),
    )
    .output(z.object({ items: z.array(ProcedureItem), total: z.int() }))
    .errors({ UNKNOWN_STATION: refusal(404, z.object({ station: z.string() })) }),

  procedure: get('/procedures/{code}', {
    summary: 'One procedure: form, materials, steps, clocks, legal basis',
    allow: anyone,
    clauses: ['S73', 'S78', 'S79'],
  })
    .input(z.object({ code: Code }))
    .output(ProcedureDetail)
    .errors(unknownProcedure),

  route: get('/procedures/{code}/route', {
    summary: 'Which station would handle it, and why',
    allow: anyone,
    clauses: ['S78', 'S79', 'S133'],
  })
    .input(z.object({ code: Code, station: Code.optional(), carrier: Code.optional() }))
    .output(Route)
    .errors({ ...unknownProcedure, NO_STATION: refusal(409, z.object({ code: z.string() })) }),
}
