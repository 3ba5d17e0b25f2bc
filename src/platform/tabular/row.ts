import type { Place } from './finding.ts'

/** Why a physical row is no row of data. Each such row is counted and refused by name, never skipped. */
export type RowTrouble =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'empty-row'
  | 'repeated-header'
  | 'unreadable-bytes'
  | 'quote-not-closed'
  | 'row-too-long'
  | 'not-json'

/** A row as it stands in the file, before anyone knows what its cells mean. */
export interface RawRow {
  readonly place: Place
  readonly cells: readonly string[]
  readonly trouble?: RowTrouble
  /** The record itself, where the file is JSON. */
  readonly value?: unknown
}

/** A row with its cells by column name. */
export interface TableRow {
  readonly place: Place
  readonly cells: Readonly<Record<string, string>>
  readonly trouble?: RowTrouble
  readonly value?: unknown
}
