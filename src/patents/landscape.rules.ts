/** Landscapes: what is counted, how documents are told apart, and what a white space is. Pure. */
import type { LandscapeFilter } from './landscape-filter.rules.ts'

/** Stands for what no file says: documents without a year, without an agency, without a known province. */
export const UNKNOWN = '-'

/** The names by which a landscape can be narrowed, in the order in which a page shows them. */
export const LANDSCAPE_FILTERS = [
  'industry',
  'q',
  'year',
  'granted',
  'right',
  'status',
  'field',
  'subclass',
  'owner',
  'inventor',
  'agency',
  'province',
  'country',
  'zone',
  'deal',
] as const satisfies readonly (keyof LandscapeFilter)[]
export type FilterName = (typeof LANDSCAPE_FILTERS)[number]

export interface Tally {
  readonly key: string
  readonly count: number
}

/** One row for each combination of the small columns; every small chart is a sum over them, so they cannot disagree. */
export interface Cell {
  readonly year: number
  readonly grantedYear: number
  readonly right: string
  readonly status: string
  readonly count: number
}

export function totalOf(cells: readonly Pick<Cell, 'count'>[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0)
}

/** Sums by a key, the largest first; equal ones by their key. */
export function tally<Row extends { readonly count: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Tally[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.count)
  return [...sums]
    .map(([key, count]) => ({ key, count }))
    .sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}

export const yearKey = (year: number) => (year === 0 ? UNKNOWN : String(year))

export interface TrendYear {
  readonly year: number
  readonly filed: number
  readonly granted: number
}

/** Every year from the first to the last, those in which nothing happened included. */
export function trendOf(cells: readonly Cell[]): TrendYear[] {
  const filed = new Map<number, number>()
  const granted = new Map<number, number>()
  for (const { year, grantedYear, count } of cells) {
    if (year > 0) filed.set(year, (filed.get(year) ?? 0) + count)
    if (grantedYear > 0) granted.set(grantedYear, (granted.get(grantedYear) ?? 0) + count)
  }
  const years = [...filed.keys(), ...granted.keys()]
  if (years.length === 0) return []
  const [first, last] = [Math.min(...years), Math.max(...years)]
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    year: first + index,
    filed: filed.get(first + index) ?? 0,
    granted: granted.get(first + index) ?? 0,
  }))
}

export interface ClassCount {
  readonly subclass: string
  readonly count: number
  /** Of them, with an address in the zone. */
  readonly zone: number
  /** Of them, filed within the last five years. */
  readonly recent: number
}

export interface WhiteSpace extends ClassCount {
  /** The zone's share of this class over its share of everything counted: below one it is thinner here than elsewhere. */
  readonly presence: number
  readonly gap: boolean
}

/** A class belongs to the picture when it holds at least this share of the documents; rarer ones say nothing. */
const LEAST_SHARE = 0.005
/** A gap: half the zone's usual share, or less. */
const GAP_AT = 0.5

/**
 * White space: classes in which others are active and the zone is not, measured against the zone's own weight in the same
 * landscape (relative specialisation, OECD Patent Statistics Manual 2009, ch. 6). Nothing can be said without a
 * document from the zone, and nothing is then marked.
 */
export function whiteSpaces(classes: readonly ClassCount[], total: number, inZone: number): WhiteSpace[] {
  const share = total === 0 ? 0 : inZone / total
  return classes
    .filter(({ count }) => count >= Math.max(3, total * LEAST_SHARE))
    .map((one) => {
      const presence = share === 0 ? 0 : one.zone / one.count / share
      return { ...one, presence, gap: share > 0 && presence <= GAP_AT }
    })
    .sort((one, other) => one.presence - other.presence || other.count - one.count)
}
