import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib'

import { Refused } from './analytics-refusals.ts'
import type { QueryScope } from './analytics-sessions.ts'
import { readStatement, type Statement } from './analytics-statement.ts'

/** Limits of a request that names none of its own. */
export interface DefaultLimits {
  seconds: number
  memoryBytes: number
}

/** One query or insert, read from a request to ClickHouse's HTTP interface. */
export interface EngineCall {
  statement: Statement
  scope: QueryScope
  /** The format of the answer, or of the data of an insert. */
  format: string
  /** The caller wants the whole answer computed before its first byte, however large it is. */
  wholeAnswer: boolean
  queryId: string
  /** Marks the query in system.processes, where it can be found and killed. */
  mark: string
  /** The rows of an INSERT … FORMAT …; left unread until the call is executed. */
  data?: Readable
}

/** Addressed to the interface and not to the engine; every other name in the address is a setting. */
const ownParameters: ReadonlySet<string> = new Set([
  'query',
  'database',
  'default_format',
  'query_id',
  'user',
  'password',
  'enable_http_compression',
  'http_zlib_compression_level',
  'wait_end_of_query',
  'buffer_size',
  'cancel_http_readonly_queries_on_client_close',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'log_comment',
  'max_query_size',
])

/** What would need state between requests or another encoding is refused rather than ignored. */
const unsupported = ['session_id', 'role', 'compress', 'decompress', 'quota_key']

const longestQuery = 64 << 20

/** Throws Refused or StatementRefused when the request asks for what the interface does not take. */
export async function readCall(
  request: IncomingMessage,
  url: URL,
  limits: DefaultLimits,
): Promise<EngineCall> {
  const given = new Map(url.searchParams)
  const refused = unsupported.find((name) => given.has(name))
  if (refused) throw notImplemented(`${refused} is not supported by the embedded engine`)
  const content = decoded(request)
  const { statement, data } = await readText(request, content, given)
  const queryId = given.get('query_id') ?? randomUUID()
  const mark = `${queryId} ${given.get('log_comment') ?? ''}`
  return {
    statement,
    scope: scopeOf(given, mark, limits),
    format: statement.format ?? given.get('default_format') ?? 'TabSeparated',
    wholeAnswer: given.get('wait_end_of_query') === '1',
    queryId,
    mark,
    ...(data && { data }),
  }
}

/** An insert comes as a query in the address and rows in the body; everything else is one text, wherever it stands. */
async function readText(request: IncomingMessage, content: Readable, given: Map<string, string>) {
  const inAddress = given.get('query')
  const statement = inAddress === undefined ? undefined : readStatement(inAddress)
  if (statement?.kind === 'INSERT' && statement.format !== undefined && statement.data === undefined) {
    return { statement, data: content }
  }
  const body = await queryText(request, content, given)
  const whole = readStatement(inAddress === undefined ? body : `${inAddress}\n${body}`)
  if (whole.kind !== 'INSERT' || whole.format === undefined) return { statement: whole }
  return { statement: whole, data: Readable.from([whole.data ?? '']) }
}

function scopeOf(given: ReadonlyMap<string, string>, mark: string, limits: DefaultLimits): QueryScope {
  const parameters = new Map<string, string>()
  const settings = new Map([
    ['max_execution_time', String(limits.seconds)],
    ['max_memory_usage', String(limits.memoryBytes)],
    ['log_comment', mark],
  ])
  for (const [name, value] of given) {
    const parameter = /^param_(\w+)$/.exec(name)?.[1]
    if (parameter !== undefined) parameters.set(parameter, value)
    else if (ownParameters.has(name)) continue
    else if (/^[a-z]\w*$/i.test(name)) settings.set(name, value)
    else throw new Refused(404, 115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`)
  }
  return { database: given.get('database') ?? 'default', settings, parameters }
}

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return request
  const decoders = { gzip: createGunzip, br: createBrotliDecompress, zstd: createZstdDecompress }
  if (!Object.hasOwn(decoders, encoding))
    throw notImplemented(`Content-Encoding ${encoding} is not supported`)
  const decoder = decoders[encoding as keyof typeof decoders]()
  request.once('error', (error) => decoder.destroy(error))
  return request.pipe(decoder)
}

/** The query as the body; a form carries it together with parameters too long for the address. */
async function queryText(
  request: IncomingMessage,
  content: Readable,
  given: Map<string, string>,
): Promise<string> {
  const body = await readAll(content)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return body.toString()
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  for (const [name, value] of form) if (name.startsWith('param_')) given.set(name, String(value))
  return String(form.get('query') ?? '')
}

async function readAll(content: Readable): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > longestQuery)
      throw new Refused(413, 307, 'TOO_MANY_BYTES', `The query exceeds ${longestQuery} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function notImplemented(message: string): Refused {
  return new Refused(501, 48, 'NOT_IMPLEMENTED', message)
}
