import { inflateRawSync } from 'node:zlib'
import { UnreadableFile } from './finding.ts'

const MAX_EXPANDED_BYTES = 256 * 1024 * 1024
const MAX_ENTRIES = 2000

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50

/**
 * Refuses a workbook that would expand beyond bounds, before a reader gets to hold it: the sizes it declares are added up,
 * and each entry is expanded once against the size it declares, so that a lie about them is found too.
 */
export function guardArchive(bytes: Uint8Array): void {
  const view = viewOf(bytes)
  const found = entriesOf(view)
  if (!found.some(({ name }) => name.startsWith('xl/')))
    throw new UnreadableFile('other-format', { format: 'ZIP' })
  for (const entry of found) expand(view, entry)
}

/** A file in an archive, expanded only when it is asked for. */
export interface ArchivedFile {
  readonly name: string
  readonly content: () => Uint8Array
}

/** The files of an archive, within the same bounds. */
export function readArchive(bytes: Uint8Array): readonly ArchivedFile[] {
  const view = viewOf(bytes)
  return entriesOf(view)
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({ name: entry.name, content: () => expand(view, entry) }))
}

const viewOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function entriesOf(view: Buffer): readonly Entry[] {
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > view.length || view.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw new UnreadableFile('damaged')
  const entries = view.readUInt16LE(end + 10)
  if (entries > MAX_ENTRIES)
    throw new UnreadableFile('archive-expands-too-far', { entries, most: MAX_ENTRIES })
  const found: Entry[] = []
  for (
    let position = view.readUInt32LE(end + 16);
    found.length < entries;
    position = found.at(-1)?.next ?? 0
  ) {
    found.push(readEntry(view, position))
  }
  const expanded = found.reduce((sum, { size }) => sum + size, 0)
  if (expanded > MAX_EXPANDED_BYTES) {
    throw new UnreadableFile('archive-expands-too-far', { bytes: expanded, most: MAX_EXPANDED_BYTES })
  }
  return found
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly header: number
  readonly next: number
}

function readEntry(view: Buffer, position: number): Entry {
  if (position + 46 > view.length || view.readUInt32LE(position) !== DIRECTORY_ENTRY)
    throw new UnreadableFile('damaged')
  const flags = view.readUInt16LE(position + 8)
  if ((flags & 1) === 1) throw new UnreadableFile('encrypted')
  const nameLength = view.readUInt16LE(position + 28)
  const tail = nameLength + view.readUInt16LE(position + 30) + view.readUInt16LE(position + 32)
  return {
    name: view.toString('utf8', position + 46, position + 46 + nameLength),
    method: view.readUInt16LE(position + 10),
    packed: view.readUInt32LE(position + 20),
    size: view.readUInt32LE(position + 24),
    header: view.readUInt32LE(position + 42),
    next: position + 46 + tail,
  }
}

function expand(view: Buffer, { method, packed, size, header }: Entry): Uint8Array {
  if (method !== 0 && method !== 8) throw new UnreadableFile('damaged', { method })
  if (header + 30 > view.length || view.readUInt32LE(header) !== LOCAL_HEADER)
    throw new UnreadableFile('damaged')
  const start = header + 30 + view.readUInt16LE(header + 26) + view.readUInt16LE(header + 28)
  if (method === 0) return view.subarray(start, start + packed)
  try {
    return inflateRawSync(view.subarray(start, start + packed), { maxOutputLength: Math.max(size, 1) })
  } catch (error) {
    const tooLong = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new UnreadableFile(
      tooLong ? 'archive-expands-too-far' : 'damaged',
      { declared: size },
      { cause: error },
    )
  }
}
