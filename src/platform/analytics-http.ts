import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib'

import { type EngineAnswer, execute, killQuery } from './analytics-execution.ts'
import { engineStopped, refusalOf, Refused } from './analytics-refusals.ts'
import { type DefaultLimits, type EngineCall, readCall } from './analytics-request.ts'
import type { SessionPool } from './analytics-sessions.ts'

export interface AnalyticsHttpOptions {
  pool: SessionPool
  username: string
  password: string
  limits: DefaultLimits
  /** Called when the engine says that it has stopped working; only a new process helps. */
  onBroken(message: string): void
}

/** ClickHouse's HTTP interface over the sessions of the embedded engine: as much of it as the official client uses. */
export function createAnalyticsHttp(options: AnalyticsHttpOptions): Server {
  // Lists of parameters travel in the address; a server takes a megabyte of it as well.
  const server = createServer({ maxHeaderSize: 1 << 20, requestTimeout: 0 }, (request, response) => {
    answer(request, response, options).catch((error: unknown) => refuse(request, response, error, options))
  })
  server.keepAliveTimeout = 60_000
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse, options: AnalyticsHttpOptions) {
  const url = new URL(request.url ?? '/', 'http://engine')
  if (url.pathname === '/ping' || (url.pathname === '/' && request.method === 'GET' && !url.search)) {
    response.end('Ok.\n')
    return
  }
  if (url.pathname !== '/') throw new Refused(404, 0, 'NOT_FOUND', `There is no ${url.pathname} here`)
  authenticate(request, url, options)
  const call = await readCall(request, url, options.limits)
  if (response.destroyed) return
  const gone = new AbortController()
  response.once('close', () => {
    if (response.writableFinished) return
    gone.abort()
    void cancel(call, executed, options.pool)
  })
  response.setHeader('X-ClickHouse-Query-Id', call.queryId)
  const executed = execute(call, options.pool, gone.signal)
  await send(await executed, call, request, response, url)
}

/** A query that was just about to start is not there yet to be killed: it is tried until the query has ended. */
async function cancel({ mark }: EngineCall, executed: Promise<unknown>, pool: SessionPool) {
  const ended = executed.then(
    () => true,
    () => true,
  )
  do {
    await killQuery(mark, pool).catch(() => {})
  } while (!(await Promise.race([ended, sleep(500, false)])))
}

function authenticate(request: IncomingMessage, url: URL, { username, password }: AnalyticsHttpOptions) {
  const [user, key] = credentials(request, url)
  if (sameText(user, username) && sameText(key, password)) return
  throw new Refused(
    403,
    516,
    'AUTHENTICATION_FAILED',
    'Authentication failed: the user or the password is wrong',
  )
}

function credentials({ headers }: IncomingMessage, url: URL): [user: string, key: string] {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString()
    return [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
  }
  const user = headers['x-clickhouse-user'] ?? url.searchParams.get('user') ?? ''
  const key = headers['x-clickhouse-key'] ?? url.searchParams.get('password') ?? ''
  return [String(user), String(key)]
}

/** Takes the same time wherever the texts begin to differ. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(left, right)
}

async function send(
  { body, ...counts }: EngineAnswer,
  { format }: EngineCall,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  response.setHeader('Content-Type', contentType(format))
  response.setHeader('X-ClickHouse-Format', format)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  response.setHeader('X-ClickHouse-Summary', summary(counts))
  const compressor = compressorFor(request, url)
  if (compressor) {
    response.setHeader('Content-Encoding', compressor.encoding)
    await pipeline(body instanceof Uint8Array ? Readable.from([body]) : body, compressor.create(), response)
  } else if (body instanceof Uint8Array) {
    response.end(body)
  } else {
    await pipeline(body, response)
  }
}

function compressorFor({ headers }: IncomingMessage, url: URL) {
  if (url.searchParams.get('enable_http_compression') !== '1') return undefined
  const accepted = (headers['accept-encoding'] ?? '').split(/[,;\s]+/)
  return [
    { encoding: 'zstd', create: createZstdCompress },
    { encoding: 'gzip', create: createGzip },
    { encoding: 'br', create: createBrotliCompress },
  ].find(({ encoding }) => accepted.includes(encoding))
}

function contentType(format: string): string {
  if (format.includes('EachRow')) return 'application/x-ndjson; charset=UTF-8'
  if (format.startsWith('JSON')) return 'application/json; charset=UTF-8'
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8'
  if (format.startsWith('TabSeparated')) return 'text/tab-separated-values; charset=UTF-8'
  return 'application/octet-stream'
}

function summary({ rowsRead, bytesRead, rowsWritten }: Omit<EngineAnswer, 'body'>): string {
  return JSON.stringify({
    read_rows: String(rowsRead),
    read_bytes: String(bytesRead),
    written_rows: String(rowsWritten),
  })
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  options: AnalyticsHttpOptions,
) {
  const refusal = refusalOf(error)
  if (refusal.code === engineStopped) options.onBroken(refusal.message)
  if (response.headersSent || response.destroyed) {
    // Part of the answer is out: only a broken connection can still say that it is not whole.
    response.destroy()
    return
  }
  // What is left of a refused upload is not worth reading, and would be taken for the next request.
  if (!request.complete) response.shouldKeepAlive = false
  response.writeHead(refusal.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(refusal.code),
    ...(refusal.status === 503 && { 'Retry-After': '1' }),
  })
  response.end(`${refusal.message}\n`)
}
