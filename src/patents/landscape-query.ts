/** The language of the search as a condition of landscapes: what a chart counts is what the list of the same words holds. */
import type { ZoneProfile } from '../zone/rules.ts'
import { findCluster } from './cluster.rules.ts'
import { type Condition, conditionOf } from './condition.store.ts'
import { QueryUnreadable, readQuery } from './query.rules.ts'

export type QueryRead =
  | Condition
  | { readonly refused: 'QUERY_NOT_READ'; readonly position: number; readonly reason: string }

export function readCondition(zone: ZoneProfile, on: string, q: string): QueryRead {
  try {
    return conditionOf(readQuery(q), { cluster: (named) => findCluster(zone, named, on) })
  } catch (error) {
    if (!(error instanceof QueryUnreadable)) throw error
    return { refused: 'QUERY_NOT_READ', position: error.place.at, reason: error.fault }
  }
}
