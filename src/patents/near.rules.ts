/** How alike two filings are, which passages they share, and what stands together. Pure; what SQL counts is counted again here. */
import type { NearDuplicateRules } from '../zone/patent.rules.ts'
import type { PatentRecord } from './record.rules.ts'
import { normalisedWithPlaces } from './text.rules.ts'

/** Characters in a shingle, and of a text; `analytics/migrations/0171` and `near.store.ts` count by the same two. */
export const SHINGLE = 5
export const COMPARED = 4000

export const NEAR_FIELDS = ['title', 'abstract', 'claims'] as const
export type NearField = (typeof NEAR_FIELDS)[number]

export interface MarkedPart {
  readonly field: NearField
  readonly language: string
  readonly text: string
  /** What stands in the other text too: from, and behind the last. */
  readonly marks: readonly (readonly [number, number])[]
}

export interface Comparison {
  /** Different shingles that stand in both, and in each. */
  readonly shared: number
  readonly sizes: readonly [number, number]
  readonly similarity: number
  /** How much of each text is marked, from 0 to 1. */
  readonly covered: readonly [number, number]
  readonly texts: readonly [readonly MarkedPart[], readonly MarkedPart[]]
}

/** The share of all different shingles of both texts that stand in both. */
export function resemblance(shared: number, one: number, other: number): number {
  const all = one + other - shared
  return all === 0 ? 0 : shared / all
}

export type Verdict = 'alike' | 'near' | 'apart' | 'too-short'

/** What the rule of a day says of a pair. */
export function verdictOf(
  { shared, sizes: [one, other] }: Pick<Comparison, 'shared' | 'sizes'>,
  { near, alike, leastShingles }: Pick<NearDuplicateRules, 'near' | 'alike' | 'leastShingles'>,
): Verdict {
  if (Math.min(one, other) < leastShingles) return 'too-short'
  const similarity = resemblance(shared, one, other)
  if (similarity >= alike) return 'alike'
  return similarity >= near ? 'near' : 'apart'
}

/** Both texts with every character marked that belongs to a shingle of both: what is marked is what was counted. */
export function compareRecords(one: PatentRecord, other: PatentRecord): Comparison {
  const [left, right] = [readText(one), readText(other)]
  const [inLeft, inRight] = [new Set(left.shingles), new Set(right.shingles)]
  const shared = inLeft.intersection(inRight)
  const [markedLeft, markedRight] = [marked(left, shared), marked(right, shared)]
  return {
    shared: shared.size,
    sizes: [inLeft.size, inRight.size],
    similarity: resemblance(shared.size, inLeft.size, inRight.size),
    covered: [markedLeft.covered, markedRight.covered],
    texts: [markedLeft.parts, markedRight.parts],
  }
}

interface Part {
  readonly field: NearField
  readonly language: string
  readonly text: string
  readonly places: readonly number[]
  /** Where it begins among the characters that are compared. */
  readonly from: number
}

interface ReadText {
  readonly parts: readonly Part[]
  /** The shingle that begins at each character. */
  readonly shingles: readonly string[]
  readonly length: number
}

/** Titles, abstracts and claims in the order and the form in which the store has them (`searchFields`). */
function readText({ titles, abstracts, claims }: PatentRecord): ReadText {
  const fields: readonly (readonly [NearField, readonly (readonly [string, string])[]])[] = [
    ['title', Object.entries(titles)],
    ['abstract', Object.entries(abstracts)],
    ['claims', (claims?.texts ?? []).map((text) => [claims?.language ?? 'und', text] as const)],
  ]
  const characters: string[] = []
  const parts = fields.flatMap(([field, texts], at) => {
    if (at > 0) characters.push(' ')
    return texts.map(([language, text], index): Part => {
      if (index > 0) characters.push('\n')
      const from = characters.length
      const normal = normalisedWithPlaces(text)
      const places: number[] = []
      let unit = 0
      for (const character of normal.text) {
        characters.push(character)
        places.push(normal.places[unit] ?? 0)
        unit += character.length
      }
      return { field, language, text, places, from }
    })
  })
  const compared = characters.slice(0, COMPARED)
  const shingles = compared
    .slice(0, Math.max(0, compared.length - SHINGLE + 1))
    .map((_, at) => compared.slice(at, at + SHINGLE).join(''))
  return { parts, shingles, length: compared.length }
}

