/** How records become points, points a rank, and ranks a list. Pure: the same records give the same list anywhere. */
import type { Measure, Scheme, SchemeClass, SchemeItem } from '../zone/appraisal.rules.ts'

/** One record that a measure looks at. */
export interface CountedRecord {
  /** Within its measure. */
  readonly id: string
  /** What makes it one: records that share a key count once. */
  readonly key: string
  readonly label: string
  readonly on: string
  /** False for what was looked at and earns nothing, such as a return that was owed and not filed in time. */
  readonly counts: boolean
}

export type Inputs = Readonly<Partial<Record<Measure, readonly CountedRecord[]>>>

export interface ItemScore {
  readonly code: string
  /** How many records count. */
  readonly count: number
  /** How many were looked at; more than `count` where some earn nothing. */
  readonly of: number
  /** Hundredths of a point; negative for what is deducted. */
  readonly points: number
}

export interface Score {
  readonly items: readonly ItemScore[]
  /** Hundredths of a point, never below zero. */
  readonly total: number
}

/** The scheme by which a year is appraised: the latest that began by its last day. */
export function schemeFor(schemes: readonly Scheme[], year: number): Scheme | undefined {
  return schemes
    .filter(({ from }) => from <= lastDayOf(year))
    .toSorted((one, other) => (one.from < other.from ? 1 : -1))[0]
}

export const firstDayOf = (year: number): string => `${year}-01-01`
export const lastDayOf = (year: number): string => `${year}-12-31`

/** The class whose standard judges an agency; the last takes whomever no other took. */
export function classFor({ classes }: Scheme, serviceClasses: readonly string[]): SchemeClass {
  const found = classes.find((one) => one.serviceClasses.some((code) => serviceClasses.includes(code)))
  const last = classes.at(-1)
  if (last === undefined) throw new RangeError('a scheme has at least one class')
  return found ?? last
}

/** The class by its code; a round holds the scheme that named it. */
export function classNamed({ classes }: Scheme, code: string): SchemeClass {
  const found = classes.find((one) => one.code === code)
  if (found === undefined) throw new RangeError(`the scheme has no class ${code}`)
  return found
}

export function countOf(inputs: Inputs, measure: Measure): number {
  return new Set((inputs[measure] ?? []).filter(({ counts }) => counts).map(({ key }) => key)).size
}

function lookedAt(inputs: Inputs, measure: Measure): number {
  return new Set((inputs[measure] ?? []).map(({ key }) => key)).size
}

function pointsOf(item: SchemeItem, count: number, of: number): number {
  const weight = item.weight * 100
  if (item.kind === 'deduct') {
    const cost = Math.min(weight, item.each * 100 * count)
    return cost === 0 ? 0 : -cost
  }
  if (item.kind === 'duty') return of === 0 ? weight : Math.floor((weight * count) / of)
  return Math.floor((weight * Math.min(count, item.full)) / item.full)
}

/** The whole score of one agency from its records and the standard of its class. */
export function scoreOf({ items }: Pick<SchemeClass, 'items'>, inputs: Inputs): Score {
  const scored = items.map((item): ItemScore => {
    const count = countOf(inputs, item.measure)
    const of = lookedAt(inputs, item.measure)
    return { code: item.code, count, of, points: pointsOf(item, count, of) }
  })
  return {
    items: scored,
    total: Math.max(
      0,
      scored.reduce((sum, { points }) => sum + points, 0),
    ),
  }
}

/** Which vetoes of the scheme strike an agency in a year. */
export function vetoesOf({ vetoes }: Pick<Scheme, 'vetoes'>, inputs: Inputs, year: number): string[] {
  const on = lastDayOf(year)
  return vetoes
    .filter(({ from, to }) => from <= on && (to === null || on < to))
    .filter(({ measure, atLeast }) => countOf(inputs, measure) >= atLeast)
    .map(({ code }) => code)
}

export interface Appraised {
  readonly code: string
  readonly total: number
  readonly inputs: Inputs
  readonly vetoes: readonly string[]
}

