import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '#platform/processes.ts'

const project = join(import.meta.dirname, '..')

/** The platform as an operator runs it: real processes on a data folder. */
export interface RunningPlatform {
  readonly url: string
  readonly supervisor: ChildProcess
  readonly output: () => string
  /** Milliseconds from the start to the ready line. */
  readonly readyAfter: number
  fetch(request: Request): Promise<Response>
  /** Every process that works on this data folder, the supervisor and the stores included. */
  processes(): ProcessInfo[]
}

export interface ProcessInfo {
  readonly pid: number
  readonly command: string
}

export interface StartOptions {
  readonly dataFolder: string
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
  /** Longer where the machine is known to be busy; a minute more than any start has taken. */
  readonly patienceMilliseconds?: number
}

export async function startPlatform({
  dataFolder,
  port,
  env = {},
  patienceMilliseconds = 120_000,
}: StartOptions): Promise<RunningPlatform> {
  const started = performance.now()
  const supervisor = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      ...env,
      ZHIYUAN_DATA: dataFolder,
      PORT: String(port),
    },
  })
  let output = ''
  const listen = (chunk: Buffer) => (output += chunk.toString())
  supervisor.stdout.on('data', listen)
  supervisor.stderr.on('data', listen)
  const deadline = Date.now() + patienceMilliseconds
  while (!output.includes(`ready http://localhost:${port}`)) {
    if (supervisor.exitCode !== null)
      throw new Error(`the platform ended with ${supervisor.exitCode}:\n${output}`)
    if (Date.now() > deadline) throw new Error(`the platform was not ready in time:\n${output}`)
    await sleep(25)
  }
  const url = `http://localhost:${port}`
  return {
    url,
    supervisor,
    output: () => output,
    readyAfter: performance.now() - started,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const headers = new Headers(request.headers)
      if (headers.has('origin')) headers.set('origin', url)
      const body = request.body === null ? undefined : await request.arrayBuffer()
      return fetch(`${url}${pathname}${search}`, {
        method: request.method,
        headers,
        ...(body === undefined ? {} : { body }),
      })
    },
    processes: () => processesOf(dataFolder),
  }
}

/** Processes that name the data folder in their command line or in their environment. */
export function processesOf(dataFolder: string): ProcessInfo[] {
  const engine = engineOf(dataFolder)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const pid = Number(name)
      if (pid === process.pid || !isAlive(pid)) return []
      const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim()
      const belongs =
        pid === engine ||
        command.includes(dataFolder) ||
        read(`/proc/${name}/environ`).includes(`ZHIYUAN_DATA=${dataFolder}\0`)
      return belongs ? [{ pid, command }] : []
    })
}

/** The analytics engine is told its folder over its channel; it writes down who it is. */
function engineOf(dataFolder: string): number | undefined {
  const record = read(join(dataFolder, 'analytics/engine.json'))
  return record === '' ? undefined : (JSON.parse(record) as { pid: number }).pid
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return ''
  }
}

/** Waits until nothing works on the folder any more; answers what still does when the time is up. */
export async function untilGone(dataFolder: string, milliseconds: number): Promise<ProcessInfo[]> {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const left = processesOf(dataFolder)
    if (left.length === 0 || Date.now() > deadline) return left
    await sleep(50)
  }
}

/** Runs one command of the operator's command line to its end. */
export function zhiyuan(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'warn', ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
}
