import { inflateSync } from 'node:zlib'

/**
 * What the pages of a PDF made by the platform show, as text in drawing order: glyphs are read back through each font's
 * own table of characters, as a reader that copies or searches would. Not a reader for PDFs from elsewhere.
 */
export function pdfText(pdf: Buffer): string {
  const pages = [...pdf.toString('latin1').matchAll(/\/Contents (\d+) 0 R/g)].map(({ 1: number }) =>
    streamOf(pdf, number),
  )
  const fonts = fontsOf(pdf)
  return pages.map((page) => drawnText(page, fonts)).join('\n')
}

type Characters = ReadonlyMap<number, string>

function streamOf(pdf: Buffer, number: string | undefined): string {
  const source = pdf.toString('latin1')
  const object = new RegExp(`\\n${number} 0 obj\\n(<<[\\s\\S]*?>>)\\nstream\\r?\\n`).exec(source)
  if (!object) throw new Error(`the PDF has no stream ${number}`)
  const begin = object.index + object[0].length
  const bytes = pdf.subarray(begin, source.indexOf('endstream', begin))
  return (object[1]?.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

function fontsOf(pdf: Buffer): ReadonlyMap<string, Characters> {
  const source = pdf.toString('latin1')
  const fonts = new Map<string, Characters>()
  for (const { 1: name = '', 2: number } of source.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
    const table = new RegExp(`\\n${number} 0 obj\\n<<[^>]*?/ToUnicode (\\d+) 0 R`).exec(source)?.[1]
    if (!fonts.has(name)) fonts.set(name, charactersOf(streamOf(pdf, table)))
  }
  return fonts
}

function charactersOf(table: string): Characters {
  return new Map(
    [...table.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gim)].map(({ 1: glyph = '', 2: text = '' }) => [
      Number.parseInt(glyph, 16),
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  )
}

function drawnText(page: string, fonts: ReadonlyMap<string, Characters>): string {
  let text = ''
  let font: Characters | undefined
  for (const { 1: name, 2: literal } of page.matchAll(/\/(f\d+) [\d.]+ Tf|\(((?:[^)\\]|\\[\s\S])*)\)/g)) {
    if (name !== undefined) font = fonts.get(name)
    const glyphs = Buffer.from(unescaped(literal ?? ''), 'latin1')
    for (let at = 0; at + 1 < glyphs.length; at += 2) text += font?.get(glyphs.readUInt16BE(at)) ?? '\uFFFD'
  }
  return text
}

function unescaped(literal: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  return literal.replaceAll(/\\([0-7]{3}|[\s\S])/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (named[code] ?? code),
  )
}
