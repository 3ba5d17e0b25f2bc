import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

const ReturnField = z.strictObject({
  code: Code,
  names: Bilingual,
  hint: Bilingual.nullable(),
  unit: z.enum(['fen', 'person', 'item']),
})
export type ReturnField = z.infer<typeof ReturnField>

/** A part of the form that every agency fills, or only those of some service classes. */
const ReturnPart = z.strictObject({
  code: Code,
  names: Bilingual,
  /** Null: for everybody. */
  classes: z.array(Code).min(1).nullable(),
  fields: z.array(ReturnField).min(1),
})

/** What a finding asks of the reporter: to correct (`refuse`), to give a reason (`explain`), or only to know (`note`). */
const Severity = z.enum(['refuse', 'explain', 'note'])

const check = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), code: Code, severity: Severity, names: Bilingual, ...shape })

/** Cross-checks within one return, and against what the agency reported before and what the register holds. */
export const ReturnCheck = z.discriminatedUnion('kind', [
  /** Against the same period of the year before: at least so many times as much, or at most this share of it. */
  check('times-last-year', {
    field: Code,
    atLeast: z.number().gt(1).nullable(),
    atMost: z.number().min(0).lt(1).nullable(),
  }),
  /** One field, or the sum of several, may not exceed another. */
  check('at-most', { fields: z.array(Code).min(1), of: Code }),
  /** One field divided by another lies outside these bounds; fields in fen are divided in fen. */
  check('per', { field: Code, by: Code, above: z.number().nullable(), below: z.number().nullable() }),
  /** The register of attorneys' licences holds another number for the last day of the period. */
  check('licences', { field: Code, differsByMoreThan: z.int().min(0) }),
])
export type ReturnCheck = z.infer<typeof ReturnCheck>

/** When agencies of these classes report: by the year or by the quarter, and how long after its end (S198). */
const ReturnSchedule = z.strictObject({
  period: z.enum(['year', 'quarter']),
  classes: z.array(Code).min(1).nullable(),
  /** The last day for filing lies this many days after the last day of the period. */
  dueDays: z.int().min(1),
  /** Days before and after the last day on which an agency that has not filed is reminded. */
  remindBefore: z.array(z.int().min(0)),
  remindAfter: z.array(z.int().min(1)),
})
export type ReturnSchedule = z.infer<typeof ReturnSchedule>

/** One dated version of the returns: it holds for periods that begin on or after `from`. */
export const ReturnForms = z.strictObject({
  from: Day,
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
  /** The first that fits an agency's classes holds for it; the last fits everybody. */
  schedules: z.array(ReturnSchedule).min(1),
  parts: z.array(ReturnPart).min(1),
  checks: z.array(ReturnCheck),
})
export type ReturnForms = z.infer<typeof ReturnForms>

export const ReturnsFile = z.strictObject({ note: Bilingual, versions: z.array(ReturnForms).min(1) })

/** The two numbers that the board counts (S22, S23) must stand in every form. */
export const COUNTED_FIELDS = ['revenue', 'headcount'] as const
