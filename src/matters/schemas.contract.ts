/** What several operations of matters speak of. */
import { z } from 'zod'
import { day, refusal } from '#platform/contract.ts'
import { FAULT_CODES } from './answers.rules.ts'
import type { Condition, Form } from './form.rules.ts'

export const Words = z.object({ zh: z.string(), en: z.string() })
export const moment = z.iso.datetime({ offset: true })
export const Code = z.string().max(60)
/** The number on the receipt: year, serial, check digit. */
export const MatterNumber = z.string().regex(/^\d{4}-\d{6,9}-\d$/)

/** Forms and conditions are made by declarations alone and only ever answered, so their shape is not checked again. */
export const FormShape = z.custom<Form>((value) => typeof value === 'object' && value !== null)
export const ConditionShape = z.custom<Condition>((value) => typeof value === 'object' && value !== null)

/** What a person answered: by the name of the field. Judged against the form of the procedure, not here. */
export const AnswersShape = z
  .record(z.string().max(100), z.unknown())
  .describe('Answers by the name of the field.')

export const Fault = z.object({
  /** A path such as `owners.0.name`; for a material its code. */
  field: z.string(),
  code: z.enum([...FAULT_CODES, 'materialMissing']),
  limit: z.union([z.string(), z.number()]).optional(),
  words: Words.optional(),
})

export const Finding = z.object({
  code: z.string(),
  severity: z.enum(['refuse', 'explain', 'note']),
  field: z.string().optional(),
  words: Words,
  rule: Words.extend({ clauses: z.array(z.string()).readonly().optional() }),
})

export const Basis = z.object({
  document: Words,
  number: z.string().optional(),
  article: z.string().optional(),
  sample: z.boolean(),
})

export const Term = z.object({
  n: z.int(),
  unit: z.enum(['workingDays', 'calendarDays', 'months']),
  endingOnDayOff: z.enum(['stays', 'nextWorkingDay']),
  /** The deadline of the zone and the first day of the value in force; null where the procedure itself fixes it. */
  rule: z.string().nullable(),
  ruleFrom: day.nullable(),
  sample: z.boolean(),
  source: Words.nullable(),
})

export const Route = z.object({
  station: z.string(),
  names: Words,
  reason: z.object({
    code: z.enum(['chosen', 'same-carrier', 'nearest', 'centre', 'only', 'first']),
    words: Words,
  }),
  considered: z.array(
    z.object({
      station: z.string(),
      names: Words,
      able: z.boolean(),
      staffed: z.boolean(),
      distance: z.number().nullable(),
    }),
  ),
})

export const MaterialFile = z.object({
  id: z.uuid(),
  code: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  uploadedAt: moment,
  uploadedBy: z.string(),
  withdrawn: z.boolean(),
})

export const Receipt = z.object({
  number: MatterNumber,
  procedure: z.object({ code: z.string(), names: Words }),
  submittedAt: moment,
  station: z.object({ code: z.string(), names: Words }),
  routing: Route,
  materials: z.array(z.object({ code: z.string(), names: Words, fileName: z.string(), sha256: z.string() })),
  clocks: z.array(z.object({ code: z.string(), names: Words, due: day.nullable(), sample: z.boolean() })),
  /** The entry of the ledger that proves it: `/ledger/entries/{entryId}`. */
  entryId: z.string(),
  issuedAt: moment,
})

export const HandOver = z.object({
  id: z.uuid(),
  number: MatterNumber,
  from: z.object({ code: z.string(), names: Words }),
  to: z.object({ kind: z.enum(['station', 'body']), code: z.string(), names: Words }),
  reason: z.string(),
  offeredBy: z.string(),
  offeredAt: moment,
  status: z.enum(['offered', 'accepted', 'refused', 'withdrawn']),
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
  refusal: z.string().nullable(),
  outsideNumber: z.string().nullable(),
  outsideOn: day.nullable(),
  /** The same receipt for both sides; null until it was accepted. */
  receipt: z.object({ entryId: z.string(), issuedAt: moment }).nullable(),
  /** The due days on both sides of the hand-over: equal, since the clock runs on. */
  due: z.array(z.object({ code: z.string(), names: Words, due: day.nullable() })),
})

export const unknownMatter = { UNKNOWN_MATTER: refusal(404, z.object({ number: z.string() })) }

/** Somebody else was quicker: who did what since the version that was looked at. */
export const changed = {
  CHANGED_MEANWHILE: refusal(
    409,
    z.object({
      version: z.int(),
      since: z.array(z.object({ what: z.string(), names: Words.nullable(), by: z.string(), at: moment })),
    }),
  ),
}

/** The reasons for which a file is not taken. */
export const FILE_FAULTS = [
  'empty',
  'too-large',
  'name-lies',
  'not-accepted',
  'damaged',
  'encrypted',
  'expands-too-far',
  'carries-script',
  'carries-program',
  'carries-macro',
] as const
export const fileRefusals = {
  UNKNOWN_MATERIAL: refusal(422, z.object({ code: z.string() })),
  FILE_REFUSED: refusal(
    422,
    z.object({
      reason: z.enum(FILE_FAULTS),
      fileName: z.string(),
      /** What the content is, whatever the name says. */
      found: z.string().optional(),
      accepts: z.array(z.string()).optional(),
      limit: z.number().optional(),
    }),
  ),
  TOO_MANY_FILES: refusal(409, z.object({ code: z.string(), limit: z.int() })),
}
