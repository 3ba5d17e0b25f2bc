import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

/**
 * One dated version of the placement advice (S59: by park industry and size; S60: by stage). Three rules speak for or
 * against a carrier; the carrier with the most points is proposed, and of equals the one the zone names first.
 */
export const PlacementRules = z.strictObject({
  from: Day,
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
  points: z.strictObject({
    stage: z.int().min(0),
    industry: z.int().min(0),
    size: z.int().min(0),
  }),
  /** Whether a carrier without vacant units of sufficient size comes after all that have them, whatever its points. */
  sizeRequired: z.boolean(),
  squareMetresPerPerson: z.number().positive(),
  /** The uses of a unit that an agency may take. */
  unitUses: z.array(Code).min(1),
  /** Members of the zone's industry systems that each carrier's park is known for. */
  parks: z.array(z.strictObject({ carrier: Code, industries: z.array(Code).min(1) })),
})
export type PlacementRules = z.infer<typeof PlacementRules>

export const PlacementFile = z.strictObject({ note: Bilingual, versions: z.array(PlacementRules).min(1) })

const trigger = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), code: Code, names: Bilingual, ...shape })

/** What makes the operations centre look at whether an agency should stay (S202: triggers and reasons). */
export const ExitTrigger = z.discriminatedUnion('kind', [
  /** The last lease of the agency has ended for this many days and none follows. */
  trigger('lease-ended', { graceDays: z.int().min(0) }),
  trigger('penalties', { atLeast: z.int().min(1), withinMonths: z.int().min(1) }),
  /** Returns that were due and have not been filed. */
  trigger('returns-missing', { atLeast: z.int().min(1) }),
  /** No service recorded for this long. */
  trigger('dormant', { months: z.int().min(1) }),
])
export type ExitTrigger = z.infer<typeof ExitTrigger>

/** One dated version of the rules of moving out. */
export const ExitRules = z.strictObject({
  from: Day,
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
  triggers: z.array(ExitTrigger),
})
export type ExitRules = z.infer<typeof ExitRules>

export const ExitFile = z.strictObject({ note: Bilingual, versions: z.array(ExitRules).min(1) })
