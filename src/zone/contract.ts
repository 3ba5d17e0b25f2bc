import { clauseOperations } from './clause.contract.ts'
import { profileOperations } from './profile.contract.ts'
import { spaceOperations } from './space.contract.ts'

/** What the outside may ask of the zone: its profile, its plan clause by clause, its spaces. */
export const zone = { ...profileOperations, ...clauseOperations, ...spaceOperations }