/** `beyond`: good enough, but the share of the class was full. `tied`: equal to others where the share ends. */
export type Verdict = 'excellent' | 'excluded' | 'below' | 'beyond' | 'tied'

export interface Placed {
  readonly code: string
  readonly rank: number
  readonly verdict: Verdict
}

/**
 * Ranks one class and chooses from it. Totals decide, then the tie-breakers one after the other; agencies equal in all of
 * them share a rank. Only what is not excluded and reaches the least total can be chosen, at most the share of all that
 * were appraised (rounded down, at least one). Those of one rank are chosen together or not at all: no lot decides.
 */
export function place({ excellence, ties }: Scheme, agencies: readonly Appraised[]): Placed[] {
  const standing = ({ total, inputs }: Appraised) => [
    total,
    ...ties.map((measure) => countOf(inputs, measure)),
  ]
  const keyed = agencies
    .map((agency) => ({ agency, by: standing(agency) }))
    .toSorted((one, other) => above(one.by, other.by) || (one.agency.code < other.agency.code ? -1 : 1))
  const limit = Math.max(1, Math.floor((agencies.length * excellence.atMostPercent) / 100))
  const ranked = keyed.map(({ agency, by }) => ({
    agency,
    rank: 1 + keyed.filter((other) => above(other.by, by) < 0).length,
  }))
  const able = ranked.filter(({ agency }) => isAble(agency, excellence))
  const verdictAt = (rank: number): Verdict => {
    const better = able.filter((one) => one.rank < rank).length
    const here = able.filter((one) => one.rank === rank).length
    if (better + here <= limit) return 'excellent'
    return better < limit ? 'tied' : 'beyond'
  }
  return ranked.map(({ agency, rank }) => ({
    code: agency.code,
    rank,
    verdict: agency.vetoes.length > 0 ? 'excluded' : isAble(agency, excellence) ? verdictAt(rank) : 'below',
  }))
}

function isAble({ vetoes, total }: Appraised, { atLeast }: Scheme['excellence']): boolean {
  return vetoes.length === 0 && total >= atLeast * 100
}

/** Negative where the first stands above the second. */
function above(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = (other[index] ?? 0) - value
    if (difference !== 0) return difference
  }
  return 0
}

export interface Change {
  readonly record: CountedRecord
  /** `added` and `gone` by comparison; `counted` and `uncounted` where the record is there in both. */
  readonly kind: 'added' | 'gone' | 'counted' | 'uncounted'
}

export interface ItemDifference {
  readonly code: string
  readonly measure: Measure
  readonly before: ItemScore
  readonly after: ItemScore
  readonly changes: readonly Change[]
}

/** What differs between two sets of records of one agency under one standard, item by item; equal items are left out. */
export function differencesOf(
  standard: Pick<SchemeClass, 'items'>,
  before: Inputs,
  after: Inputs,
): ItemDifference[] {
  const [then, now] = [scoreOf(standard, before), scoreOf(standard, after)]
  return standard.items.flatMap(({ code, measure }, index) => {
    const [was, is] = [then.items[index], now.items[index]]
    if (was === undefined || is === undefined) return []
    const changes = changesOf(before[measure] ?? [], after[measure] ?? [])
    return changes.length === 0 ? [] : [{ code, measure, before: was, after: is, changes }]
  })
}

function changesOf(before: readonly CountedRecord[], after: readonly CountedRecord[]): Change[] {
  const [was, is] = [byId(before), byId(after)]
  return [
    ...before.filter(({ id }) => !is.has(id)).map((record): Change => ({ record, kind: 'gone' })),
    ...after.flatMap((record): Change[] => {
      const earlier = was.get(record.id)
      if (earlier === undefined) return [{ record, kind: 'added' }]
      if (earlier.counts === record.counts) return []
      return [{ record, kind: record.counts ? 'counted' : 'uncounted' }]
    }),
  ]
}

const byId = (records: readonly CountedRecord[]) => new Map(records.map((record) => [record.id, record]))
