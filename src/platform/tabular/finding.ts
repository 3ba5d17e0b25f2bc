/** Where in a file something stands. Lines and sheet rows count from 1, as editors and spreadsheets show them. */
export interface Place {
  readonly line: number
  readonly sheet?: string
}

/** What was noticed about a file beyond the fate of its rows. Findings never stand in for a row: each row is also accounted for. */
export type FindingCode =
  | 'encoding'
  | 'byte-order-mark'
  | 'bare-carriage-return'
  | 'mixed-line-ends'
  | 'delimiter'
  | 'unreadable-bytes'
  | 'too-few-cells'
  | 'too-many-cells'
  | 'repeated-header'
  | 'empty-row'
  | 'blank-line'
  | 'excel-number'
  | 'formula'
  | 'error-value'
  | 'duplicate-row'
  | 'trailing-separator'
  | 'wrong-declared-range'
  | 'merged-cells'
  | 'lines-above-header'
  | 'sheet-not-recognised'
  | 'not-read-beyond'

/** Rooms find things of their own in the files that they take, under codes of their own. */
export interface Finding<Code = FindingCode> {
  readonly code: Code
  readonly count: number
  /** The first places; `count` says how many there are in all. */
  readonly places: readonly Place[]
  readonly detail?: Readonly<Record<string, string | number>>
}

const PLACES_KEPT = 20

interface Gathered<Code> extends Finding<Code> {
  count: number
  readonly places: Place[]
}

/** Gathers findings while a file is read, in bounded memory however often one of them occurs. */
export class Findings<Code extends string = FindingCode> {
  #found = new Map<string, Gathered<Code>>()

  /** Findings of one code stay apart when `detail` differs: an encoding, a column. */
  note(code: Code, place?: Place, detail?: Record<string, string | number>): void {
    const key = keyOf({ code, detail })
    const known = this.#found.get(key) ?? {
      code,
      count: 0,
      places: [],
      ...(detail === undefined ? {} : { detail }),
    }
    known.count += 1
    if (place !== undefined && known.places.length < PLACES_KEPT) known.places.push(place)
    this.#found.set(key, known)
  }

  /** Takes over what was found elsewhere in the same file. */
  add(found: readonly Finding<Code>[]): void {
    for (const finding of found) this.#found.set(keyOf(finding), { ...finding, places: [...finding.places] })
  }

  list(): Finding<Code>[] {
    return [...this.#found.values()]
  }
}

function keyOf({
  code,
  detail,
}: {
  readonly code: string
  readonly detail?: Finding['detail'] | undefined
}): string {
  return detail === undefined ? code : `${code} ${JSON.stringify(detail)}`
}

export type UnreadableReason =
  | 'empty-file'
  | 'too-large'
  | 'binary'
  | 'other-format'
  | 'archive-expands-too-far'
  | 'damaged'
  | 'encrypted'
  | 'not-json'
  | 'header-not-recognised'
  | 'holds-no-patents'

/** The whole file cannot be taken; nothing of it was. `detail` says what was seen instead. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
  readonly reason: UnreadableReason
  readonly detail: Readonly<Record<string, string | number>>

  constructor(
    reason: UnreadableReason,
    detail: Record<string, string | number> = {},
    options?: ErrorOptions,
  ) {
    super(`${reason} ${JSON.stringify(detail)}`, options)
    this.reason = reason
    this.detail = detail
  }
}
