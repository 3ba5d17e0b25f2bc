import type { Analytics } from '#platform/analytics.ts'
import { ALONE, hasAll, visibleAt } from './condition.store.ts'
import type { DataVersion } from './corpus.store.ts'

export interface Weighed {
  readonly token: string
  /** A thousand times the natural logarithm of the share of titles without it: more, the fewer titles have it. */
  readonly weight: number
}

// Of one version they never change, and a few thousand words make up nearly all that is asked.
const counted = new WeakMap<Analytics, Map<string, number>>()
const COUNTS_KEPT = 20_000
const ALL = ''

/** How rare terms are in the titles of a version, in their order. */
export async function weighTokens(
  analytics: Analytics,
  version: DataVersion,
  tokens: readonly string[],
): Promise<Weighed[]> {
  const counts = countsOf(analytics)
  const keyOf = (token: string) => `${version} ${token}`
  const unknown = [ALL, ...tokens].filter((token) => !counts.has(keyOf(token)))
  if (unknown.length > 0) {
    const found = await countTitles(analytics, version, unknown)
    if (counts.size > COUNTS_KEPT) counts.clear()
    for (const [at, token] of unknown.entries()) counts.set(keyOf(token), found[at] ?? 0)
  }
  const known = new Map([ALL, ...tokens].map((token) => [token, counts.get(keyOf(token)) ?? 0]))
  const all = known.get(ALL) ?? 0
  return tokens.map((token) => ({
    token,
    weight: Math.max(0, Math.round(1000 * Math.log((all + 1) / ((known.get(token) ?? 0) + 1)))),
  }))
}

function countsOf(analytics: Analytics) {
  const counts = counted.get(analytics) ?? new Map<string, number>()
  counted.set(analytics, counts)
  return counts
}

async function countTitles(analytics: Analytics, version: DataVersion, tokens: readonly string[]) {
  const visible = visibleAt(version)
  const counts = tokens.map((token, at) =>
    token === ALL
      ? '(SELECT toUInt64(sum(inserted)) FROM patent_version WHERE version <= {version:UInt32})'
      : `(SELECT count() FROM patent WHERE ${hasAll('title_tokens', `{w${at}:Array(String)}`)} AND ${visible.sql})`,
  )
  const [row] = await analytics.query<{ found: number[] }>(
    `SELECT [${counts.join(', ')}] AS found ${ALONE}`,
    { ...visible.parameters, ...Object.fromEntries(tokens.map((token, at) => [`w${at}`, [token]])) },
    { tag: 'patents.search.weights', limits: { seconds: 10 } },
  )
  return row?.found ?? []
}
