import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { OperatorError, StoreUnavailable } from './errors.ts'
import { DamagedFile, type FileStore, FileTooLarge, UnknownFile } from './files.ts'
import { readS3Url, s3FileStore } from './s3-files.ts'
import { signedHeaders } from './s3-signature.ts'

const limits = { maxBytes: 10_000_000 }
const credentials = { accessKeyId: 'key', secretAccessKey: 'a/secret+', region: 'cn-east-1' }
const objects = new Map<string, Buffer>()
/** Statuses to answer the next requests with instead. */
const failures: number[] = []
const requests: string[] = []
let server: Server
let spool: string
let address: string
let files: FileStore

/** A store that holds one bucket, checks every signature against what has arrived, and lists two keys to a page. */
async function answer(request: IncomingMessage, response: ServerResponse) {
  const body = await buffer(request)
  const url = new URL(request.url ?? '', `http://${request.headers.host}`)
  requests.push(`${request.method} ${url.pathname}`)
  const failure = failures.shift()
  if (failure) return response.writeHead(failure).end('<Error/>')
  const hash = createHash('sha256').update(body).digest('hex')
  const moment = String(request.headers['x-amz-date']).replace(/(....)(..)(..T..)(..)(..)/, '$1-$2-$3:$4:$5')
  const method = request.method ?? ''
  const expected = signedHeaders({ method, url, bodyHash: hash }, credentials, new Date(moment))
  if (request.headers.authorization !== expected['authorization']) return response.writeHead(403).end()
  if (!url.pathname.startsWith('/bucket/')) return response.writeHead(404).end()
  const key = url.pathname.slice('/bucket/'.length)
  if (key === '') return response.end(listing(url.searchParams.get('continuation-token')))
  // Real stores refuse a body whose length is not declared.
  if (method === 'PUT' && request.headers['content-length'] === undefined)
    return response.writeHead(411).end()
  if (method === 'PUT') objects.set(key, body)
  const found = objects.get(key)
  return found ? response.end(method === 'GET' ? found : undefined) : response.writeHead(404).end()
}

function listing(after: string | null): string {
  const keys = [...objects.keys()].toSorted().filter((key) => key > (after?.replace('a&b=', '') ?? ''))
  const page = keys.slice(0, 2)
  const next = keys.length > 2 ? `<NextContinuationToken>a&amp;b=${page.at(-1)}</NextContinuationToken>` : ''
  return `<ListBucketResult>${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}${next}</ListBucketResult>`
}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  spool = await mkdtemp(join(tmpdir(), 's3-'))
  address = `http://key:a%2Fsecret%2B@127.0.0.1:${(server.address() as AddressInfo).port}/bucket?region=cn-east-1`
  files = await s3FileStore(readS3Url(address), spool)
})
afterAll(async () => {
  server.close()
  await rm(spool, { recursive: true })
})
beforeEach(() => {
  objects.clear()
  failures.length = 0
  requests.length = 0
})

test('a file goes under its hash, once, and comes back whole', async () => {
  const content = randomBytes(300_000)
  const stored = await files.put(Readable.from([content.subarray(0, 1000), content.subarray(1000)]), limits)
  expect(stored).toEqual({ hash: createHash('sha256').update(content).digest('hex'), size: 300_000 })
  expect([...objects.keys()]).toEqual([
    `${stored.hash.slice(0, 2)}/${stored.hash.slice(2, 4)}/${stored.hash}`,
  ])
  expect((await files.read(stored.hash)).equals(content)).toBe(true)
  expect(await files.has(stored.hash)).toBe(true)
  await files.put(content, limits)
  expect(requests.filter((request) => request.startsWith('PUT')).length).toBe(1)
  expect(await readdir(spool)).toEqual([])
})

test('what is not there is unknown, and no other key can be asked for', async () => {
  await expect(files.read('0'.repeat(64))).rejects.toThrow(UnknownFile)
  expect(await files.has('0'.repeat(64))).toBe(false)
  requests.length = 0
  await expect(files.open('../other-bucket/x')).rejects.toThrow(UnknownFile)
  expect(await files.has('../other-bucket/x')).toBe(false)
  expect(requests).toEqual([])
})

test('a content over the limit never reaches the store', async () => {
  await expect(files.put(Buffer.alloc(1001), { maxBytes: 1000 })).rejects.toThrow(FileTooLarge)
  expect(objects.size).toBe(0)
  expect(await readdir(spool)).toEqual([])
})

test('damaged files never come back whole, and verifyAll finds them on every page of the list', async () => {
  const stored = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((text) => files.put(Buffer.from(text), limits)),
  )
  objects.set('readme.txt', Buffer.from('not ours'))
  const hash = stored[3]?.hash ?? ''
  objects.set(`${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`, Buffer.from('x'))
  await expect(files.read(hash)).rejects.toThrow(DamagedFile)
  expect(await files.verifyAll()).toEqual({ files: 5, bytes: 4, damaged: [hash] })
})

test('passing failures are outlived, lasting ones are an outage, and a refusal is not asked again', async () => {
  failures.push(503, 500)
  const { hash } = await files.put(Buffer.from('patience'), limits)
  expect(await files.has(hash)).toBe(true)

  failures.push(500, 500, 500, 500)
  await expect(files.read(hash)).rejects.toThrow(StoreUnavailable)
  failures.push(403)
  await expect(files.read(hash)).rejects.toThrow(StoreUnavailable)
  expect(failures).toEqual([])
  failures.push(404, 404)
  await expect(files.put(Buffer.from('nowhere to go'), limits)).rejects.toThrow(StoreUnavailable)
})

test.for([
  'https://key:secret@store.example',
  'https://store.example/bucket',
  'https://key:s@store.example/a/b',
])('an address without its parts is refused: %s', (text) => {
  expect(() => readS3Url(text)).toThrow(OperatorError)
})

test('a bucket that is not there, or not ours, is refused at the start', async () => {
  const location = readS3Url(address)
  await expect(s3FileStore({ ...location, bucket: 'other' }, spool)).rejects.toThrow(OperatorError)
  await expect(s3FileStore({ ...location, secretAccessKey: 'guess' }, spool)).rejects.toThrow(OperatorError)
})
