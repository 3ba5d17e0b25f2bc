import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { UnreadableFile } from './finding.ts'

/** Text is streamed; spreadsheets and JSON are held whole while they are read, so they may be less long. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024 * 1024
export const MAX_WHOLE_BYTES = 64 * 1024 * 1024

/** A file that can be read more than once: first to learn what it is, then for its rows. */
export interface Source {
  readonly name: string
  readonly size: number
  /** Where it lies, when it is a file on disk. */
  readonly path?: string
  readonly chunks: () => AsyncIterable<Uint8Array>
  readonly whole: () => Promise<Uint8Array>
}

function bounded(size: number): void {
  if (size === 0) throw new UnreadableFile('empty-file')
  if (size > MAX_TEXT_BYTES) throw new UnreadableFile('too-large', { bytes: size, most: MAX_TEXT_BYTES })
}

export async function sourceFromPath(path: string): Promise<Source> {
  const { size } = await stat(path)
  bounded(size)
  return {
    name: basename(path),
    size,
    path,
    chunks: () => createReadStream(path),
    whole: () => readFile(path),
  }
}

export function sourceFromBytes(name: string, bytes: Uint8Array): Source {
  bounded(bytes.length)
  return {
    name,
    size: bytes.length,
    async *chunks() {
      yield bytes
    },
    whole: async () => bytes,
  }
}
