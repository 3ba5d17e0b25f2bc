import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import type { RefusedField, Words } from '#platform/import-report.ts'
import type { TableRow } from '#platform/tabular/row.ts'
import type { Seal } from '../ledger/public.ts'
import type { Reasons } from './reasons.ts'

/** What was learnt of the file before its rows are read. */
interface ImportedFile {
  readonly name: string
  readonly sha256: string
  /** Undefined for JSON; otherwise the header, as soon as it has been found. */
  readonly header: () => readonly string[] | undefined
  /** The JSON document around the records, when the file is one. */
  readonly document?: unknown
}

export type Read<Item> = { readonly record: Item } | { readonly refused: RefusedField }

/** A record with the place it was read from. */
export interface Placed<Item> {
  readonly line: number
  readonly record: Item
}

export type RowOutcome =
  | {
      readonly outcome: 'accepted' | 'updated' | 'unchanged'
      /** Whether the row was joined to a record that was there before; a string names what found nothing to join. */
      readonly matched?: true | { readonly unmatched: string }
      /** Rows of the database that this row of the file wrote, for the ledger. */
      readonly seals?: readonly Seal[]
    }
  | { readonly refused: RefusedField }

/** What a record says, about what. Two rows of one file that say different things of one subject cannot both be taken. */
export interface Claim {
  readonly subject: string
  readonly says: Readonly<Record<string, unknown>>
}

/** One run over one file: `read` sees the rows in their order, `apply` writes a batch of them in one transaction. */
export interface Reading<Item> {
  readonly read: (row: TableRow) => Read<Item>
  readonly claim: (record: Item) => Claim
  /** How the file itself calls a field of ours, so that a refusal names a column that can be found in it. */
  readonly columnOf?: (row: TableRow, field: string) => string
  /** One outcome for each record, in the same order. Applying the same records again must leave everything unchanged. */
  readonly apply: (tx: Tx, context: Context, batch: readonly Placed<Item>[]) => Promise<readonly RowOutcome[]>
}

export interface Importer<Item = unknown> {
  /** As it is asked for on the command line and in the path of the operation. */
  readonly kind: string
  readonly title: Words
  /** The columns or members that a file of this kind must have, for people. */
  readonly columns: readonly string[]
  readonly recognise: (header: readonly string[]) => boolean
  /** The member that holds the records of a JSON document. */
  readonly recordsAt?: string
  readonly reasons?: Reasons
  /** Whether its rows are joined to records that were there before, so that the report counts those that were. */
  readonly joins?: boolean
  readonly open: (file: ImportedFile) => Reading<Item>
}

/** An importer as the registry holds it: what its records are is nobody else's business. */
export type AnyImporter = Importer<never>

/**
 * Declares a kind of file that a room takes. The registry is assembled in `src/imports.ts`; this room never imports the
 * rooms that declare.
 */
export function defineImport<Item>(importer: Importer<Item>): AnyImporter {
  return importer as unknown as AnyImporter
}

/** The values of a row under whichever of several names the file uses for a field. */
export function columnReader<Field extends string>(names: Readonly<Record<Field, readonly string[]>>) {
  const fields = Object.entries(names) as [Field, readonly string[]][]
  const known = new Map(
    fields.flatMap(([field, aliases]) => aliases.map((alias) => [plain(alias), field] as const)),
  )
  return {
    /** Whether every one of these fields is a column. */
    has: (header: readonly string[], ...wanted: readonly Field[]) => {
      const found = new Set(header.map((name) => known.get(plain(name))))
      return wanted.every((field) => found.has(field))
    },
    columnOf: ({ cells }: TableRow, field: string): string =>
      Object.keys(cells).find((name) => known.get(plain(name)) === field) ?? field,
    read: ({ cells }: TableRow): Partial<Record<Field, string>> => {
      const values: Partial<Record<Field, string>> = {}
      for (const [name, value] of Object.entries(cells)) {
        const field = known.get(plain(name))
        if (field !== undefined && value !== '' && values[field] === undefined) values[field] = value
      }
      return values
    },
  }
}

/** Column names are compared without case, width, spaces, underscores and hyphens. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s_-]+/g, '')
    .toLowerCase()
}
