import { createHash } from 'node:crypto'
import { readTable } from '#platform/tabular/table.ts'
import type { TableRow } from '#platform/tabular/row.ts'
import { orderOfDays, type DayOrder } from './days.rules.ts'
import { fieldOf, type FieldName, plainHeading } from './fields.rules.ts'
import {
  isAnotherHeader,
  isPatentHeader,
  type Mapping,
  proposeMapping,
  type SampleRow,
} from './mapping.rules.ts'
import type { ReadRow, Reading, ReadSheet } from './read-row.ts'
import { Cells, columnsOf, draftOfRow, type RowNote } from './sheet-row.rules.ts'

/** So many rows are looked at before a mapping is proposed for them and all that follow. */
const SAMPLE = 500

/** The columns of a table, whatever it is called and however its headings are written. */
export function signatureOf(columns: readonly string[]): string {
  return createHash('sha256').update(columns.map(plainHeading).join('\u001f')).digest('hex').slice(0, 32)
}

/** The rows of the tables of a file, each under the mapping of its own header. */
export async function* tableRows(reading: Reading): AsyncGenerator<ReadRow> {
  const table = await readTable(reading.source, { recognise: isPatentHeader, surveyed: reading.seen })
  if (table.rowsInAll !== undefined) reading.expect(table.rowsInAll)
  yield* mappedRows(reading, table.rows)
  reading.findings.add(table.findings())
}

/** Rows with cells by column name, read under a mapping that is proposed from the first of them. */
export async function* mappedRows(reading: Reading, rows: AsyncIterable<TableRow>): AsyncGenerator<ReadRow> {
  let waiting: TableRow[] = []
  let sheet: SheetReader | undefined
  let current: string | undefined
  const release = function* (): Generator<ReadRow> {
    sheet ??= new SheetReader(reading, waiting)
    for (const row of waiting) yield sheet.read(row)
    waiting = []
  }
  for await (const row of rows) {
    const name = row.place.sheet ?? ''
    if (current !== undefined && name !== current) {
      if (waiting.length > 0) yield* release()
      sheet = undefined
    }
    current = name
    if (sheet !== undefined) yield sheet.read(row)
    else if (waiting.push(row) >= SAMPLE) yield* release()
  }
  if (waiting.length > 0) yield* release()
}

class SheetReader {
  readonly #reading: Reading
  readonly #columns: ReadonlyMap<FieldName, string>
  readonly #mapping: Mapping
  readonly #orders: Readonly<Record<string, DayOrder>>

  constructor(reading: Reading, rows: readonly TableRow[]) {
    const sample = rows.filter(({ trouble }) => trouble === undefined).map(({ cells }) => cells)
    const sheet = sheetOf(reading, rows[0]?.place.sheet ?? null, columnsIn(rows), sample)
    reading.sheets.push(sheet)
    for (const { code, columns } of sheet.warnings)
      reading.findings.note(code, undefined, {
        column: columns.join('、'),
        ...(sheet.sheet !== null && { sheet: sheet.sheet }),
      })
    this.#reading = reading
    this.#mapping = sheet.mapping
    this.#columns = columnsOf(sheet.mapping)
    this.#orders = ordersOf(sheet.mapping, sample)
  }

  read({ place, cells, trouble }: TableRow): ReadRow {
    if (trouble !== undefined)
      return { place, refused: { reason: trouble, value: Object.values(cells).join(',') } }
    if (isAnotherHeader(cells)) {
      this.#reading.findings.note('another-header', place)
      return { place, refused: { reason: 'another-header', value: Object.values(cells).join(',') } }
    }
    const note = (code: RowNote, field: FieldName) =>
      this.#reading.findings.note(code, place, { column: this.#columns.get(field) ?? fieldOf(field).zh })
    const drafted = draftOfRow(
      new Cells(cells, this.#columns, { mapping: this.#mapping, orders: this.#orders, note }),
    )
    return { place, ...drafted }
  }
}

const columnsIn = (rows: readonly TableRow[]) => [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))]

function sheetOf(
  reading: Reading,
  sheet: string | null,
  columns: readonly string[],
  sample: readonly SampleRow[],
): ReadSheet {
  const signature = signatureOf(columns)
  const proposal = proposeMapping(columns, sample)
  const known = reading.known(signature)
  const facts = { sheet, signature, columns, sample: sample.slice(0, 5) }
  if (known === undefined) return { ...facts, ...proposal, origin: 'proposed' }
  // A kept mapping may know fewer columns than the file has; those are left unread, as they were.
  const mapping = Object.fromEntries(columns.map((column) => [column, known.mapping[column] ?? null]))
  return { ...facts, mapping, origin: known.origin, warnings: [] }
}

function ordersOf(mapping: Mapping, sample: readonly SampleRow[]): Record<string, DayOrder> {
  const orders: Record<string, DayOrder> = {}
  const days = Object.entries(mapping).filter(
    ([, field]) => field !== null && fieldOf(field).holds?.includes('day'),
  )
  const decided = days.flatMap(([column]) => {
    const found = orderOfDays(sample.map((row) => row[column] ?? ''))
    return found === undefined ? [] : [{ column, ...found }]
  })
  // A file is written in one order: a column that does not tell follows one that does.
  const sure = decided.find(({ certain }) => certain)
  for (const { column, order, certain } of decided) orders[column] = certain ? order : (sure?.order ?? order)
  return orders
}
