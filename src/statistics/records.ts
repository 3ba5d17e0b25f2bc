import type { z } from 'zod'
import type { RecordRow } from './figures.contract.ts'
import { readCursor, writeCursor } from './cursor.rules.ts'
import type { Part } from './declare.ts'
import type { CountedNamedPart } from './figure.ts'
import { listPart, type RecordItem } from './part.store.ts'
import type { Reading } from './reading.store.ts'

type Row = z.infer<typeof RecordRow>

export interface Page {
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface RowsPage {
  readonly items: Row[]
  readonly next: string | null
}

const blank = {
  id: null,
  label: null,
  occurredOn: null,
  partyId: null,
  amount: null,
  records: null,
  page: null,
  masked: true,
}

/**
 * Rows for a reader who may know how many there are and nothing about any one of them. Even a day or a cluster beside
 * a row would let the reader count cells that the published tables hide.
 */
export function maskedRows(total: number, recordKind: string, { cursor, limit }: Page): RowsPage | undefined {
  const from = cursor === undefined ? { skip: 0 } : readCursor(cursor)
  if (from === undefined || !('skip' in from)) return undefined
  const count = Math.max(0, Math.min(limit, total - from.skip))
  const items = Array.from({ length: count }, (_, index) => ({
    ...blank,
    position: from.skip + index + 1,
    recordKind,
  }))
  return { items, next: from.skip + count < total ? writeCursor({ skip: from.skip + count }) : null }
}

interface Place {
  readonly after: string
  /** Rows before it, so that positions go on where the last page ended. */
  readonly before: number
}

/** A keyset cursor with the position reached. */
function placeOf(cursor: string): Place | undefined {
  const place = readCursor(cursor)
  if (place === undefined || !('after' in place)) return undefined
  const at = place.after.indexOf(':')
  const before = Number(place.after.slice(0, at))
  return at > 0 && Number.isSafeInteger(before) && before >= 0
    ? { after: place.after.slice(at + 1), before }
    : undefined
}

/** One page of rows with names; undefined when the cursor is none of ours. */
export async function namedRows(
  fetch: (page: { after: string | undefined; limit: number }) => Promise<readonly RecordItem[]>,
  kind: { readonly recordKind: string; readonly recordPage?: ((id: string) => string) | undefined },
  { cursor, limit }: Page,
): Promise<RowsPage | undefined> {
  const place = cursor === undefined ? { after: undefined, before: 0 } : placeOf(cursor)
  if (place === undefined) return undefined
  const found = await fetch({ after: place.after, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const items = shown.map((item, index) => ({
    ...item,
    position: place.before + index + 1,
    recordKind: kind.recordKind,
    page: kind.recordPage?.(item.id) ?? null,
    masked: false,
  }))
  const last = shown.at(-1)
  const more = found.length > limit && last !== undefined
  return { items, next: more ? writeCursor({ after: `${place.before + shown.length}:${last.id}` }) : null }
}

/** A figure from elsewhere opens to one row: its source. */
function statedRow({ stated }: CountedNamedPart): RowsPage {
  if (stated === undefined) return { items: [], next: null }
  const label = `${stated.definition.zh}(${stated.period},${stated.source.zh})`
  const row = {
    ...blank,
    position: 1,
    recordKind: 'reference-figure',
    label,
    amount: stated.value,
    records: 1,
    masked: false,
  }
  return { items: [row], next: null }
}

export function listRecords(
  reading: Reading,
  named: CountedNamedPart,
  sees: boolean,
  page: Page,
): Promise<RowsPage | undefined> {
  const { part, span, count } = named
  if (part.kind === 'stated') return Promise.resolve(statedRow(named))
  if (!sees) return Promise.resolve(maskedRows(count.items, kindOfRow(part), page))
  // Where parties count once, a row is a party; the room's page shows records.
  const recordPage = part.kind === 'countDistinct' ? undefined : part.recordPage
  return namedRows(
    (range) => listPart(reading, part, span, range),
    { recordKind: kindOfRow(part), recordPage },
    page,
  )
}

export function kindOfRow(part: Part): string {
  if (part.kind === 'stated') return 'reference-figure'
  return part.kind === 'countDistinct' ? 'party' : part.recordKind
}
