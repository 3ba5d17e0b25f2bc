/** Why a document was found: the fields and the passages that answer each part of the query. Pure. */
import type { DaySpan } from './span.rules.ts'
import type { PatentRecord } from './record.rules.ts'
import { isHan, normalised, normalisedWithPlaces, type Piece } from './text.rules.ts'

export const WHY_FIELDS = [
  'title',
  'abstract',
  'claims',
  'applicants',
  'owners',
  'inventors',
  'agency',
  'attorneys',
  'number',
  'ipc',
  'cpc',
  'filedOn',
  'publishedOn',
  'grantedOn',
  'legalStatus',
  'right',
  'office',
  'other',
] as const
export type WhyField = (typeof WHY_FIELDS)[number]

export interface Passage {
  readonly field: WhyField
  readonly language: string | null
  /** As it stands in the record; `…` where something was left out. */
  readonly text: string
  /** What matched, as places in `text`: from, and behind the last. */
  readonly marks: readonly (readonly [number, number])[]
}

/** One part of a query, with what it asks of which fields. */
export type Wanted =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[]; readonly fields: readonly WhyField[] }
  | { readonly kind: 'begins'; readonly start: string; readonly fields: readonly WhyField[] }
  | { readonly kind: 'days'; readonly field: WhyField; readonly span: DaySpan }

interface Part {
  readonly field: WhyField
  readonly language: string | null
  readonly text: string
}

const each = (field: WhyField, texts: Readonly<Record<string, string>>): Part[] =>
  Object.entries(texts).map(([language, text]) => ({ field, language, text }))
const list = (field: WhyField, values: readonly (string | null | undefined)[]): Part[] =>
  values.flatMap((text) =>
    text === null || text === undefined || text === '' ? [] : [{ field, language: null, text }],
  )

export function partsOf(record: PatentRecord): Part[] {
  const { titles, abstracts, claims, applicants, owners, inventors, agency, attorneys } = record
  return [
    ...each('title', titles),
    ...each('abstract', abstracts),
    ...(claims?.texts ?? []).map((text) => ({
      field: 'claims' as const,
      language: claims?.language ?? null,
      text,
    })),
    ...list(
      'applicants',
      applicants.map(({ name }) => name),
    ),
    ...list(
      'owners',
      owners.map(({ name }) => name),
    ),
    ...list('inventors', inventors),
    ...list('agency', [agency?.name, agency?.code]),
    ...list('attorneys', attorneys),
    ...list('number', [record.publicationNumber, record.applicationNumber]),
    ...list('ipc', [...new Set([record.mainIpc, ...record.ipc])]),
    ...list('cpc', record.cpc),
    ...list('legalStatus', [record.legalStatus]),
    ...list('right', [record.right]),
    ...list('office', [record.office]),
  ]
}

const MOST_PASSAGES = 6
const AROUND = 28
const LONGEST = 120

/** The passages of a record that answer a query; the title first, each field at most twice. */
export function whyFound(record: PatentRecord, wanted: readonly Wanted[]): Passage[] {
  const passages = partsOf(record).flatMap((part) => {
    const marks = marksIn(part, wanted)
    return marks.length === 0 ? [] : [excerpt(part, marks)]
  })
  const days = wanted.flatMap((one) => dayPassage(record, one))
  const taken = new Map<WhyField, number>()
  return [...passages, ...days]
    .filter(({ field }) => {
      const before = taken.get(field) ?? 0
      taken.set(field, before + 1)
      return before < 2
    })
    .slice(0, MOST_PASSAGES)
}

function marksIn({ field, text }: Part, wanted: readonly Wanted[]): [number, number][] {
  const asked = wanted.filter((one) => one.kind !== 'days' && one.fields.includes(field))
  if (asked.length === 0) return []
  const form = normalised(text)
  const spans = asked.flatMap((one) => spansIn(form, one))
  if (spans.length === 0 || form === text) return merged(spans)
  const { places } = normalisedWithPlaces(text)
  return merged(spans.map(([from, to]) => [places[from] ?? 0, endOf(text, places, to)]))
}

function spansIn(form: string, wanted: Wanted): [number, number][] {
  if (wanted.kind === 'days') return []
  if (wanted.kind === 'begins') return beginnings(form, wanted.start)
  return wanted.pieces.flatMap((piece) => occurrences(form, piece.text))
}

/** Behind the original character of the last matched unit. */
function endOf(text: string, places: readonly number[], to: number): number {
  const last = places[to - 1] ?? 0
  return last + (String.fromCodePoint(text.codePointAt(last) ?? 0).length || 1)
}

function occurrences(text: string, piece: string): [number, number][] {
  const spans: [number, number][] = []
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + piece.length)) {
    const to = at + piece.length
    if (!splitsWord(text, at) && !splitsWord(text, to)) spans.push([at, to])
    if (spans.length > 50) break
  }
  return spans
}

/** A match of letters is a whole word: `ion` is not found in `station`. */
function splitsWord(text: string, at: number): boolean {
  const [before, after] = [text[at - 1], text[at]]
  if (before === undefined || after === undefined) return false
  return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after) && !isHan(before) && !isHan(after)
}

function beginnings(text: string, start: string): [number, number][] {
  const wanted = normalised(start)
  const spans: [number, number][] = []
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1))
    if (!splitsWord(text, at)) spans.push([at, at + wanted.length])
  return spans
}

function merged(spans: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}

/** The stretch with the most matches, with a little around it. */
function excerpt({ field, language, text }: Part, marks: readonly [number, number][]): Passage {
  if (text.length <= LONGEST) return { field, language, text, marks }
  const best = marks.reduce<{ at: number; count: number }>(
    (found, [from]) => {
      const count = marks.filter(([other, to]) => other >= from && to <= from + LONGEST - AROUND).length
      return count > found.count ? { at: from, count } : found
    },
    { at: marks[0]?.[0] ?? 0, count: 0 },
  )
  const start = Math.max(0, best.at - AROUND)
  const end = Math.min(text.length, start + LONGEST)
  const [lead, trail] = [start > 0 ? '…' : '', end < text.length ? '…' : '']
  const shift = lead.length - start
  return {
    field,
    language,
    text: `${lead}${text.slice(start, end)}${trail}`,
    marks: marks
      .filter(([from, to]) => from >= start && to <= end)
      .map(([from, to]) => [from + shift, to + shift]),
  }
}

function dayPassage(record: PatentRecord, wanted: Wanted): Passage[] {
  if (wanted.kind !== 'days') return []
  const { field } = wanted
  const day =
    field === 'filedOn' ? record.filedOn : field === 'publishedOn' ? record.publishedOn : record.grantedOn
  return day === null ? [] : [{ field, language: null, text: day, marks: [[0, day.length]] }]
}
