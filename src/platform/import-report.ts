import type { Finding, Place } from './tabular/finding.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export type RefusalDetail = Readonly<Record<string, string | number>>

/** One row that was not taken: where it stands, which field is at fault, what it said, and why that cannot stand. */
export interface Refusal {
  readonly line: number
  /** The sheet of a workbook. */
  readonly sheet: string | null
  /** Null when the row as a whole is at fault. */
  readonly field: string | null
  readonly value: string | null
  readonly reason: string
  readonly detail: RefusalDetail | null
}

interface ImportCounts {
  readonly rows: number
  readonly accepted: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
}

/** What became of a file. Every physical row is in exactly one of the four counts. */
export interface ImportReport extends ImportCounts {
  /** Rows joined to a record that was there before; null where the kind joins nothing. */
  readonly matched: number | null
  /** Rows of a joining kind that found nothing to join, by what they would have been joined by. */
  readonly unmatched: readonly string[]
  readonly refusals: readonly Refusal[]
  readonly findings: readonly Finding[]
}

export interface RefusedField {
  readonly field?: string
  readonly value?: string
  readonly reason: string
  readonly detail?: RefusalDetail
}

const VALUE_SHOWN = 200
const UNMATCHED_KEPT = 1000

/** Counts rows as they are dealt with; the sum of the four counts is the number of rows because it is computed so. */
export class ReportBuilder {
  #counts = { accepted: 0, updated: 0, unchanged: 0 }
  #matched: number | null
  #unmatched: string[] = []
  #refusals: Refusal[] = []

  constructor({ joins = false }: { readonly joins?: boolean } = {}) {
    this.#matched = joins ? 0 : null
  }

  get rows(): number {
    const { accepted, updated, unchanged } = this.#counts
    return accepted + updated + unchanged + this.#refusals.length
  }

  count(outcome: 'accepted' | 'updated' | 'unchanged'): void {
    this.#counts[outcome] += 1
  }

  matched(): void {
    this.#matched = (this.#matched ?? 0) + 1
  }

  unmatched(key: string): void {
    this.#matched ??= 0
    if (this.#unmatched.length < UNMATCHED_KEPT) this.#unmatched.push(key)
  }

  refuse({ line, sheet }: Place, { field, value, reason, detail }: RefusedField): void {
    this.#refusals.push({
      line,
      sheet: sheet ?? null,
      field: field ?? null,
      value: value === undefined ? null : shown(value),
      reason,
      detail: detail ?? null,
    })
  }

  report(findings: readonly Finding[]): ImportReport {
    return {
      rows: this.rows,
      ...this.#counts,
      refused: this.#refusals.length,
      matched: this.#matched,
      unmatched: this.#unmatched,
      // Rows of a batch are dealt with together, those that are no data before them.
      refusals: this.#refusals.toSorted(
        (a, b) => (a.sheet ?? '').localeCompare(b.sheet ?? '') || a.line - b.line,
      ),
      findings,
    }
  }
}

/** Long enough to find the cell again, and without the NUL that no text column can hold. */
function shown(value: string): string {
  const plain = value.replaceAll('\0', '\uFFFD')
  return plain.length > VALUE_SHOWN ? `${plain.slice(0, VALUE_SHOWN - 1)}…` : plain
}
