import { decoded, delimitedRows } from './delimited.ts'
import { type Finding, Findings, UnreadableFile } from './finding.ts'
import { binaryFormat, textFormat, type Format } from './format.ts'
import { headed, type Recognise } from './heading.ts'
import { jsonLineRows, jsonRows, recordRow } from './json.ts'
import type { RawRow, TableRow } from './row.ts'
import { MAX_WHOLE_BYTES, type Source } from './source.ts'
import type { Sheet } from './spreadsheet.ts'
import { readSheetsAside } from './spreadsheet-aside.ts'
import { survey, type Encoding, type Survey } from './survey.ts'

export interface TableOptions {
  /** Whether a row of names is the header that is looked for: there may be titles above it, and sheets may differ. */
  readonly recognise: Recognise
  /** The member that holds the records of a JSON document. */
  readonly recordsAt?: string
  /** What a first reading of the whole file found, where somebody has read it already. */
  readonly surveyed?: Survey
}

export interface Table {
  readonly format: Format
  readonly encoding: Encoding | null
  readonly sha256: string
  /** The JSON document around the records, when the file is one. */
  readonly document?: unknown
  /** To be read once, to its end; `findings` is complete only then. */
  readonly rows: AsyncIterable<TableRow>
  readonly findings: () => Finding[]
  /** How many rows there are, where the file had to be held whole; some of them may be headers or titles. */
  readonly rowsInAll?: number
}

/**
 * Recognises a file from its content and reads it as rows. Throws UnreadableFile when it cannot be taken at all, now or
 * while the rows are read; otherwise every physical row comes out, those that are no data with the trouble that they have.
 */
export async function readTable(source: Source, options: TableOptions): Promise<Table> {
  const seen = options.surveyed ?? (await survey(source))
  const findings = new Findings()
  const facts = { sha256: seen.sha256, findings: () => findings.list() }
  const binary = binaryFormat(seen.head)
  if (binary !== undefined) {
    const sheets = await readSheetsAside(await whole(source), binary, findings)
    const rowsInAll = sheets.reduce((sum, { rows }) => sum + rows.length, 0)
    const rows = sheetRows(sheets, options.recognise, findings)
    return { ...facts, format: binary, encoding: null, rows, rowsInAll }
  }
  const { encoding } = seen
  if (encoding === undefined) throw new UnreadableFile('binary')
  noteText(seen, encoding, findings)
  const head = await beginning(source, encoding)
  const format = textFormat(head)
  const text = { ...facts, format, encoding }
  if (format === 'json-lines') {
    return { ...text, rows: recordRows(jsonLineRows(decoded(source, encoding), findings)) }
  }
  if (format === 'json') {
    const { rows, document } = jsonRows(await wholeText(source, encoding), options.recordsAt)
    return { ...text, document, rows: recordRows(rows), rowsInAll: rows.length }
  }
  const rows = delimitedRows(source, encoding, head, findings)
  return { ...text, rows: headed(rows, options.recognise, findings) }
}

function noteText(
  { byteOrderMark, lineEnds: { lf, crlf, cr } }: Survey,
  encoding: Encoding,
  findings: Findings,
): void {
  if (encoding !== 'utf-8') findings.note('encoding', undefined, { encoding })
  if (byteOrderMark) findings.note('byte-order-mark', { line: 1 })
  if (encoding.startsWith('utf-16')) return
  if (cr > 0 && cr > lf + crlf) findings.note('bare-carriage-return', { line: 1 }, { lines: cr })
  const kinds = [lf, crlf, cr].filter((count) => count > 0)
  if (kinds.length > 1) findings.note('mixed-line-ends', undefined, { lf, crlf, cr })
}

const HEAD_CHARACTERS = 64 * 1024

async function beginning(source: Source, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const part of decoded(source, encoding)) {
    text += part
    if (text.length >= HEAD_CHARACTERS) break
  }
  return text.slice(0, HEAD_CHARACTERS)
}

function whole(source: Source): Promise<Uint8Array> {
  if (source.size > MAX_WHOLE_BYTES)
    throw new UnreadableFile('too-large', { bytes: source.size, most: MAX_WHOLE_BYTES })
  return source.whole()
}

async function wholeText(source: Source, encoding: Encoding): Promise<string> {
  if (source.size > MAX_WHOLE_BYTES)
    throw new UnreadableFile('too-large', { bytes: source.size, most: MAX_WHOLE_BYTES })
  let text = ''
  for await (const part of decoded(source, encoding)) text += part
  return text
}

async function* recordRows(rows: AsyncIterable<RawRow> | Iterable<RawRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) yield recordRow(row)
}

/** The sheets whose header is recognised, one after the other; of the others, how many rows were left alone. */
async function* sheetRows(
  sheets: readonly Sheet[],
  recognise: Recognise,
  findings: Findings,
): AsyncGenerator<TableRow> {
  let refused: UnreadableFile | undefined
  let taken = 0
  for (const { name, rows } of sheets) {
    const filled = rows.filter(({ place, cells }) => {
      const blank = cells.every((cell) => cell.trim() === '')
      if (blank) findings.note('blank-line', place)
      return !blank
    })
    try {
      yield* headed(filled, recognise, findings)
      taken += 1
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      refused ??= error
      if (filled.length > 0)
        findings.note('sheet-not-recognised', { line: 1, sheet: name }, { rows: filled.length })
    }
  }
  if (taken === 0 && refused !== undefined) throw refused
}
