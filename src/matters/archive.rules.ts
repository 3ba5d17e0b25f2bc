/** Looks into ZIP containers (office files are such) without ever holding more than a bounded part of them. */
import { inflateRawSync, inflateSync } from 'node:zlib'
import type { FileFault } from './attachment.rules.ts'

const MOST_ENTRIES = 5000
const MOST_EXPANDED = 200 * 1024 * 1024
/** Office files pack their XML some twenty times; a hundred times is no document. */
const MOST_RATIO = 100
const RATIO_COUNTS_FROM = 8 * 1024 * 1024

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly header: number
}

interface Found {
  readonly reason: FileFault
  readonly limit?: number
}

export function inspectArchive(bytes: Uint8Array): Found | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(view)
  if (!Array.isArray(entries)) return entries
  if (entries.some(({ name }) => /vbaProject\.bin$|\.(?:exe|dll|js|vbs|ps1|bat|cmd|scr|jar)$/i.test(name)))
    return {
      reason: entries.some(({ name }) => /vbaProject/i.test(name)) ? 'carries-macro' : 'carries-program',
    }
  const declared = entries.reduce((sum, { size }) => sum + size, 0)
  if (declared > MOST_EXPANDED || isBomb(declared, bytes.length))
    return { reason: 'expands-too-far', limit: MOST_EXPANDED }
  return expandsAsDeclared(view, entries)
}

function isBomb(expanded: number, packed: number): boolean {
  return expanded > RATIO_COUNTS_FROM && expanded / Math.max(1, packed) > MOST_RATIO
}

function readDirectory(view: Buffer): Entry[] | Found {
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > view.length || view.readUInt32LE(end) !== END_OF_DIRECTORY)
    return { reason: 'damaged' }
  const count = view.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) return { reason: 'expands-too-far', limit: MOST_ENTRIES }
  const entries: Entry[] = []
  let at = view.readUInt32LE(end + 16)
  while (entries.length < count) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== DIRECTORY_ENTRY) return { reason: 'damaged' }
    if ((view.readUInt16LE(at + 8) & 1) === 1) return { reason: 'encrypted' }
    const nameLength = view.readUInt16LE(at + 28)
    entries.push({
      name: view.toString('utf8', at + 46, at + 46 + nameLength),
      method: view.readUInt16LE(at + 10),
      packed: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      header: view.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32)
  }
  return entries
}

/** Each entry is expanded once against the size it declares, so that a lie about it is found too. */
function expandsAsDeclared(view: Buffer, entries: readonly Entry[]): Found | undefined {
  for (const { method, packed, size, header } of entries) {
    if (method === 0) continue
    if (method !== 8 || header + 30 > view.length || view.readUInt32LE(header) !== LOCAL_HEADER)
      return { reason: 'damaged' }
    const start = header + 30 + view.readUInt16LE(header + 26) + view.readUInt16LE(header + 28)
    try {
      inflateRawSync(view.subarray(start, start + packed), { maxOutputLength: Math.max(size, 1) })
    } catch (error) {
      const tooLong = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      return tooLong ? { reason: 'expands-too-far', limit: size } : { reason: 'damaged' }
    }
  }
  return undefined
}

/** The text of a deflated stream, as far as it can be read within the bound. */
export function inflateText(packed: Uint8Array, maxOutputLength: number): string | undefined {
  try {
    return inflateSync(packed, { maxOutputLength }).toString('latin1')
  } catch {
    return undefined
  }
}
