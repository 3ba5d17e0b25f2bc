import { clauseApi } from './clause.api.ts'
import type { CoverageSources } from './evidence.ts'
import { profileApi } from './profile.api.ts'
import { spaceApi } from './space.api.ts'

/** The zone's operations. What covers the plan's clauses lies in rooms above this one, so the assembly hands it in. */
export function zoneApi(sources: CoverageSources) {
  return { ...profileApi, ...clauseApi(sources), ...spaceApi }
}
