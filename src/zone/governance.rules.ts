import { z } from 'zod'

import { Bilingual, ClauseId, Code, Sample } from './words.rules.ts'

/** The three levels that work together, from the top: district government, departments, parks (S189). */
export const LEVELS = ['district', 'department', 'park'] as const
export const Level = z.enum(LEVELS)
export type Level = z.infer<typeof Level>

export const Unit = z.strictObject({
  code: Code,
  names: Bilingual,
  level: Level,
  /** The actor of actors.json that this unit is; null where it is only one of many of its kind. */
  actor: Code.nullable(),
  sample: Sample,
})
export type Unit = z.infer<typeof Unit>

/** Who sits above the plan and which unit keeps it: units, never persons, who come and go. */
export const LeadingGroup = z.strictObject({
  names: Bilingual,
  /** The unit that keeps plan, tasks and reports as the group's office. */
  office: Code,
  /** The bodies on whose agenda the zone stands: the group itself, and whoever stands over it. */
  bodies: z.array(z.strictObject({ code: Code, names: Bilingual })).min(1),
  clauses: z.array(ClauseId).min(1),
})
export type LeadingGroup = z.infer<typeof LeadingGroup>

export const GovernanceFile = z.strictObject({
  note: Bilingual,
  levels: z.strictObject({ district: Bilingual, department: Bilingual, park: Bilingual }),
  units: z.array(Unit).min(1),
  leadingGroup: LeadingGroup,
  /** The clause that asks for time, person and target; null where the plan of the zone asks for none. */
  settledBy: ClauseId.nullable(),
})
export type Governance = z.infer<typeof GovernanceFile>
