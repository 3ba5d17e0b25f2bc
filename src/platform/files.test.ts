import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { DamagedFile, type FileStore, FileTooLarge, localFileStore, UnknownFile } from './files.ts'

const limits = { maxBytes: 10_000_000 }
let folder: string
let files: FileStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
  files = await localFileStore(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash)

async function damage(hash: string, bytes: string | Buffer) {
  await chmod(pathOf(hash), 0o600)
  await writeFile(pathOf(hash), bytes)
}

test('a file is stored under the SHA-256 of its bytes and comes back whole', async () => {
  const stored = await files.put(Buffer.from('abc'), limits)
  expect(stored).toEqual({
    hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    size: 3,
  })
  expect(await files.read(stored.hash)).toEqual(Buffer.from('abc'))
  expect(await files.has(stored.hash)).toBe(true)
})

test('large and empty contents pass as streams', async () => {
  const content = randomBytes(5_000_000)
  const chunks = Array.from({ length: 50 }, (_, index) =>
    content.subarray(index * 100_000, (index + 1) * 100_000),
  )
  const large = await files.put(Readable.from(chunks), limits)
  expect(large.size).toBe(5_000_000)
  expect((await buffer(await files.open(large.hash))).equals(content)).toBe(true)
  const empty = await files.put(new Uint8Array(0), limits)
  expect(await files.read(empty.hash)).toEqual(Buffer.alloc(0))
})

test('a content over the limit is refused and leaves nothing', async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(1000)
    })(),
  )
  await expect(files.put(endless, { maxBytes: 50_000 })).rejects.toThrow(FileTooLarge)
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

test('a content that breaks off leaves nothing', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half')
      throw new Error('connection lost')
    })(),
  )
  await expect(files.put(broken, limits)).rejects.toThrow('connection lost')
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

test('the same content arriving many times at once is one file, written once', async () => {
  const content = randomBytes(200_000)
  const stored = await Promise.all(Array.from({ length: 8 }, () => files.put(content, limits)))
  expect(new Set(stored.map(({ hash }) => hash)).size).toBe(1)
  const before = await stat(pathOf(stored[0]!.hash))
  await files.put(content, limits)
  expect((await stat(pathOf(stored[0]!.hash))).ino).toBe(before.ino)
})

test('what is asked for by anything but a stored hash does not exist', async () => {
  for (const hash of ['', '../../etc/passwd', '0'.repeat(64), 'BA7816', `${'0'.repeat(63)}/`]) {
    expect(await files.has(hash)).toBe(false)
    await expect(files.open(hash)).rejects.toThrow(UnknownFile)
  }
})

test('a damaged file never comes back whole, is found by verifyAll, and heals when its content arrives again', async () => {
  const content = randomBytes(300_000)
  const { hash } = await files.put(content, limits)
  await damage(hash, Buffer.concat([content.subarray(0, 299_999), Buffer.from([content[299_999]! ^ 1])]))
  await expect(files.read(hash)).rejects.toThrow(DamagedFile)
  await expect(buffer(await files.open(hash))).rejects.toThrow(DamagedFile)
  expect((await files.verifyAll()).damaged).toEqual([hash])

  await files.put(content, limits)
  expect((await files.read(hash)).equals(content)).toBe(true)
  expect((await files.verifyAll()).damaged).toEqual([])
})

test('verifyAll counts every file and byte', async () => {
  const own = await mkdtemp(join(tmpdir(), 'files-'))
  const store = await localFileStore(own)
  await store.put(Buffer.from('one'), limits)
  await store.put(Buffer.from('four'), limits)
  expect(await store.verifyAll()).toEqual({ files: 2, bytes: 7, damaged: [] })
  await rm(own, { recursive: true })
})

test('opening a store removes what a crash left half received, once it is a day old', async () => {
  const old = join(folder, 'incoming', 'old')
  const fresh = join(folder, 'incoming', 'fresh')
  for (const path of [old, fresh]) await writeFile(path, 'half')
  const twoDaysAgo = new Date(Date.now() - 48 * 3600 * 1000)
  await utimes(old, twoDaysAgo, twoDaysAgo)
  await localFileStore(folder)
  expect(await readdir(join(folder, 'incoming'))).toEqual(['fresh'])
  await rm(fresh)
})
