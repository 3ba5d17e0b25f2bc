import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

import {
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client'

import { StoreUnavailable } from './errors.ts'

/** Values of the `{name:Type}` parameters of a query. They never become part of its text. */
export type AnalyticsParameters = Readonly<Record<string, AnalyticsValue>>
export type AnalyticsValue = string | number | bigint | boolean | null | Date | readonly AnalyticsValue[]

export interface AnalyticsCallOptions {
  /** What the call may take before the store stops it with AnalyticsLimitExceeded. */
  readonly limits?: { readonly seconds?: number; readonly memoryBytes?: number }
  /** Who asks, such as `statistics.board`; found again in the store's own list of queries. */
  readonly tag?: string
  /** Cancels the query in the store too. */
  readonly signal?: AbortSignal
}

/**
 * The bulk store: ClickHouse, embedded or a server, through the official client. Every call has limits, and every one
 * may throw AnalyticsUnavailable, AnalyticsLimitExceeded or AnalyticsError.
 */
export interface Analytics {
  /** All rows of a query. 64-bit numbers come as numbers: cast hashes and the like to String. */
  query<Row>(sql: string, parameters?: AnalyticsParameters, options?: AnalyticsCallOptions): Promise<Row[]>
  /** The rows of a large result, one by one. The query has succeeded as a whole before the first row comes. */
  stream<Row>(
    sql: string,
    parameters?: AnalyticsParameters,
    options?: AnalyticsCallOptions,
  ): AsyncIterable<Row>
  /** Returns once the rows are stored. Bad rows fail the whole batch. */
  insert<Row>(
    table: string,
    rows: readonly Row[] | AsyncIterable<Row>,
    options?: AnalyticsCallOptions,
  ): Promise<void>
  /** A statement without rows to give: DDL, OPTIMIZE, DELETE … */
  command(sql: string, parameters?: AnalyticsParameters, options?: AnalyticsCallOptions): Promise<void>
  /** Throws AnalyticsUnavailable unless a query is answered within two seconds. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The store cannot be reached, is starting, or has too much to do. */
export class AnalyticsUnavailable extends StoreUnavailable {
  override name = 'AnalyticsUnavailable'
}

/** The call ran into one of its limits; the store is well, the question was too large. */
export class AnalyticsLimitExceeded extends Error {
  override name = 'AnalyticsLimitExceeded'
  readonly limit: 'time' | 'memory' | 'size'

  constructor(limit: AnalyticsLimitExceeded['limit'], options: ErrorOptions) {
    super(`the query ran into its limit of ${limit}`, options)
    this.limit = limit
  }
}

/** The store refused the statement or its data, with ClickHouse's own code and type. */
export class AnalyticsError extends Error {
  override name = 'AnalyticsError'
  readonly code: number
  readonly type: string

  constructor({ code, type = '', message }: ClickHouseError, options: ErrorOptions) {
    super(message, options)
    this.code = Number(code)
    this.type = type
  }
}

export interface AnalyticsOptions {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly database: string
}

const defaultLimits = { seconds: 30, memoryBytes: 2 ** 31 }
const insertSeconds = 120
/** How long after its own limit a call is given up when the store does not even say that the limit is reached. */
const graceMilliseconds = 5000

/** Takes user, password and database out of an address such as `http://user:password@host:8123/zhiyuan`. */
export function readAnalyticsUrl(address: string): AnalyticsOptions {
  const url = new URL(address)
  const { username, password, pathname } = url
  url.username = url.password = url.search = ''
  url.pathname = '/'
  return {
    url: url.href,
    username: decodeURIComponent(username) || 'default',
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || 'zhiyuan',
  }
}

export function createAnalytics({ url, username, password, database }: AnalyticsOptions): Analytics {
  const client = createClient({
    url,
    username,
    password,
    database,
    max_open_connections: 32,
    // Every call sets its own deadline; this one only has to lie beyond all of them.
    request_timeout: 3_600_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
  const analytics: Analytics = {
    query: (sql, parameters, options) =>
      answering(options, (call) => allRows(client, sql, parameters, call), 1),
    stream: (sql, parameters, options) => rowsOf(client, sql, parameters, options),
    insert: async (table, rows, options) => {
      const values = Array.isArray(rows) ? rows : Readable.from(rows)
      const limits = { seconds: insertSeconds, ...options?.limits }
      await answering({ ...options, limits }, (call) =>
        client.insert({ table, values, format: 'JSONEachRow', ...call }),
      )
    },
    command: async (sql, parameters, options) => {
      await answering(options, (call) =>
        client.command({ query: sql, ...withParameters(parameters), ...call }),
      )
    },
    ping: async () => {
      await analytics.query('SELECT 1', {}, { signal: AbortSignal.timeout(2000) }).catch((error: unknown) => {
        throw new AnalyticsUnavailable('the analytics store does not answer', 2, { cause: error })
      })
    },
    close: () => client.close(),
  }
  return analytics
}

interface Call {
  clickhouse_settings: ClickHouseSettings
  abort_signal: AbortSignal
}

type Client = ReturnType<typeof createClient>
type Parameters = AnalyticsParameters | undefined

async function allRows<Row>(client: Client, sql: string, parameters: Parameters, call: Call) {
  const result = await client.query({
    query: sql,
    format: 'JSONEachRow',
    ...withParameters(parameters),
    ...call,
  })
  return result.json<Row>()
}

async function* rowsOf<Row>(
  client: Client,
  sql: string,
  parameters: Parameters,
  options: AnalyticsCallOptions | undefined,
): AsyncGenerator<Row> {
  const result = await answering(options, ({ clickhouse_settings, ...call }) =>
    client.query({
      query: sql,
      format: 'JSONEachRow',
      ...withParameters(parameters),
      ...call,
      clickhouse_settings: { ...clickhouse_settings, wait_end_of_query: 1 },
    }),
  )
  try {
    for await (const rows of result.stream<Row>()) for (const row of rows) yield row.json()
  } catch (error) {
    throw typed(error)
  } finally {
    result.close()
  }
}

function withParameters(parameters: Parameters) {
  // Long lists of values go into the body instead of the address.
  return { query_params: { ...parameters }, use_multipart_params_auto: true }
}

/** Makes one call under its limits, and a second one when nothing was changed and only the connection was lost. */
async function answering<Result>(
  options: AnalyticsCallOptions | undefined,
  work: (call: Call) => Promise<Result>,
  retries = 0,
): Promise<Result> {
  options?.signal?.throwIfAborted()
  const { seconds, memoryBytes } = { ...defaultLimits, ...options?.limits }
  const deadline = AbortSignal.timeout(seconds * 1000 + graceMilliseconds)
  const call = {
    clickhouse_settings: settingsFor(seconds, memoryBytes, options?.tag),
    abort_signal: options?.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
  }
  try {
    return await work(call)
  } catch (error) {
    if (options?.signal?.aborted) throw options.signal.reason
    if (retries === 0 || deadline.aborted || !isConnectionLoss(error)) throw typed(error)
    await sleep(100)
    return answering(options, work, retries - 1)
  }
}

function settingsFor(seconds: number, memoryBytes: number, tag: string | undefined): ClickHouseSettings {
  return {
    max_execution_time: seconds,
    max_memory_usage: String(memoryBytes),
    cancel_http_readonly_queries_on_client_close: 1,
    // Fixed here because the defaults changed between releases.
    output_format_json_quote_64bit_integers: 0,
    date_time_input_format: 'best_effort',
    date_time_output_format: 'iso',
    ...(tag && { log_comment: tag }),
  }
}

const limitCodes: Readonly<Record<string, AnalyticsLimitExceeded['limit']>> = {
  158: 'size',
  159: 'time',
  160: 'time',
  241: 'memory',
  307: 'size',
  396: 'size',
}

/** Too many queries at once, a store that shuts down and cancels what runs, or none of its replicas at hand. */
const unavailableCodes: ReadonlySet<string> = new Set(['202', '236', '279', '394', '439', '745'])

function typed(error: unknown): unknown {
  if (error instanceof ClickHouseError) {
    const limit = limitCodes[error.code]
    if (limit) return new AnalyticsLimitExceeded(limit, { cause: error })
    if (!unavailableCodes.has(error.code)) return new AnalyticsError(error, { cause: error })
    return new AnalyticsUnavailable('the analytics store has too much to do', 1, { cause: error })
  }
  // Whatever is not an answer of the store's means that there was none: refused, reset, timed out, cut short.
  if (error instanceof Error)
    return new AnalyticsUnavailable('the analytics store does not answer', 2, { cause: error })
  return error
}

function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ClickHouseError || !(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code) || error.message === 'socket hang up'
  )
}
