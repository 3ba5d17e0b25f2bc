import { createHash } from 'node:crypto'
import { canonicalJson, type CanonicalValue } from '../ledger/canonical.rules.ts'

/** One row as it is frozen. */
export interface FrozenRow {
  readonly recordId: string
  readonly label: string
  readonly occurredOn: string | null
  readonly partyId: string | null
  readonly amount: number | null
}

/**
 * The one text of a row: each field as its length in bytes, a colon and its text, or `-` where it is empty. Two different
 * rows have two different texts, and any language can write it.
 */
export function rowLine({ recordId, label, occurredOn, partyId, amount }: FrozenRow): string {
  return [recordId, label, occurredOn, partyId, amount]
    .map((field) => (field === null ? '-' : `${Buffer.byteLength(String(field))}:${field}`))
    .join('')
}

/** SHA-256 over the SHA-256 of every row's line, rows in the order of the bytes of their ids; in hexadecimal. */
export function partDigest(rows: readonly FrozenRow[]): string {
  const sorted = rows.toSorted((a, b) => Buffer.compare(Buffer.from(a.recordId), Buffer.from(b.recordId)))
  const whole = createHash('sha256')
  for (const row of sorted) whole.update(createHash('sha256').update(rowLine(row)).digest())
  return whole.digest('hex')
}

/** SHA-256 of the canonical JSON (RFC 8785) of a value; in hexadecimal. */
export function digestOf(value: CanonicalValue): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

export interface FigureFacts {
  readonly salt: string
  readonly code: string
  readonly definitionVersion: number
  readonly asOf: string
  readonly from: string
  readonly unit: string
  readonly value: number | null
  readonly parts: readonly {
    readonly part: string
    readonly kind: string
    readonly value: number | null
    readonly items: number
    readonly records: number
    readonly digest: string
  }[]
}

export function figureDigest(facts: FigureFacts): string {
  return digestOf({ ...facts, parts: facts.parts.map((part) => ({ ...part })) })
}

export function snapshotDigest(facts: {
  readonly asOf: string
  readonly zoneVersion: string
  readonly figures: readonly { readonly code: string; readonly digest: string }[]
}): string {
  return digestOf({ ...facts, figures: facts.figures.map(({ code, digest }) => ({ code, digest })) })
}
