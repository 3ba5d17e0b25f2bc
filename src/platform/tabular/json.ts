import { type Findings, UnreadableFile } from './finding.ts'
import type { RawRow, TableRow } from './row.ts'

/** A JSON record as a row: its plain members as cells, the whole of it as `value`. */
export function recordRow({ place, value, trouble }: RawRow): TableRow {
  if (trouble !== undefined) return { place, cells: {}, trouble }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { place, cells: {}, trouble: 'not-json', value }
  const cells = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' ? member : member === null ? '' : JSON.stringify(member),
    ]),
  )
  return { place, cells, value }
}

/**
 * The records of a JSON document: its elements when it is an array, those of the array under `recordsAt` when that
 * member exists, otherwise the document itself as one record. Each keeps the line on which it begins.
 */
export function jsonRows(text: string, recordsAt: string | undefined): { rows: RawRow[]; document: unknown } {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))
    const line = at === null ? 1 : lineAt(text, Number(at[1]))
    throw new UnreadableFile('not-json', { line }, { cause: error })
  }
  const records = Array.isArray(document) ? (document as unknown[]) : member(document, recordsAt)
  if (records === undefined) return { rows: [{ place: { line: 1 }, cells: [], value: document }], document }
  const lines = elementLines(text, Array.isArray(document) ? undefined : recordsAt)
  return {
    rows: records.map((value, index) => ({ place: { line: lines[index] ?? 1 }, cells: [], value })),
    document,
  }
}

function member(document: unknown, name: string | undefined): unknown[] | undefined {
  if (name === undefined || typeof document !== 'object' || document === null) return undefined
  const found: unknown = (document as Record<string, unknown>)[name]
  return Array.isArray(found) ? (found as unknown[]) : undefined
}

/** One record a line; a line that is not JSON is a row with that trouble, and the rest is read on. */
export async function* jsonLineRows(text: AsyncIterable<string>, findings: Findings): AsyncGenerator<RawRow> {
  let line = 0
  for await (const content of linesOf(text)) {
    line += 1
    if (content.trim() === '') {
      findings.note('blank-line', { line })
      continue
    }
    let value: unknown
    try {
      value = JSON.parse(content)
    } catch {
      yield { place: { line }, cells: [content.slice(0, 200)], trouble: 'not-json' }
      continue
    }
    yield { place: { line }, cells: [], value }
  }
}

/** The lines of a text, whatever they end in. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    // A lone return at the end of a chunk may be the first half of a line end.
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest.trim() !== '') yield rest
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split(/\r\n|\n|\r/).length
}

/** The lines on which the elements of an array begin: the document's own, or that of one of its members. */
function elementLines(text: string, name: string | undefined): number[] {
  const found: number[] = []
  const depthOfElements = name === undefined ? 1 : 2
  let [line, depth, inside, expecting] = [1, 0, name === undefined, false]
  let lastString = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '\n' || (character === '\r' && text.charAt(index + 1) !== '\n')) line += 1
    if (/\s/.test(character)) continue
    if (expecting && character !== ']') found.push(line)
    expecting = false
    if (character === '"') {
      const end = endOfString(text, index)
      lastString = text.slice(index + 1, end)
      index = end
    } else if (character === '[' || character === '{') {
      depth += 1
      if (name !== undefined && depth === 2) inside = character === '[' && lastString === name
      expecting = inside && depth === depthOfElements && character === '['
    } else if (character === ']' || character === '}') {
      depth -= 1
    } else if (character === ',') {
      expecting = inside && depth === depthOfElements
    }
  }
  return found
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text.charAt(index) === '\\') index += 1
    else if (text.charAt(index) === '"') return index
  }
  return text.length
}
