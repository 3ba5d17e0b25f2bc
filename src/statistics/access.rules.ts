import { hasRole, type Actor } from '#platform/access.ts'
import { isStaff } from '../identity/roles.ts'
import type { Confidentiality } from './declare.ts'

/** Those who keep the statistics and those who audit them see even protected lists. */
export const STATISTICS_KEEPERS = ['statistician', 'auditor'] as const

/** Whether this reader sees the names and amounts behind a figure, or only how many there are. */
export function seesRecords(actor: Actor, confidentiality: Confidentiality): boolean {
  if (confidentiality === 'public') return true
  if (actor.kind === 'system') return true
  if (actor.kind === 'visitor') return false
  return confidentiality === 'masked' ? isStaff(actor.roles) : hasRole(actor, ...STATISTICS_KEEPERS)
}
