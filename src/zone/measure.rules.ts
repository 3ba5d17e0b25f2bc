import { z } from 'zod'

import { Stage } from './place.rules.ts'
import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

/**
 * 超过 is strictly more, a stated figure or 达…以上 is reached at equality, a trend must rise from period to period, and
 * a comparator must be exceeded in the same period.
 */
export const TargetOperator = z.enum(['>', '>=', 'trend', 'exceeds-comparator'])
export type TargetOperator = z.infer<typeof TargetOperator>

/** Whether a target counts what stands on a day, what happened in one year, or what has happened since a day. */
const Period = z.strictObject({
  choice: z.enum(['as-of', 'annual', 'cumulative']),
  /** First day counted, for a cumulative target only. */
  since: Day.nullable(),
  /** False where the plan's text does not say: the choice is then the zone's own, and pages show that. */
  stated: z.boolean(),
  note: Bilingual,
})

const Baseline = z.strictObject({
  value: z.number(),
  /** True where the source says “more than” or “over”. */
  atLeast: z.boolean(),
  date: Day,
  source: Source,
  note: Bilingual.nullable(),
})

const Comparator = z.strictObject({
  code: Code,
  names: Bilingual,
  /** Empty until the comparator has been published and loaded; a comparison without one is not made. */
  values: z.array(z.strictObject({ period: z.string().min(4), value: z.number(), source: Source })),
})

export const Target = z.strictObject({
  /** Also the code of the indicator that measures it. */
  code: Code,
  clause: ClauseId,
  pillar: Code,
  names: Bilingual,
  definition: Bilingual,
  unit: z.strictObject({
    code: z.enum(['count', 'person', 'fen', 'usd-cent', 'percent', 'per-10000']),
    zh: z.string().min(1),
    en: z.string(),
    /** How many of the stored unit make one of the shown unit: 10,000,000,000 fen in 亿元. */
    per: z.number().positive(),
  }),
  measure: z.enum(['stock', 'flow', 'ratio']),
  operator: TargetOperator,
  /** In the stored unit. Null for a trend or a comparison, which name no figure. */
  target: z.number().nullable(),
  targetYear: z.int(),
  /** What is counted once however often it occurs, e.g. `creditCode`; null where every record counts. */
  distinctBy: z.string().min(1).nullable(),
  period: Period,
  baseline: Baseline.nullable(),
  /** The planned value at the end of each year. The plan gives none, so a path is always declared as a sample. */
  path: z.array(z.strictObject({ year: z.int(), value: z.number(), sample: z.boolean() })),
  comparator: Comparator.nullable(),
  /** True where the records behind the figure are never listed to the public. */
  confidential: z.boolean().default(false),
})
export type Target = z.infer<typeof Target>

/** A figure somebody published about the zone, kept as stated, whether or not a target uses it. */
export const PublishedFigure = z.strictObject({
  code: Code,
  names: Bilingual,
  value: z.number(),
  unit: Bilingual,
  atLeast: z.boolean(),
  date: Day,
  source: Source,
  target: Code.nullable(),
  note: Bilingual.nullable(),
})
export type PublishedFigure = z.infer<typeof PublishedFigure>

export const TargetsFile = z.strictObject({
  note: Bilingual,
  targets: z.array(Target).min(1),
  published: z.array(PublishedFigure),
})

export const Threshold = z.strictObject({
  code: Code,
  names: Bilingual,
  unit: z.enum(['fen', 'person', 'percent', 'days']),
  operator: z.enum(['>', '>=']),
  values: z.array(z.strictObject({ from: Day, value: z.number(), source: Source, sample: Sample })).min(1),
  clauses: z.array(ClauseId).min(1),
  note: Bilingual,
})
export type Threshold = z.infer<typeof Threshold>

export const ThresholdsFile = z.strictObject({ thresholds: z.array(Threshold).min(1) })

export const StageCondition = z.strictObject({
  fact: z.enum(['yearsSinceFounding', 'annualRevenueFen', 'staff', 'attorneys']),
  atLeast: z.number(),
})
export type StageCondition = z.infer<typeof StageCondition>

/**
 * One dated version of the lifecycle rules. Stages are tried from the first to the last; a stage is reached when at least
 * `needed` of its conditions hold. The last stage needs none, so every agency has one.
 */
export const StageRules = z.strictObject({
  from: Day,
  sample: Sample,
  source: Source,
  clauses: z.array(ClauseId).min(1),
  stages: z
    .array(
      z.strictObject({
        stage: Stage,
        names: Bilingual,
        needed: z.int().min(0),
        conditions: z.array(StageCondition),
      }),
    )
    .min(1),
})
export type StageRules = z.infer<typeof StageRules>

export const StageRulesFile = z.strictObject({ note: Bilingual, versions: z.array(StageRules).min(1) })

export const ServiceClass = z.strictObject({
  code: Code,
  names: Bilingual,
  clauses: z.array(ClauseId).min(1),
  services: z
    .array(
      z.strictObject({
        code: Code,
        names: Bilingual,
        /** The clause by which the zone seeks agencies for this link of the chain. */
        soughtBy: ClauseId.nullable(),
      }),
    )
    .min(1),
})
export type ServiceClass = z.infer<typeof ServiceClass>

export const ServiceTaxonomyFile = z.strictObject({ classes: z.array(ServiceClass).min(1) })

/** A group says how many members the plan counts; its members stay empty until the official list is loaded. */
export const IndustrySystem = z.strictObject({
  id: Code,
  label: z.string().min(1),
  names: Bilingual,
  clause: ClauseId,
  source: Source,
  groups: z
    .array(
      z.strictObject({
        id: Code,
        names: Bilingual,
        stated: z.int().positive(),
        sample: Sample,
        note: Bilingual.nullable(),
        members: z.array(z.strictObject({ code: Code, names: Bilingual })),
      }),
    )
    .min(1),
})
export type IndustrySystem = z.infer<typeof IndustrySystem>

export const IndustriesFile = z.strictObject({ systems: z.array(IndustrySystem) })

export const Suppression = z.strictObject({
  /** Counts from 1 to one below this are published as “fewer than”. */
  smallCellThreshold: z.int().min(2),
  /** A second cell is hidden with the first, so that the total does not give it away. */
  complementary: z.boolean(),
  /** How many units may share of a published sum the largest one may have, in percent. */
  dominancePercent: z.number().min(50).max(100),
  sample: Sample,
  note: Bilingual,
  clauses: z.array(ClauseId).min(1),
})
export type Suppression = z.infer<typeof Suppression>

export const HolidayYear = z.strictObject({
  year: z.int(),
  source: Source,
  /** Only days that differ from the week: days off, and weekend days worked instead. */
  days: z.array(z.strictObject({ date: Day, names: Bilingual, off: z.boolean() })),
})
export type HolidayYear = z.infer<typeof HolidayYear>
