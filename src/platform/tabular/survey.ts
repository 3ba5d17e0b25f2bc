import { createHash } from 'node:crypto'
import type { Source } from './source.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252' | 'macintosh'

export interface Survey {
  readonly sha256: string
  /** Undefined for a file that is no text. */
  readonly encoding: Encoding | undefined
  readonly byteOrderMark: boolean
  /** Line ends by kind; in UTF-16 they are not counted here. */
  readonly lineEnds: { readonly lf: number; readonly crlf: number; readonly cr: number }
  readonly head: Uint8Array
}

const HEAD_BYTES = 64 * 1024

/**
 * Reads a file once to learn its encoding from all of its bytes: a file that is ASCII for a megabyte and Chinese
 * afterwards must not be guessed from its beginning.
 */
export async function survey(source: Source): Promise<Survey> {
  const hash = createHash('sha256')
  const utf8 = new Utf8Count()
  const gb18030 = new Gb18030Count()
  const lines = new LineEndCount()
  const nulls = [0, 0] as [number, number]
  let high = 0
  let position = 0
  let head = Buffer.alloc(0)
  for await (const chunk of source.chunks()) {
    hash.update(chunk)
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    for (const byte of chunk) {
      if (byte === 0) nulls[position & 1] = (nulls[position & 1] ?? 0) + 1
      if (byte >= 0x80) high += 1
      utf8.take(byte)
      gb18030.take(byte)
      lines.take(byte)
      position += 1
    }
  }
  lines.end()
  const mark = byteOrderMark(head)
  const encoding = mark ?? withoutMark({ bytes: position, nulls, high, utf8, gb18030, lines })
  return { sha256: hash.digest('hex'), encoding, byteOrderMark: mark !== undefined, lineEnds: lines, head }
}

function byteOrderMark(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

interface Counted {
  readonly bytes: number
  readonly nulls: readonly [number, number]
  readonly high: number
  readonly utf8: Utf8Count
  readonly gb18030: Gb18030Count
  readonly lines: LineEndCount
}

function withoutMark({ bytes, nulls, high, utf8, gb18030, lines }: Counted): Encoding | undefined {
  const [even, odd] = nulls
  if (even + odd > 0) {
    // Delimiters and line ends of UTF-16 have their zero byte always on the same side.
    if (odd > bytes / 50 && even * 10 < odd) return 'utf-16le'
    if (even > bytes / 50 && odd * 10 < even) return 'utf-16be'
    return undefined
  }
  if (high === 0 || utf8.broken <= utf8.sequences / 20) return 'utf-8'
  // Accented Latin letters pair up with the letter after them, which GB 18030 would take for a rare character. Chinese text
  // is mostly made of pairs with both bytes in the upper half.
  const chinese = gb18030.common >= gb18030.sequences / 2 && gb18030.broken <= gb18030.sequences / 20
  if (chinese) return 'gb18030'
  // Lines that end in a bare return come from a classic Macintosh program, and so do its accented letters.
  return lines.cr > lines.lf + lines.crlf ? 'macintosh' : 'windows-1252'
}

class Utf8Count {
  sequences = 0
  broken = 0
  #left = 0

  take(byte: number): void {
    if (this.#left > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.#left -= 1
        if (this.#left === 0) this.sequences += 1
        return
      }
      this.broken += 1
      this.#left = 0
    }
    if (byte < 0x80) return
    if (byte >= 0xc2 && byte <= 0xdf) this.#left = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.#left = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.#left = 3
    else this.broken += 1
  }
}

class Gb18030Count {
  sequences = 0
  common = 0
  broken = 0
  #lead = 0
  #length = 0

  take(byte: number): void {
    if (this.#length === 0) {
      if (byte < 0x80) return
      if (byte === 0x80 || byte === 0xff) this.broken += 1
      else [this.#lead, this.#length] = [byte, 1]
      return
    }
    if (this.#length === 1 && byte >= 0x30 && byte <= 0x39) this.#length = 2
    else if (this.#length === 2 && byte >= 0x81 && byte <= 0xfe) this.#length = 3
    else if (this.#length === 3 && byte >= 0x30 && byte <= 0x39) this.#close(true)
    else if (this.#length === 1 && byte >= 0x40 && byte <= 0xfe && byte !== 0x7f) {
      this.#close(this.#lead >= 0xa1 && byte >= 0xa1)
    } else {
      this.broken += 1
      this.#length = 0
      // An ASCII byte where a trail byte was due stands for itself; another lead byte begins anew.
      if (byte >= 0x81 && byte <= 0xfe) [this.#lead, this.#length] = [byte, 1]
    }
  }

  #close(common: boolean): void {
    this.sequences += 1
    if (common) this.common += 1
    this.#length = 0
  }
}

class LineEndCount {
  lf = 0
  crlf = 0
  cr = 0
  #afterReturn = false

  take(byte: number): void {
    if (byte === 0x0a) {
      if (this.#afterReturn) this.crlf += 1
      else this.lf += 1
      this.#afterReturn = false
      return
    }
    this.end()
    this.#afterReturn = byte === 0x0d
  }

  end(): void {
    if (this.#afterReturn) this.cr += 1
    this.#afterReturn = false
  }
}
