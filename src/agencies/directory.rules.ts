import { pinyin } from 'pinyin-pro'
import type { Stage } from '../zone/place.rules.ts'

/** One agency as the directory of a day lists it. */
export interface DirectoryEntry {
  readonly code: string
  readonly name: string
  readonly nameEn: string | null
  readonly sortKey: string
  readonly classes: readonly string[]
  readonly carrier: string
  readonly stage: Stage | null
}

export interface DirectoryQuery {
  readonly q?: string | undefined
  readonly class?: string | undefined
  readonly carrier?: string | undefined
  readonly stage?: Stage | undefined
}

export type Facets = Readonly<Record<'class' | 'carrier' | 'stage', Readonly<Record<string, number>>>>

/** Pinyin of a name, so that 江 stands under J, between Jian and Jin; Latin and digits stay as they are. */
export function sortKeyOf(name: string): string {
  return pinyin(name.normalize('NFKC'), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join(' ')
    .toLowerCase()
}

/** The letter under which a name stands in the list; `#` for what begins with none. */
export function initialOf(sortKey: string): string {
  const first = sortKey.charAt(0).toUpperCase()
  return first >= 'A' && first <= 'Z' ? first : '#'
}

/** Plain order of code units, as the cursor compares: stable on every machine. */
export function inDirectoryOrder(one: Pick<DirectoryEntry, 'sortKey' | 'code'>, other: typeof one): number {
  if (one.sortKey !== other.sortKey) return one.sortKey < other.sortKey ? -1 : 1
  if (one.code === other.code) return 0
  return one.code < other.code ? -1 : 1
}

/**
 * Every word of the question must occur in the name (either language), the code, or the pinyin, whole or by initials.
 * Chinese is matched by substring, so two-character words are found wherever they stand.
 */
export function matches(
  entry: DirectoryEntry,
  { q, class: serviceClass, carrier, stage }: DirectoryQuery,
): boolean {
  return (
    (serviceClass === undefined || entry.classes.includes(serviceClass)) &&
    (carrier === undefined || entry.carrier === carrier) &&
    (stage === undefined || entry.stage === stage) &&
    (q === undefined || matchesText(entry, q))
  )
}

/** How many entries each choice of a facet would list, the other facets staying as they are chosen. */
export function facetsOf(entries: readonly DirectoryEntry[], query: DirectoryQuery): Facets {
  const tally = (facet: keyof Facets, valuesOf: (entry: DirectoryEntry) => readonly (string | null)[]) => {
    const counts: Record<string, number> = {}
    for (const entry of entries) {
      if (!matches(entry, { ...query, [facet]: undefined })) continue
      for (const value of valuesOf(entry)) if (value !== null) counts[value] = (counts[value] ?? 0) + 1
    }
    return counts
  }
  return {
    class: tally('class', ({ classes }) => classes),
    carrier: tally('carrier', ({ carrier }) => [carrier]),
    stage: tally('stage', ({ stage }) => [stage]),
  }
}

function matchesText({ name, nameEn, code, sortKey }: DirectoryEntry, q: string): boolean {
  const initials = sortKey
    .split(' ')
    .map((syllable) => syllable.charAt(0))
    .join('')
  const places = [name, nameEn ?? '', code, sortKey.replaceAll(' ', ''), initials].map(fold)
  return fold(q)
    .split(/\s+/u)
    .every((word) => places.some((place) => place.includes(word)))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

/** Where a page ended. Names are not unique, so the code goes with the name's key. */
export type Place = Pick<DirectoryEntry, 'sortKey' | 'code'>

export function cursorOf({ sortKey, code }: Place): string {
  return Buffer.from(JSON.stringify([sortKey, code])).toString('base64url')
}

/** Undefined for a text that no page ever gave out. */
export function placeOf(cursor: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [sortKey, code] = place
    return typeof sortKey === 'string' && typeof code === 'string' ? { sortKey, code } : undefined
  } catch {
    return undefined
  }
}
