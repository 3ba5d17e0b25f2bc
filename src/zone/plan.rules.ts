import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, FeatureId, Sample, Source } from './words.rules.ts'

/** A heading of the plan, by the line it stands on (1-based), so that any line has a place in the whole. */
const PlanSection = z.strictObject({
  id: Code,
  line: z.int().positive(),
  level: z.int().min(1).max(3),
  names: Bilingual,
})

export const PlanFile = z.strictObject({
  number: z.string().min(1),
  names: Bilingual,
  issuer: Bilingual,
  issuedOn: Day,
  publishedOn: Day,
  source: Source,
  /** The horizon the plan sets itself, as it words it. */
  horizon: Bilingual,
  targetYear: z.int(),
  sections: z.array(PlanSection).min(1),
})
export type PlanFile = z.infer<typeof PlanFile>

/** The plan's facts with its text, line by line; `lines[0]` is line 1. */
export type Plan = PlanFile & { lines: string[] }

export const AREAS = [
  'A1',
  'A2',
  'A3',
  'A4',
  'A5',
  'A6',
  'A7',
  'A8',
  'A9',
  'A10',
  'A11',
  'A12',
  'A13',
  'A14',
  'F',
] as const
export const Area = z.enum(AREAS)
export type Area = z.infer<typeof Area>

export const ClauseEntry = z.strictObject({
  id: ClauseId,
  line: z.int().positive(),
  /** The clause in short, in the plan's own language. */
  term: z.string().min(1),
  termEn: z.string().min(1),
  /** What software must do for it. */
  must: z.string().min(1),
  mustZh: z.string().min(1).optional(),
  area: Area,
  /** The words of the plan that carry the clause, in order, exactly as its line has them. */
  quotes: z.array(z.string().min(1)).min(1),
})

/** Offsets are UTF-16 positions in the clause's line, end exclusive. */
export type Clause = z.infer<typeof ClauseEntry> & { spans: { start: number; end: number }[] }

export const ClausesFile = z.array(ClauseEntry).min(1)

export const Feature = z.strictObject({
  id: FeatureId,
  area: Area,
  feature: z.string().min(1),
  featureZh: z.string().min(1).optional(),
  seed: z.array(ClauseId).min(1),
  anchor: z.string(),
  edge: z.string(),
  check: z.string().min(1),
})
export type Feature = z.infer<typeof Feature>

export const FeaturesFile = z.array(Feature)

export const Pillar = z.strictObject({
  code: Code,
  names: Bilingual,
  action: z.strictObject({ code: Code, names: Bilingual }),
  aim: Bilingual,
  /** The plan's section that spells the action out. */
  section: Code,
  clauses: z.array(ClauseId).min(1),
})
export type Pillar = z.infer<typeof Pillar>

export const PillarsFile = z.strictObject({ pillars: z.array(Pillar).min(1) })

export const ActorsFile = z.strictObject({
  classes: z
    .array(z.strictObject({ code: Code, names: Bilingual, clauses: z.array(ClauseId).min(1) }))
    .min(1),
  groups: z.array(z.strictObject({ code: Code, names: Bilingual })).min(1),
  actors: z.array(z.strictObject({ code: Code, names: Bilingual, class: Code, group: Code, sample: Sample })),
})
export type Actors = z.infer<typeof ActorsFile>

export const Policy = z.strictObject({
  code: Code,
  names: Bilingual,
  /** Null where the plan cites the document by name alone. */
  number: z.string().min(1).nullable(),
  kind: z.enum(['superior', 'rule', 'measure']),
  issuer: Bilingual.nullable(),
  issuedOn: Day.nullable(),
  inForceFrom: Day.nullable(),
  source: Source,
  clauses: z.array(ClauseId).min(1),
})
export type Policy = z.infer<typeof Policy>

export const PoliciesFile = z.strictObject({ policies: z.array(Policy) })
