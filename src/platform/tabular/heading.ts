import { createHash } from 'node:crypto'
import { type Findings, type Place, UnreadableFile } from './finding.ts'
import type { RawRow, RowTrouble, TableRow } from './row.ts'

/** Says whether these names are the header of a file it takes. */
export type Recognise = (names: readonly string[]) => boolean

/** Titles, dates and notes may stand above a header, but not a screenful of them. */
const HEADER_WITHIN = 20
/** Repeated rows are looked for among this many; each costs its digest in memory. */
const ROWS_REMEMBERED = 1_000_000

/** Names the cells of each row after the header, and says of each physical row below it whether it is a row of data. */
export async function* headed(
  rows: AsyncIterable<RawRow> | Iterable<RawRow>,
  recognise: Recognise,
  findings: Findings,
): AsyncGenerator<TableRow> {
  const above: RawRow[] = []
  let reader: RowReader | undefined
  for await (const row of rows) {
    if (reader !== undefined) {
      const read = reader.read(row)
      if (read !== undefined) yield read
      continue
    }
    const names = headerNames(row.cells)
    if (recognise(names)) {
      for (const { place, cells } of above) if (!isBlank(cells)) findings.note('lines-above-header', place)
      reader = new RowReader(names, findings)
    } else if (above.push(row) >= HEADER_WITHIN) {
      break
    }
  }
  if (reader === undefined) throw headerMissing(above)
}

function headerMissing(above: readonly RawRow[]): UnreadableFile {
  const first = above.find(({ cells }) => !isBlank(cells))
  return new UnreadableFile('header-not-recognised', { seen: (first?.cells ?? []).join(', ').slice(0, 300) })
}

/** A name that occurs twice is told apart by a number; unnamed columns at the end are no columns. */
function headerNames(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.replace(/\s+/g, ' ').trim())
  while (names.at(-1) === '') names.pop()
  const seen = new Map<string, number>()
  return names.map((name, index) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    if (name === '') return `#${index + 1}`
    return count === 1 ? name : `${name} (${count})`
  })
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

const EXCEL_NUMBER = /^\s*[+-]?\d(?:\.\d+)?E\+\d{1,3}\s*$/i
const ERROR_VALUE = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERROR!)$/i
const FORMULA = /^=[A-Z]+\(|^='?[^=]+'?![A-Z]+\d/i

class RowReader {
  readonly #names: readonly string[]
  readonly #findings: Findings
  readonly #digests = new Set<string>()

  constructor(names: readonly string[], findings: Findings) {
    this.#names = names
    this.#findings = findings
  }

  /** Undefined for a line that holds nothing at all. */
  read({ place, cells, trouble }: RawRow): TableRow | undefined {
    if (trouble !== undefined) return { place, cells: {}, trouble }
    if (cells.length <= 1 && isBlank(cells) && this.#names.length > 1) {
      this.#findings.note('blank-line', place)
      return undefined
    }
    const found = this.#trouble(cells)
    if (found !== undefined) this.#findings.note(found, place)
    const named = Object.fromEntries(this.#names.map((name, index) => [name, (cells[index] ?? '').trim()]))
    if (found === undefined) this.#look(named, cells, place)
    return found === undefined ? { place, cells: named } : { place, cells: named, trouble: found }
  }

  #trouble(
    cells: readonly string[],
  ):
    | (RowTrouble &
        ('too-few-cells' | 'too-many-cells' | 'empty-row' | 'repeated-header' | 'unreadable-bytes'))
    | undefined {
    const width = this.#names.length
    if (isBlank(cells)) return 'empty-row'
    if (this.#names.every((name, index) => (cells[index] ?? '').trim() === name)) return 'repeated-header'
    if (cells.length < width) return 'too-few-cells'
    if (!isBlank(cells.slice(width))) return 'too-many-cells'
    if (cells.some((cell) => cell.includes('\uFFFD'))) return 'unreadable-bytes'
    return undefined
  }

  /** What a spreadsheet or an exporter left behind in cells that are otherwise read as they are. */
  #look(named: Record<string, string>, cells: readonly string[], place: Place): void {
    for (const [column, text] of Object.entries(named)) {
      if (EXCEL_NUMBER.test(text)) this.#findings.note('excel-number', place, { column })
      else if (ERROR_VALUE.test(text)) this.#findings.note('error-value', place, { column })
      else if (FORMULA.test(text)) this.#findings.note('formula', place, { column })
      if (text.endsWith(';') || text.endsWith('；'))
        this.#findings.note('trailing-separator', place, { column })
    }
    if (this.#digests.size >= ROWS_REMEMBERED) return
    const digest = createHash('sha1').update(cells.join('\u001f')).digest('base64')
    if (this.#digests.has(digest)) this.#findings.note('duplicate-row', place)
    this.#digests.add(digest)
  }
}
