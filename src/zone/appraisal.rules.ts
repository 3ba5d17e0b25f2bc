import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

/** What the platform can count of an agency in a year, each from records that open. */
export const MEASURES = [
  'clients',
  'services',
  'deals',
  'returns',
  'attorneys',
  'brands',
  'abnormalOpen',
  'penalties',
] as const
export const Measure = z.enum(MEASURES)
export type Measure = z.infer<typeof Measure>

const itemOf = {
  code: Code,
  names: Bilingual,
  measure: Measure,
  weight: z.int().positive(),
  clauses: z.array(ClauseId).min(1),
}

/**
 * One line of a scheme. `share`: the weight is earned in proportion until `full` records, the rest of a hundredth dropped.
 * `duty`: in proportion of what was owed; whoever owed nothing has done all. `deduct`: each record costs `each` points, at
 * most `weight` in all. Points are hundredths, so that sums are exact.
 */
export const SchemeItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('share'), ...itemOf, full: z.int().positive() }),
  z.strictObject({ kind: z.literal('duty'), ...itemOf }),
  z.strictObject({ kind: z.literal('deduct'), ...itemOf, each: z.int().positive() }),
])
export type SchemeItem = z.infer<typeof SchemeItem>

/** What keeps an agency from being chosen whatever its points, in years that end in its days (half-open). */
export const Veto = z.strictObject({
  code: Code,
  names: Bilingual,
  measure: Measure,
  atLeast: z.int().positive(),
  from: Day,
  to: Day.nullable(),
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
})
export type Veto = z.infer<typeof Veto>

export const SchemeClass = z.strictObject({
  code: Code,
  names: Bilingual,
  /** Service classes whose agencies are judged by this standard; empty takes all that no class before it took. */
  serviceClasses: z.array(Code),
  items: z.array(SchemeItem).min(1),
})
export type SchemeClass = z.infer<typeof SchemeClass>

/** A dated version of how agencies are appraised and excellent ones selected (S199, S200, S201). */
export const Scheme = z.strictObject({
  code: Code,
  version: z.int().positive(),
  names: Bilingual,
  /** The scheme appraises years that end on or after this day, until a later version does. */
  from: Day,
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
  excellence: z.strictObject({
    atLeast: z.int().positive(),
    /** No more than this many per cent of the agencies of a class, rounded down, at least one. */
    atMostPercent: z.int().min(1).max(100),
  }),
  /** What parts equal totals, one after the other; agencies equal in all of them share their rank. */
  ties: z.array(Measure).min(1),
  vetoes: z.array(Veto),
  classes: z.array(SchemeClass).min(1),
})
export type Scheme = z.infer<typeof Scheme>

export const AppraisalFile = z.strictObject({ note: Bilingual, schemes: z.array(Scheme) })
