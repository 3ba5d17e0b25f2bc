import { BrokenInvariant } from '#platform/errors.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import type { Indicator, Span, Words } from './declare.ts'
import { isCounted, termsOf } from './figure.ts'
import { breakPart, type CellCount } from './part.store.ts'
import type { Reading } from './reading.store.ts'
import { asTable, suppress, type Cell, type Earlier, type PublishedTable } from './suppression.rules.ts'

/** Names the dimensions of an indicator's one table. A second table over the same records could be laid beside it. */
export interface Grid {
  readonly rows: string
  readonly columns: string | undefined
}

/** A table as counted: cells with totals in the last row and column. */
export interface CountedTable {
  readonly grid: Grid
  readonly rowCodes: readonly string[]
  readonly columnCodes: readonly string[]
  readonly cells: readonly (readonly Cell[])[]
}

/** The first two dimensions make the table; every cross and margin that is published comes from it. */
export function gridOf(indicator: Indicator): Grid | undefined {
  const [rows, columns] = Object.keys(indicator.dimensions ?? {})
  return rows === undefined ? undefined : { rows, columns }
}

export async function countTable(
  reading: Reading,
  indicator: Indicator,
  grid: Grid,
  span: Span,
): Promise<CountedTable> {
  const part =
    indicator.kind === 'growth'
      ? indicator.part
      : indicator.kind === 'ratio'
        ? indicator.numerator
        : indicator
  if (!isCounted(part))
    throw new BrokenInvariant(`indicator ${indicator.code} has dimensions and nothing to break down`)
  const counts = await breakPart(
    reading,
    part,
    span,
    grid.columns === undefined ? [grid.rows] : [grid.rows, grid.columns],
  )
  const rowCodes = codesOf(
    indicator,
    grid.rows,
    span.zone,
    counts.map(({ row }) => row),
  )
  const columnCodes =
    grid.columns === undefined
      ? []
      : codesOf(
          indicator,
          grid.columns,
          span.zone,
          counts.map(({ column }) => column),
        )
  return { grid, rowCodes, columnCodes, cells: arrange(counts, rowCodes, columnCodes) }
}

/** Declared values first and in their order, even where nothing was counted: an empty cell is a finding too. */
function codesOf(
  indicator: Indicator,
  dimension: string,
  zone: ZoneProfile,
  found: readonly (string | null)[],
): string[] {
  const declared = Object.keys(indicator.dimensions?.[dimension]?.values(zone) ?? {})
  const others = new Set(found.filter((code): code is string => code !== null && !declared.includes(code)))
  const unknown = others.delete('')
  return [...declared, ...[...others].sort(), ...(unknown ? [''] : [])]
}

function arrange(
  counts: readonly CellCount[],
  rowCodes: readonly string[],
  columnCodes: readonly string[],
): Cell[][] {
  const byPlace = new Map(counts.map((cell) => [JSON.stringify([cell.row, cell.column]), cell]))
  const cellAt = (row: string | null, column: string | null): Cell => {
    const cell = byPlace.get(JSON.stringify([row, column]))
    return {
      value: cell?.value ?? 0,
      contributors: cell?.contributors ?? 0,
      largestTwo: cell?.largestTwo ?? 0,
    }
  }
  const lines = [...rowCodes, null]
  if (columnCodes.length === 0) return lines.map((row) => [cellAt(row, null)])
  return lines.map((row) => [...columnCodes, null].map((column) => cellAt(row, column)))
}

/** For readers who may see the records: nothing is hidden from them. */
export function openTable({ cells }: CountedTable): PublishedTable {
  return cells.map((row) => row.map(({ value }) => ({ shown: 'shown', value })))
}

/** The table as it may be published; undefined when nothing protects its small cells. */
export function coveredTable(
  table: CountedTable,
  indicator: Indicator,
  zone: ZoneProfile,
  earlier?: PublishedEarlier,
): PublishedTable | undefined {
  const part =
    indicator.kind === 'growth'
      ? indicator.part
      : indicator.kind === 'ratio'
        ? indicator.numerator
        : indicator
  const measure = part.kind === 'sum' ? 'sum' : 'count'
  const comparable = earlier !== undefined && sameCodes(table, earlier) ? earlierOf(earlier) : undefined
  const covered = suppress(upright(table.cells), measure, termsOf(zone), comparable)
  return table.columnCodes.length > 0 ? covered : covered?.[0]?.map((cell) => [cell])
}

/** The last publication of the same table, kept with the snapshot. */
export interface PublishedEarlier {
  readonly rowCodes: readonly string[]
  readonly columnCodes: readonly string[]
  readonly published: PublishedTable
  readonly values: readonly (readonly number[])[]
}

function sameCodes(table: CountedTable, earlier: PublishedEarlier): boolean {
  return (
    JSON.stringify([table.rowCodes, table.columnCodes]) ===
    JSON.stringify([earlier.rowCodes, earlier.columnCodes])
  )
}

function earlierOf({ published, values }: PublishedEarlier): Earlier {
  const table = published.every((row) => row.length === 1) ? [published.flat(), published.flat()] : published
  const numbers = values.every((row) => row.length === 1) ? [values.flat(), values.flat()] : values
  return { table, values: numbers }
}

/** One dimension stands as a column; the rule wants it lying, with its totals. */
function upright(cells: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  if (!cells.every((row) => row.length === 1)) return cells
  const list = cells.flat()
  const total = list.at(-1)
  return total === undefined ? cells : asTable(list.slice(0, -1), total)
}

export function namesOf(
  indicator: Indicator,
  dimension: string,
  codes: readonly string[],
  zone: ZoneProfile,
) {
  const declared = indicator.dimensions?.[dimension]
  const words = declared?.values(zone) ?? {}
  return {
    code: dimension,
    names: declared?.name ?? { zh: dimension, en: dimension },
    values: codes.map((code) => ({ code, names: words[code] ?? unnamed(code) })),
  }
}

function unnamed(code: string): Words {
  return code === '' ? { zh: '未知', en: 'Not known' } : { zh: code, en: code }
}
