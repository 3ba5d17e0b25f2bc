import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'
import { waitForExit } from './processes.ts'

interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly started: number
}

/** A process of the platform that is started again when it ends unasked, at growing intervals. */
export class SupervisedProcess {
  readonly name: string
  readonly #start: () => ChildProcess
  readonly #log: Log
  /** What runs now. A child that is no longer this one has been replaced or stopped, and its end is nobody's concern. */
  #child: ChildProcess | undefined
  #failures = 0

  constructor(name: string, start: () => ChildProcess, log: Log) {
    this.name = name
    this.#start = start
    this.#log = log
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves when the process says `ready` over its channel. */
  async start(): Promise<void> {
    const child = this.#start()
    this.#child = child
    const started = Date.now()
    child.once('exit', (code, signal) => void this.#ended(child, { code, signal, started }))
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve())
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`${this.name} ended with ${code} before it was ready`)))
    })
    this.#failures = 0
  }

  async #ended(child: ChildProcess, { started, ...how }: Ending) {
    if (child !== this.#child) return
    if (Date.now() - started > 60_000) this.#failures = 0
    const wait = Math.min(200 * 2 ** this.#failures++, 10_000)
    this.#log.warn(
      { process: this.name, ...how, restartInMs: wait },
      'a process ended unasked and is started again',
    )
    await sleep(wait)
    if (child === this.#child) await this.start().catch(() => {})
  }

  /** Asks it to end, and insists after `patience` milliseconds. */
  async stop(patience = 8000): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child?.pid === undefined || child.exitCode !== null) return
    child.kill('SIGTERM')
    if (!(await waitForExit(child.pid, patience))) child.kill('SIGKILL')
    await waitForExit(child.pid, 2000)
  }
}

/** Forks one of our entry points on this same Node. */
export function forkNode(
  entry: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return fork(entry, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/**
 * For a supervised process: runs `stop` once on SIGTERM, SIGINT or when the supervisor is gone, then exits.
 * Ctrl-C reaches every process of the terminal; the second one is ignored while the first is being heeded.
 */
export function endWith(stop: () => Promise<void>): void {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    const tooLong = setTimeout(() => process.exit(1), 15_000)
    tooLong.unref()
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', end)
  if (process.channel !== undefined) process.on('disconnect', end)
}

/** Tells the supervisor, if there is one. */
export function sayReady(): void {
  process.send?.('ready')
}
