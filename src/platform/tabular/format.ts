import { UnreadableFile } from './finding.ts'

export type Format = 'delimited' | 'json' | 'json-lines' | 'xls' | 'xlsx'

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['gzip', [0x1f, 0x8b]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
]

const startsWith = (head: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, index) => head[index] === byte)

/** What the content is, whatever the name of the file says; undefined for text, which has no signature. */
export function binaryFormat(head: Uint8Array): 'xls' | 'xlsx' | undefined {
  if (startsWith(head, COMPOUND)) return 'xls'
  if (startsWith(head, ZIP)) return 'xlsx'
  const other = OTHERS.find(([, magic]) => startsWith(head, magic))
  if (other) throw new UnreadableFile('other-format', { format: other[0] })
  return undefined
}

/** `text` is the beginning of the file, decoded. */
export function textFormat(text: string): 'delimited' | 'json' | 'json-lines' {
  const trimmed = text.trimStart()
  if (/^<(?:!doctype|html|\?xml|table)/i.test(trimmed))
    throw new UnreadableFile('other-format', { format: 'HTML or XML' })
  // Records are objects; `[1] …` begins a list of citations.
  if (/^\[\s*(?:[{\]]|$)/.test(trimmed)) return 'json'
  if (!trimmed.startsWith('{')) return 'delimited'
  const [first = ''] = trimmed.split(/\r\n|\n|\r/, 1)
  return isJson(first) && trimmed.slice(first.length).trimStart().startsWith('{') ? 'json-lines' : 'json'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const DELIMITERS = [',', '\t', ';', '|'] as const

/** The character that splits most lines into the same number of cells; a comma when none splits any. */
export function findDelimiter(text: string): string {
  const lines = unquoted(text)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50)
  let best = { delimiter: ',', lines: 0, cells: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const usual = mode(counts.filter((count) => count > 0))
    const agreeing = counts.filter((count) => count === usual && count > 0).length
    if (agreeing > best.lines || (agreeing === best.lines && usual > best.cells && agreeing > 0)) {
      best = { delimiter, lines: agreeing, cells: usual }
    }
  }
  return best.delimiter
}

/** Quoted cells blanked, so that commas and line breaks in them are not counted. */
function unquoted(text: string): string {
  return text.replace(/"(?:[^"]|"")*"/g, 'x')
}

function mode(counts: readonly number[]): number {
  const tally = new Map<number, number>()
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
  return [...tally].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}
