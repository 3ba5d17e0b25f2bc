/** Industry clusters of the zone as a query finds them. Pure. */
import { inForceOn } from '../zone/patent.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'

/** What a cluster is on a day: classes under one of the prefixes, or one of the words as it is written. */
export interface Cluster {
  readonly ipc: readonly string[]
  readonly keywords: readonly string[]
}

/** By code or by its name in either language; undefined where the zone has none, or does not say what it consists of. */
export function findCluster(
  { industries, industryPatents }: Pick<ZoneProfile, 'industries' | 'industryPatents'>,
  named: string,
  on: string,
): Cluster | undefined {
  const wanted = named.trim().toLowerCase()
  const members = industries.flatMap(({ groups }) => groups.flatMap((group) => group.members))
  const member = members.find(({ code, names }) => [code, names.zh, names.en.toLowerCase()].includes(wanted))
  if (member === undefined) return undefined
  return inForceOn(industryPatents, on)?.industries.find(({ industry }) => industry === member.code)
}
