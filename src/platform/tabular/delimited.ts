import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import type { Findings } from './finding.ts'
import { findDelimiter } from './format.ts'
import type { RawRow } from './row.ts'
import type { Source } from './source.ts'
import type { Encoding } from './survey.ts'

/** A cell may hold an abstract, not a book; a quote that nobody closed must not swallow the memory. */
const MAX_ROW_BYTES = 1024 * 1024

/** The text of a file, decoded as it streams. Bytes that the encoding does not know become U+FFFD. */
export async function* decoded(source: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  let first = true
  for await (const chunk of source.chunks()) {
    let text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    if (first && text !== '') {
      text = text.replace(/^\uFEFF/, '')
      first = false
    }
    if (text !== '') yield text
  }
  const rest = decoder.end()
  if (rest !== undefined && rest !== '') yield rest
}

interface Parsed {
  readonly record: readonly string[]
  readonly raw: string
}

/** Rows of CSV, TSV and their like. A row's line is the one on which it begins; quoted cells may span several. */
export async function* delimitedRows(
  source: Source,
  encoding: Encoding,
  head: string,
  findings: Findings,
): AsyncGenerator<RawRow> {
  const delimiter = findDelimiter(head)
  if (delimiter !== ',')
    findings.note('delimiter', undefined, { delimiter: delimiter === '\t' ? 'tab' : delimiter })
  const parser = new RecordParser(delimiter)
  let line = 1
  const numbered = function* ({ record, raw }: Parsed): Generator<RawRow> {
    yield { place: { line }, cells: record }
    line += lineEnds(raw)
  }
  for await (const text of decoded(source, encoding)) {
    for (const parsed of await parser.take(text)) yield* numbered(parsed)
    if (parser.failure !== undefined) break
  }
  for (const parsed of await parser.end()) yield* numbered(parsed)
  if (parser.failure === undefined) return
  findings.note('not-read-beyond', { line })
  const trouble = parser.failure.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'row-too-long'
  yield { place: { line }, cells: [], trouble }
}

/** The records of csv-parse as they are completed: its stream would throw away those it holds when a later one fails. */
class RecordParser {
  failure: CsvError | undefined
  #complete: Parsed[] = []
  readonly #parser

  constructor(delimiter: string) {
    this.#parser = parse({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: MAX_ROW_BYTES,
      raw: true,
      on_record: (parsed: unknown) => {
        this.#complete.push(parsed as Parsed)
        return null
      },
    })
    this.#parser.on('error', (error) => {
      if (!(error instanceof CsvError)) throw error
      this.failure = error
    })
  }

  take(text: string): Promise<Parsed[]> {
    return this.#completed((done) => this.#parser.write(text, done))
  }

  async end(): Promise<Parsed[]> {
    return this.failure === undefined ? this.#completed((done) => this.#parser.end(done)) : []
  }

  async #completed(act: (done: () => void) => void): Promise<Parsed[]> {
    await new Promise<void>((resolve) => act(resolve))
    const complete = this.#complete
    this.#complete = []
    return complete
  }
}

function lineEnds(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) count += 1
  }
  return count
}