function marked({ parts, shingles, length }: ReadText, shared: ReadonlySet<string>) {
  const common = new Uint8Array(length)
  for (const [at, shingle] of shingles.entries()) if (shared.has(shingle)) common.fill(1, at, at + SHINGLE)
  const covered = length === 0 ? 0 : common.reduce((sum, one) => sum + one, 0) / length
  return { covered, parts: parts.map((part) => markedPart(part, common)) }
}

function markedPart({ field, language, text, places, from }: Part, common: Uint8Array): MarkedPart {
  const marks: [number, number][] = []
  for (const [at, place] of places.entries()) {
    if (common[from + at] !== 1) continue
    const end = place + ((text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1)
    const last = marks.at(-1)
    // Spaces that were taken out between two marked characters belong to the passage.
    if (last !== undefined && at > 0 && common[from + at - 1] === 1) last[1] = Math.max(last[1], end)
    else marks.push([place, end])
  }
  return { field, language, text, marks }
}

export const RELATIONS = ['family', 'double-filing', 'same-applicant', 'same-agency', 'separate'] as const
export type Relation = (typeof RELATIONS)[number]

/** What of a record says how it stands to another one. */
export type Filing = Pick<
  PatentRecord,
  | 'publicationNumber'
  | 'familyId'
  | 'family'
  | 'divisionOf'
  | 'applicationNumber'
  | 'filedOn'
  | 'right'
  | 'applicants'
  | 'agency'
>

/**
 * Why two filings may rightly say the same. A family files one invention in several places or divides it (Patent Law,
 * implementing rules, article 48); an applicant may file an invention and a utility model on one day (Patent Law, article 9(1)).
 */
export function relationOf(one: Filing, other: Filing): Relation {
  if (ofOneFamily(one, other)) return 'family'
  const sameApplicant = one.applicants.some(({ name }) => other.applicants.some((its) => its.name === name))
  const rights = new Set([one.right, other.right])
  const bothKinds = rights.has('invention') && rights.has('utility-model')
  if (sameApplicant && bothKinds && one.filedOn !== null && one.filedOn === other.filedOn)
    return 'double-filing'
  if (sameApplicant) return 'same-applicant'
  const [agency, its] = [one.agency?.name ?? null, other.agency?.name ?? null]
  return agency !== null && agency === its ? 'same-agency' : 'separate'
}

function ofOneFamily(one: Filing, other: Filing): boolean {
  return (
    (one.familyId !== null && one.familyId === other.familyId) ||
    one.family.includes(other.publicationNumber) ||
    other.family.includes(one.publicationNumber) ||
    (one.divisionOf !== null && [other.divisionOf, other.applicationNumber].includes(one.divisionOf)) ||
    (other.divisionOf !== null && other.divisionOf === one.applicationNumber)
  )
}

export interface NearPair {
  readonly one: string
  readonly other: string
  readonly shared: number
  readonly oneSize: number
  readonly otherSize: number
}

/** Whatever is joined by a pair, directly or through others, stands together: the largest first, each in the order of its numbers. */
export function clustersOf(pairs: readonly Pick<NearPair, 'one' | 'other'>[]): string[][] {
  const parents = new Map<string, string>()
  const rootOf = (number: string): string => {
    let root = number
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root))
      root = next
    // The way is shortened, so that long chains are not walked again and again.
    for (let at = number; at !== root;) {
      const next = parents.get(at) ?? root
      parents.set(at, root)
      at = next
    }
    return root
  }
  for (const { one, other } of pairs) {
    const [left, right] = [rootOf(one), rootOf(other)]
    parents.set(left, left)
    parents.set(right, left)
  }
  const together = Map.groupBy(parents.keys(), rootOf)
  return [...together.values()]
    .map((numbers) => numbers.toSorted())
    .toSorted((one, other) => other.length - one.length || ((one[0] ?? '') < (other[0] ?? '') ? -1 : 1))
}
