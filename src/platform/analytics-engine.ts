import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { createAnalyticsHttp } from './analytics-http.ts'
import { SessionPool } from './analytics-sessions.ts'

/**
 * The main of the embedded ClickHouse. The engine is a native library with one data folder a process: it runs in a
 * process of its own, so that it can neither block nor take along the one that serves people. Whoever starts it sends
 * a StartOrder, and it lives no longer than that connection.
 */
export interface StartOrder {
  folder: string
  /** 0 lets the system choose. */
  port: number
  /** That of the engine before this one, for those who know it; a new one where there was none. */
  password?: string | undefined
}

export type StartReport =
  | { kind: 'ready'; port: number; username: string; password: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'broken'; reason: string }

/** What `engine.json` in the data folder tells whoever wants to use the engine that runs on it. */
export interface EngineRecord {
  pid: number
  /** The process the engine was started by, and ends with. */
  ownerPid: number
  port: number
  username: string
  password: string
}

const username = 'zhiyuan'
/** Eight sessions gave the best throughput on two cores, counting one for control. */
const concurrentQueries = 7
const queueLimit = 256
const drainMilliseconds = 5000

async function start({ folder, port, password = randomBytes(24).toString('base64url') }: StartOrder) {
  const spool = join(folder, 'spool')
  await mkdir(spool, { recursive: true, mode: 0o700 })
  process.chdir(spool)
  const pool = new SessionPool(join(folder, 'store'), { size: concurrentQueries, queueLimit })
  // Only now is the folder known to be ours alone.
  for (const leftover of await readdir(spool)) await rm(leftover, { force: true })
  const server = createAnalyticsHttp({
    pool,
    username,
    password,
    limits: { seconds: 60, memoryBytes: Math.floor(totalmem() / 4) },
    onBroken: (reason) => {
      report({ kind: 'broken', reason })
      process.exit(70)
    },
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = { port: (server.address() as AddressInfo).port, username, password }
  const record = join(folder, 'engine.json')
  await writeRecord(record, { pid: process.pid, ownerPid: process.ppid, ...address })
  endWith(() => stop(server, pool, record))
  report({ kind: 'ready', ...address })
}

async function writeRecord(path: string, record: EngineRecord) {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, JSON.stringify(record), { mode: 0o600 })
  await rename(temporary, path)
}

/** Acknowledged inserts are on disk already; what still runs is cancelled, and the store closed in order. */
async function stop(server: Server, pool: SessionPool, record: string) {
  await rm(record, { force: true })
  const drained = once(server.close(), 'close')
  server.closeIdleConnections()
  await pool.control('KILL QUERY WHERE query_id != queryID() ASYNC')
  await Promise.race([drained, sleep(drainMilliseconds)])
  pool.close()
}

function endWith(stop: () => Promise<void>) {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('disconnect', end)
  process.on('SIGTERM', end)
  // The owner may have died while the store was being opened.
  if (!process.connected) end()
}

function report(message: StartReport) {
  if (process.connected) process.send?.(message)
}

// Ctrl-C reaches every process of the terminal; the one that started the engine decides when it may go.
process.on('SIGINT', () => {})
process.once('message', (order: StartOrder) => {
  start(order).catch((error: unknown) => {
    report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    process.exitCode = 1
    if (process.connected) process.disconnect()
  })
})
