import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** A stored file: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits, and their number. */
export interface StoredFile {
  hash: string
  size: number
}

export interface FileStoreCheck {
  files: number
  bytes: number
  /** Files whose bytes no longer have the hash they are stored under. */
  damaged: string[]
}

/** Files by the hash of their content. What is stored never changes and is never overwritten. */
export interface FileStore {
  /**
   * Stores the content and answers once it is safe on disk. The same content twice is one file.
   * Throws FileTooLarge beyond `maxBytes`; nothing is kept of a content that was refused or broke off.
   */
  put(content: Readable | Uint8Array, limits: { maxBytes: number }): Promise<StoredFile>
  /**
   * The content as a stream that fails with DamagedFile before its end when the bytes do not have the hash.
   * Throws UnknownFile when there is no such file.
   */
  open(hash: string): Promise<Readable>
  /** The whole content, checked. For files that fit in memory. */
  read(hash: string): Promise<Buffer>
  has(hash: string): Promise<boolean>
  /** Reads every file again and compares it with its hash. */
  verifyAll(): Promise<FileStoreCheck>
}

export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
  readonly maxBytes: number

  constructor(maxBytes: number) {
    super(`the file is larger than the ${maxBytes} bytes allowed`)
    this.maxBytes = maxBytes
  }
}

export class UnknownFile extends Error {
  override name = 'UnknownFile'
}

export class DamagedFile extends Error {
  override name = 'DamagedFile'
}

const hashPattern = /^[0-9a-f]{64}$/

/** What a crash left half received is kept this long for whoever wants to look, then removed. */
const leftoverLifetime = 24 * 3600 * 1000

/** A file store in a local folder: `ab/cd/abcd…`, with content that is still arriving under `incoming`. */
export async function localFileStore(folder: string): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await removeLeftovers(incoming)

  async function put(
    content: Readable | Uint8Array,
    { maxBytes }: { maxBytes: number },
  ): Promise<StoredFile> {
    const temporary = join(incoming, randomUUID())
    try {
      const stored = await receiveFile(content, temporary, maxBytes)
      await keep(temporary, stored.hash)
      return stored
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async function keep(temporary: string, hash: string) {
    const path = pathOf(folder, hash)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    try {
      await link(temporary, path)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      // A file that rotted on disk is healed by the same content arriving again.
      if ((await hashOf(path)) !== hash) await rename(temporary, path)
    }
    for (const changed of [dirname(path), dirname(dirname(path)), folder]) await syncFolder(changed)
  }

  async function has(hash: string): Promise<boolean> {
    return (await existing(hash)) !== undefined
  }

  async function existing(hash: string): Promise<string | undefined> {
    if (!hashPattern.test(hash)) return undefined
    const path = pathOf(folder, hash)
    const found = await stat(path).catch(missing)
    return found?.isFile() ? path : undefined
  }

  async function openFile(hash: string): Promise<Readable> {
    const path = await existing(hash)
    if (path === undefined) throw new UnknownFile(`no file ${hash}`)
    const verified = verifyingStream(hash)
    const source = createReadStream(path)
    source.once('error', (error) => verified.destroy(error))
    verified.once('close', () => source.destroy())
    return source.pipe(verified)
  }

  return {
    put,
    open: openFile,
    read: async (hash) => buffer(await openFile(hash)),
    has,
    verifyAll: () => verifyFolder(folder),
  }
}

/** Writes a content that is arriving to a new file and counts and hashes it on the way; returns once it is on disk. */
export async function receiveFile(
  content: Readable | Uint8Array,
  path: string,
  maxBytes: number,
): Promise<StoredFile> {
  const digest = createHash('sha256')
  let size = 0
  await using file = await open(path, 'wx', 0o400)
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    size += bytes.length
    if (size > maxBytes) throw new FileTooLarge(maxBytes)
    digest.update(bytes)
    await file.writeFile(bytes)
  }
  await file.sync()
  return { hash: digest.digest('hex'), size }
}

/** Passes the bytes on, one chunk behind, so that the last one is only given out once the whole is known to be sound. */
export function verifyingStream(hash: string): Transform {
  const digest = createHash('sha256')
  let held: Buffer | undefined
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk)
      const sound = held
      held = chunk
      done(null, sound)
    },
    flush(done) {
      if (digest.digest('hex') === hash) return done(null, held)
      done(new DamagedFile(`the bytes stored as ${hash} no longer have that hash`))
    },
  })
}

async function verifyFolder(folder: string): Promise<FileStoreCheck> {
  const check: FileStoreCheck = { files: 0, bytes: 0, damaged: [] }
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile() || !hashPattern.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    check.files++
    check.bytes += (await stat(path)).size
    if ((await hashOf(path)) !== entry.name) check.damaged.push(entry.name)
  }
  return check
}

async function hashOf(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk)
  return digest.digest('hex')
}

async function removeLeftovers(incoming: string) {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const found = await stat(path).catch(missing)
    if (found && Date.now() - found.mtimeMs > leftoverLifetime) await rm(path, { force: true })
  }
}

function pathOf(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash)
}

/** A new name in a folder is only safe from a power cut once the folder itself is on disk. */
async function syncFolder(path: string) {
  await using folder = await open(path, 'r')
  await folder.sync()
}

function missing(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
