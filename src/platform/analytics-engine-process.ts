import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import type { EngineRecord, StartOrder, StartReport } from './analytics-engine.ts'
import { OperatorError } from './errors.ts'
import type { Log } from './log.ts'
import { freePort, isAlive, waitForExit } from './processes.ts'

/** Where a running embedded ClickHouse is reached, with the official client or any other. */
export interface AnalyticsAddress {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly pid: number
}

export interface AnalyticsEngine extends AnalyticsAddress {
  readonly process: ChildProcess
  /** True when a query is answered in time, not just when the process is there. */
  isHealthy(): Promise<boolean>
  /** Cancels what runs, lets the engine close its store, and returns once the process is gone. */
  stop(): Promise<void>
}

export interface AnalyticsEngineOptions {
  /** A folder of the engine's own. */
  readonly dataFolder: string
  readonly log: Log
  /** Where it answered before: those who know the address need not be told another. Another port if that is taken. */
  readonly former?: AnalyticsAddress | undefined
}

const startMilliseconds = 60_000
const leaveMilliseconds = 10_000

/**
 * Starts the embedded ClickHouse as a child process that listens on loopback and ends with this process. What a killed
 * engine left behind does not stand in the way; a living engine does, and OperatorError says so in one sentence.
 */
export async function startAnalyticsEngine(options: AnalyticsEngineOptions): Promise<AnalyticsEngine> {
  const { dataFolder, log } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await outliveFormerEngine(options)
  const child = fork(join(import.meta.dirname, 'analytics-engine.ts'), {
    execArgv: [],
    // One thread for every session that runs a query, and some for files.
    env: { PATH: process.env['PATH'], TZ: 'UTC', UV_THREADPOOL_SIZE: '16' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const output of [child.stdout, child.stderr]) {
    if (output)
      createInterface({ input: output }).on('line', (line) => log.warn({ line }, 'the analytics engine says'))
  }
  child.send({ folder: dataFolder, ...(await whereItWas(options)) } satisfies StartOrder)
  const ready = await started(child, options)
  child.on('message', (report: StartReport) => {
    if (report.kind === 'broken') log.error({ reason: report.reason }, 'the analytics engine broke down')
  })
  const address = addressOf({ pid: child.pid ?? 0, ...ready })
  return { ...address, process: child, isHealthy: () => answers(address), stop: () => stop(child) }
}

async function whereItWas({ former }: AnalyticsEngineOptions): Promise<Omit<StartOrder, 'folder'>> {
  if (former === undefined) return { port: 0 }
  return { port: await freePort(Number(new URL(former.url).port)), password: former.password }
}

/** The engine that runs on this folder now, whoever started it; undefined when none does, or none that will stay. */
export async function adoptAnalyticsEngine(dataFolder: string): Promise<AnalyticsAddress | undefined> {
  const record = await readRecord(dataFolder)
  if (!record || !isAlive(record.pid) || !isAlive(record.ownerPid)) return undefined
  const address = addressOf(record)
  return (await answers(address)) ? address : undefined
}

async function readRecord(dataFolder: string): Promise<EngineRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dataFolder, 'engine.json'), 'utf8')) as EngineRecord
  } catch {
    // Absent, or cut short by a power cut: either way it names no engine.
    return undefined
  }
}

function addressOf({ pid, port, username, password }: Omit<EngineRecord, 'ownerPid'>): AnalyticsAddress {
  return { pid, url: `http://127.0.0.1:${port}`, username, password }
}

async function answers({ url, username, password }: AnalyticsAddress): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: 'SELECT 1',
      headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password },
      signal: AbortSignal.timeout(2000),
    })
    return (await response.text()) === '1\n'
  } catch {
    return false
  }
}

/** An engine whose owner was killed leaves by itself within moments; one that hangs over it is killed. */
async function outliveFormerEngine({ dataFolder, log }: AnalyticsEngineOptions) {
  const former = await readRecord(dataFolder)
  if (!former || !(await isEngine(former.pid))) return
  if (isAlive(former.ownerPid) && (await answers(addressOf(former)))) {
    throw new OperatorError(`Another process is using the analytics store in ${dataFolder}.`)
  }
  if (await waitForExit(former.pid, leaveMilliseconds)) return
  log.warn({ pid: former.pid }, 'an analytics engine holds the data folder and does not leave; it is killed')
  process.kill(former.pid, 'SIGKILL')
  await waitForExit(former.pid, leaveMilliseconds)
}

/** A process id may have been given to another process since; only Linux tells to which. */
async function isEngine(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'analytics-engine')
  return command.includes('analytics-engine')
}

async function started(child: ChildProcess, { dataFolder, log }: AnalyticsEngineOptions) {
  const reported = new Promise<StartReport>((resolve) => child.once('message', resolve))
  const ended = new Promise<StartReport>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ kind: 'failed', reason: `it ended with ${signal ?? code}` }),
    )
  })
  const late = sleep(startMilliseconds, { kind: 'failed', reason: 'it took too long' } as const, {
    ref: false,
  })
  const report = await Promise.race([reported, ended, late])
  if (report.kind === 'ready') return report
  child.kill('SIGKILL')
  log.error({ reason: report.reason }, 'the analytics engine did not start')
  // The engine locks its store; all it says when another process holds the lock is that no connection came about.
  if (report.reason.includes('Failed to create connection')) {
    throw new OperatorError(`Another process is using the analytics store in ${dataFolder}.`)
  }
  throw new OperatorError(`The analytics engine did not start: ${report.reason}.`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = sleep(leaveMilliseconds, undefined, { ref: false }).then(() => child.kill('SIGKILL'))
  await Promise.race([exited, patience])
  await exited
}
