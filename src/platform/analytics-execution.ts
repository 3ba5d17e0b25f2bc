import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { refusalOf, resultTooLarge } from './analytics-refusals.ts'
import type { EngineCall } from './analytics-request.ts'
import type { QueryScope, SessionPool } from './analytics-sessions.ts'
import { quoted } from './analytics-statement.ts'

export interface EngineAnswer {
  body: Uint8Array | Readable
  rowsRead: number
  bytesRead: number
  rowsWritten: number
}

/** An answer up to this size is kept in memory; a larger one goes through a file. */
const answerInMemory = 4 << 20

/**
 * Runs one call on a session of the pool. Data in transit lies in the current folder of the process for as long as it
 * takes, because the engine reads patterns into longer paths.
 */
export function execute(call: EngineCall, pool: SessionPool, signal: AbortSignal): Promise<EngineAnswer> {
  const { kind } = call.statement
  if (call.data) return insert(call, call.data, pool, signal)
  if (kind === 'KILL') return control(call, pool)
  if (kind === 'SELECT' || kind === 'WITH') return select(call, pool, signal)
  return inMemory(call, call.scope, pool, signal)
}

/** Stops a query whose caller has gone. */
export function killQuery(mark: string, pool: SessionPool): Promise<unknown> {
  return pool.control(`KILL QUERY WHERE Settings['log_comment'] = ${quoted(mark)} ASYNC`)
}

async function inMemory(
  { statement, format }: EngineCall,
  scope: QueryScope,
  pool: SessionPool,
  signal: AbortSignal,
) {
  const result = await pool.use(statement.body, scope, (run) => run(statement.body, format), signal)
  return { body: result.bytes(), rowsRead: result.rowsRead, bytesRead: result.bytesRead, rowsWritten: 0 }
}

async function control({ statement, format, scope }: EngineCall, pool: SessionPool): Promise<EngineAnswer> {
  const result = await pool.control(statement.body, format, scope)
  return { body: result.bytes(), rowsRead: result.rowsRead, bytesRead: result.bytesRead, rowsWritten: 0 }
}

/** Small answers come from memory at once. One that outgrows it is asked for again, through a file. */
async function select(call: EngineCall, pool: SessionPool, signal: AbortSignal): Promise<EngineAnswer> {
  const { settings } = call.scope
  const ownLimit = [...settings.keys()].some((name) => /^(?:max_result_|result_overflow_)/.test(name))
  if (call.wholeAnswer || ownLimit) return throughFile(call, pool, signal)
  const bounded = new Map([
    ...settings,
    ['max_result_bytes', String(answerInMemory)],
    ['result_overflow_mode', 'throw'],
  ])
  try {
    return await inMemory(call, { ...call.scope, settings: bounded }, pool, signal)
  } catch (error) {
    if (refusalOf(error).code !== resultTooLarge) throw error
    return throughFile(call, pool, signal)
  }
}

async function throughFile(call: EngineCall, pool: SessionPool, signal: AbortSignal): Promise<EngineAnswer> {
  const file = randomUUID()
  const sql = `${call.statement.body}\nINTO OUTFILE '${file}' COMPRESSION 'none' FORMAT ${call.format}`
  try {
    const { rowsRead, bytesRead } = await pool.use(sql, call.scope, (run) => run(sql, 'Null'), signal)
    const body = createReadStream(file)
    body.once('close', () => void rm(file, { force: true }))
    return { body, rowsRead, bytesRead, rowsWritten: 0 }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

/**
 * The rows go through a file because the engine reads rows behind a query as a command line would: they end at the
 * first blank line, and what follows is run as SQL.
 */
async function insert(
  call: EngineCall,
  data: Readable,
  pool: SessionPool,
  signal: AbortSignal,
): Promise<EngineAnswer> {
  const file = randomUUID()
  const sql = `${call.statement.body} FROM INFILE '${file}' COMPRESSION 'none' FORMAT ${call.format}`
  try {
    await pipeline(data, createWriteStream(file, { mode: 0o600 }))
    const { rowsRead, bytesRead } = await pool.use(sql, call.scope, (run) => run(sql, 'Null'), signal)
    return { body: new Uint8Array(0), rowsRead, bytesRead, rowsWritten: rowsRead }
  } finally {
    await rm(file, { force: true })
  }
}
