import type { RefusedField } from '#platform/import-report.ts'
import {
  type Finding,
  type FindingCode,
  type Findings,
  type Place,
  UnreadableFile,
} from '#platform/tabular/finding.ts'
import { MAX_WHOLE_BYTES, type Source } from '#platform/tabular/source.ts'
import type { Encoding, Survey } from '#platform/tabular/survey.ts'
import type { Mapping, MappingWarning, SampleRow } from './mapping.rules.ts'
import type { PatentDraft } from './record.rules.ts'
import type { RowNote } from './sheet-row.rules.ts'

/** What was noticed in a file of patents, beside what is noticed in any table. */
export type PatentFindingCode =
  | FindingCode
  | RowNote
  | MappingWarning['code']
  | 'repeated-number'
  | 'another-header'
  | 'file-not-read'
export type PatentFinding = Finding<PatentFindingCode>

/** One physical row, element or object of the file: the records in it, or why there is none. Each is accounted for. */
export interface ReadRow {
  readonly place: Place
  readonly drafts?: readonly PatentDraft[]
  readonly refused?: RefusedField
}

/** A table of the file, with how its columns are read. */
export interface ReadSheet {
  /** Null where the file is one table. */
  readonly sheet: string | null
  /** The same for every file with these columns, so that a mapping can be kept for the next one. */
  readonly signature: string
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly origin: 'proposed' | 'kept' | 'given'
  readonly warnings: readonly MappingWarning[]
  readonly sample: readonly SampleRow[]
}

/** How a table of this signature is to be read, where that has been decided. */
export type KnownMapping = (
  signature: string,
) => { readonly mapping: Mapping; readonly origin: 'kept' | 'given' } | undefined

/** What the readers of all formats are given. */
export interface Reading {
  readonly source: Source
  readonly seen: Survey
  readonly encoding: Encoding
  readonly findings: Findings<PatentFindingCode>
  readonly sheets: ReadSheet[]
  readonly known: KnownMapping
  /** Says how many rows there are, as soon as a reader knows. */
  readonly expect: (rows: number) => void
}

/** The whole of a file that cannot be read piece by piece. */
export function wholeOf(source: Source): Promise<Uint8Array> {
  if (source.size > MAX_WHOLE_BYTES)
    throw new UnreadableFile('too-large', { bytes: source.size, most: MAX_WHOLE_BYTES })
  return source.whole()
}
