import { UnreadableFile, Findings } from '#platform/tabular/finding.ts'
import { binaryFormat } from '#platform/tabular/format.ts'
import { decoded } from '#platform/tabular/delimited.ts'
import { linesOf } from '#platform/tabular/json.ts'
import { MAX_WHOLE_BYTES, type Source } from '#platform/tabular/source.ts'
import { survey, type Encoding } from '#platform/tabular/survey.ts'
import { draftOfCitation, isCitationList } from './citation-line.rules.ts'
import { draftOfGooglePage, isGooglePage } from './google-page.rules.ts'
import {
  type KnownMapping,
  type PatentFinding,
  type PatentFindingCode,
  type Reading,
  type ReadRow,
  type ReadSheet,
  wholeOf,
} from './read-row.ts'
import { jsonRows } from './json-reading.ts'
import { tableRows } from './table-reading.ts'
import { archiveRows, isXmlArchive, xmlRows } from './xml-rows.ts'

export type PatentFormat =
  | 'csv'
  | 'xlsx'
  | 'xls'
  | 'json'
  | 'json-lines'
  | 'xml'
  | 'xml-archive'
  | 'gbt7714'
  | 'google-patents'

export interface PatentFile {
  readonly format: PatentFormat
  readonly encoding: Encoding | null
  readonly sha256: string
  readonly size: number
  /** To be read once, to its end. */
  readonly rows: AsyncIterable<ReadRow>
  /** Complete as far as the rows have been read. */
  readonly sheets: () => readonly ReadSheet[]
  readonly findings: () => PatentFinding[]
  /** How much of the file has been read, from 0 to 1; undefined where nobody can know. */
  readonly share: () => number | undefined
}

/**
 * Recognises a file of patents by its content, whatever its name says, and reads it as records with their places. Throws
 * UnreadableFile, here or while the rows are read, when it cannot be taken at all.
 */
export async function openPatentFile(
  source: Source,
  known: KnownMapping = () => undefined,
): Promise<PatentFile> {
  const seen = await survey(source)
  const counted = countedSource(source)
  const findings = new Findings<PatentFindingCode>()
  const sheets: ReadSheet[] = []
  const facts = {
    sha256: seen.sha256,
    size: source.size,
    sheets: () => sheets,
    findings: () => findings.list(),
    share: () => counted.share(),
  }
  const reading: Reading = {
    source: counted.source,
    seen,
    findings,
    sheets,
    known,
    encoding: seen.encoding ?? 'utf-8',
    expect: counted.expect,
  }
  const binary = binaryFormat(seen.head)
  if (binary === 'xlsx' && isXmlArchive(await wholeOf(source)))
    return {
      ...facts,
      format: 'xml-archive',
      encoding: null,
      rows: counted.rows(noted(archiveRows(reading), findings)),
    }
  if (binary !== undefined)
    return {
      ...facts,
      format: binary,
      encoding: null,
      rows: counted.rows(noted(tableRows(reading), findings)),
    }
  if (seen.encoding === undefined) throw new UnreadableFile('binary')
  const head = await beginning(source, seen.encoding)
  const format = textFormatOf(head)
  const rows = {
    csv: tableRows,
    json: jsonRows,
    'json-lines': jsonRows,
    xml: xmlRows,
    gbt7714: citationRows,
    'google-patents': pageRows,
  }
  return {
    ...facts,
    format,
    encoding: seen.encoding,
    rows: counted.rows(noted(rows[format](reading), findings)),
  }
}

type TextFormat = Exclude<PatentFormat, 'xlsx' | 'xls' | 'xml-archive'>

function textFormatOf(head: string): TextFormat {
  const text = head.trimStart()
  if (isGooglePage(text) && /^<(?:!doctype|html)/i.test(text)) return 'google-patents'
  if (/^<(?:!doctype html|html|table)/i.test(text))
    throw new UnreadableFile('other-format', { format: 'HTML' })
  if (/^<[?!\w]/.test(text)) return 'xml'
  if (/^\[\s*(?:[{\]]|$)/.test(text)) return 'json'
  if (text.startsWith('{')) {
    const [first = ''] = text.split(/\r\n|\n|\r/, 1)
    return isJson(first) && text.slice(first.length).trimStart().startsWith('{') ? 'json-lines' : 'json'
  }
  return isCitationList(text) ? 'gbt7714' : 'csv'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const HEAD_CHARACTERS = 256 * 1024

async function beginning(source: Source, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const part of decoded(source, encoding)) {
    text += part
    if (text.length >= HEAD_CHARACTERS) break
  }
  return text.slice(0, HEAD_CHARACTERS)
}

/** Counts what is read of a file: bytes where it streams, rows where it is held whole and their number is known. */
function countedSource(source: Source) {
  let [bytes, rows] = [0, 0]
  let inAll: number | undefined
  let streams = false
  const counting: Source = {
    ...source,
    async *chunks() {
      bytes = 0
      for await (const chunk of source.chunks()) {
        streams = true
        bytes += chunk.length
        yield chunk
      }
    },
  }
  return {
    source: counting,
    expect: (count: number) => {
      inAll = count
    },
    async *rows(read: AsyncIterable<ReadRow>): AsyncGenerator<ReadRow> {
      for await (const row of read) {
        rows += 1
        yield row
      }
    },
    share: () => {
      if (inAll !== undefined) return Math.min(1, rows / Math.max(1, inAll))
      return streams ? Math.min(1, bytes / source.size) : undefined
    },
  }
}

/** Numbers that come again are looked for among this many. */
const NUMBERS_REMEMBERED = 1_000_000

async function* noted(
  rows: AsyncIterable<ReadRow>,
  findings: Findings<PatentFindingCode>,
): AsyncGenerator<ReadRow> {
  const numbers = new Set<string>()
  for await (const row of rows) {
    for (const { publicationNumber } of row.drafts ?? []) {
      if (numbers.has(publicationNumber)) findings.note('repeated-number', row.place)
      else if (numbers.size < NUMBERS_REMEMBERED) numbers.add(publicationNumber)
    }
    yield row
  }
}

async function* citationRows({ source, encoding, findings }: Reading): AsyncGenerator<ReadRow> {
  let line = 0
  for await (const text of linesOf(decoded(source, encoding))) {
    line += 1
    if (text.trim() === '') {
      findings.note('blank-line', { line })
      continue
    }
    const cited = draftOfCitation(text)
    yield 'draft' in cited
      ? { place: { line }, drafts: [cited.draft] }
      : { place: { line }, refused: cited.refused }
  }
}

async function* pageRows({ source, encoding }: Reading): AsyncGenerator<ReadRow> {
  if (source.size > MAX_WHOLE_BYTES)
    throw new UnreadableFile('too-large', { bytes: source.size, most: MAX_WHOLE_BYTES })
  let html = ''
  for await (const part of decoded(source, encoding)) html += part
  const draft = draftOfGooglePage(html)
  if (draft === undefined) throw new UnreadableFile('holds-no-patents', { seen: 'HTML' })
  yield { place: { line: 1 }, drafts: [draft] }
}
