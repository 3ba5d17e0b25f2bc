import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

import { OperatorError, StoreUnavailable } from './errors.ts'
import {
  DamagedFile,
  type FileStore,
  type FileStoreCheck,
  receiveFile,
  UnknownFile,
  verifyingStream,
} from './files.ts'
import { type S3Credentials, type S3Request, signedHeaders } from './s3-signature.ts'

export interface S3Location extends S3Credentials {
  /** Where the store answers, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
}

/**
 * Reads `https://key:secret@store.example/bucket?region=…`; the region is `us-east-1` where a store knows none. Throws
 * OperatorError when the bucket or the key is missing.
 */
export function readS3Url(address: string): S3Location {
  const url = new URL(address)
  const bucket = decodeURIComponent(url.pathname.slice(1).replace(/\/$/, ''))
  if (!/^[\w.-]+$/.test(bucket) || !url.username) {
    throw new OperatorError('S3_URL must be like https://key:secret@store.example/bucket.')
  }
  return {
    endpoint: url.origin,
    bucket,
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}

/**
 * A file store in a bucket of any S3-compatible store, under the same names as the local one: `ab/cd/abcd…`. Content is
 * gathered in `spoolFolder` first, because its name and its signature need the hash of the whole.
 */
export async function s3FileStore(location: S3Location, spoolFolder: string): Promise<FileStore> {
  await mkdir(spoolFolder, { recursive: true, mode: 0o700 })
  const bucket = new Bucket(location)
  await bucket.find()

  const has = async (hash: string) =>
    /^[0-9a-f]{64}$/.test(hash) && (await bucket.request('HEAD', keyOf(hash))).status === 200
  const open = async (hash: string) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new UnknownFile(`no file ${hash}`)
    return bucket.read(hash)
  }
  const put: FileStore['put'] = async (content, { maxBytes }) => {
    const path = join(spoolFolder, randomUUID())
    try {
      const stored = await receiveFile(content, path, maxBytes)
      if (!(await has(stored.hash))) await bucket.write(stored.hash, path)
      return stored
    } finally {
      await rm(path, { force: true })
    }
  }
  return {
    put,
    open,
    read: async (hash) => buffer(await open(hash)),
    has,
    verifyAll: () => verifyBucket(bucket),
  }
}

function keyOf(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`
}

const attempts = 4

class Bucket {
  readonly #location: S3Location

  constructor(location: S3Location) {
    this.#location = location
  }

  /** Throws OperatorError when there is no such bucket, or these keys do not open it. */
  async find(): Promise<void> {
    const { bucket, endpoint } = this.#location
    await this.request('GET', '', { query: { 'list-type': '2', 'max-keys': '1' } }).catch(
      (error: unknown) => {
        throw new OperatorError(`The bucket ${bucket} at ${endpoint} cannot be opened.`, { cause: error })
      },
    )
  }

  async read(hash: string): Promise<Readable> {
    const response = await this.request('GET', keyOf(hash))
    if (response.status === 404 || !response.body) throw new UnknownFile(`no file ${hash}`)
    const verified = verifyingStream(hash)
    const source = Readable.fromWeb(response.body)
    source.once('error', (error) =>
      verified.destroy(new StoreUnavailable('the file broke off', 2, { cause: error })),
    )
    verified.once('close', () => source.destroy())
    return source.pipe(verified)
  }

  /** The store compares the body with the hash that is signed, and refuses it when they differ. */
  async write(hash: string, path: string): Promise<void> {
    await this.request('PUT', keyOf(hash), { body: await openAsBlob(path), bodyHash: hash })
  }

  async *keys(): AsyncGenerator<string> {
    let continuation: string | undefined
    do {
      const query = { 'list-type': '2', ...(continuation && { 'continuation-token': continuation }) }
      const page = await (await this.request('GET', '', { query })).text()
      for (const { 1: key = '' } of page.matchAll(/<Key>([^<]+)<\/Key>/g)) yield key
      continuation = /<NextContinuationToken>([^<]+)</.exec(page)?.[1]?.replaceAll('&amp;', '&')
    } while (continuation)
  }

  /** Any answer but success, or 404 for a single file, is an outage; those that may pass are asked for again first. */
  async request(
    method: S3Request['method'],
    key: string,
    { body, bodyHash, query = {} }: { body?: Blob; bodyHash?: string; query?: Record<string, string> } = {},
  ): Promise<Response> {
    const { endpoint, bucket } = this.#location
    const url = new URL(`/${bucket}/${key}`, endpoint)
    url.search = new URLSearchParams(query).toString()
    let problem: unknown
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await sleep(100 * 3 ** attempt)
      const headers = signedHeaders(
        { method, url, ...(bodyHash && { bodyHash }) },
        this.#location,
        new Date(),
      )
      try {
        const response = await fetch(url, { method, headers, ...(body && { body }) })
        const absent = response.status === 404 && key !== '' && method !== 'PUT'
        if (response.ok || absent) return response
        problem = new Error(`${response.status} ${(await response.text()).slice(0, 500)}`)
        if (response.status < 500 && response.status !== 429) break
      } catch (error) {
        problem = error
      }
    }
    throw new StoreUnavailable(`the file store does not take ${method}`, 5, { cause: problem })
  }
}

async function verifyBucket(bucket: Bucket): Promise<FileStoreCheck> {
  const check: FileStoreCheck = { files: 0, bytes: 0, damaged: [] }
  for await (const key of bucket.keys()) {
    const hash = key.slice(6)
    if (!/^[0-9a-f]{64}$/.test(hash) || key !== keyOf(hash)) continue
    check.files++
    try {
      for await (const chunk of await bucket.read(hash)) check.bytes += (chunk as Buffer).length
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error
      check.damaged.push(hash)
    }
  }
  return check
}
