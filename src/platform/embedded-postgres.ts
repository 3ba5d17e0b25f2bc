import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { OperatorError } from './errors.ts'
import type { Log } from './log.ts'
import { freePort, isAlive, waitForExit } from './processes.ts'
import { postgresHome, type PostgresHome } from './postgres-home.ts'

/** A PostgreSQL that the platform runs for itself under its data folder. */
export interface EmbeddedPostgres {
  readonly url: string
  readonly pid: number
  /** False when it was already running (an orphan of a killed start, or another command's) and was adopted. */
  readonly started: boolean
  /** Fast shutdown: open transactions are rolled back, what was acknowledged is on disk. */
  stop(): Promise<void>
}

interface Options {
  readonly dataFolder: string
  readonly log: Log
  /** The database of this name is created when it is missing. */
  readonly database: string
  readonly maxConnections?: number
  /** For data that nobody would miss, as that of a test: what was acknowledged may be gone after a power cut. */
  readonly throwaway?: boolean
  /** Beside or instead of the platform's own, such as a larger `shared_buffers`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where it answered before: those who know the address need not be told another. Another one if it is taken. */
  readonly formerUrl?: string | undefined
}

const user = 'zhiyuan'

/** Starts the embedded PostgreSQL, or adopts the one already running on this data folder. */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const home = await postgresHome(options.dataFolder, options.log)
  const running = await findPostmaster(home)
  if (running !== undefined) {
    const adopted = await adopt(home, running, options)
    if (adopted !== undefined) return adopted
  }
  const password = await initialise(home, options.log)
  // After every process was killed at once, orphaned backends hold the shared memory for a moment longer.
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(home, password, options)
    } catch (error) {
      if (attempt === 6) throw error
      options.log.warn({ attempt, reason: String(error) }, 'PostgreSQL is not free yet, trying again')
      await sleep(500 * attempt)
    }
  }
}

/** The URL of the PostgreSQL running on this data folder, if one is. */
export async function findEmbeddedPostgres(options: Options): Promise<string | undefined> {
  const home = await postgresHome(options.dataFolder, options.log)
  const running = await findPostmaster(home)
  return running === undefined ? undefined : (await adopt(home, running, options))?.url
}

interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** Reads postmaster.pid, whose first line is the process and whose fourth is the port. */
async function findPostmaster(home: PostgresHome): Promise<Postmaster | undefined> {
  const lines = await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (lines === undefined) return undefined
  const [pid = '', , , port = ''] = lines.split('\n')
  const postmaster = { pid: Number(pid), port: Number(port) }
  return isAlive(postmaster.pid) && (await isPostgres(postmaster.pid)) ? postmaster : undefined
}

/** A reused process id must not be taken for a database (only Linux tells; elsewhere the connection decides). */
async function isPostgres(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres')
  return command.includes('postgres')
}

async function adopt(home: PostgresHome, { pid, port }: Postmaster, { database, log }: Options) {
  const password = await readFile(join(home.folder, 'password'), 'utf8').catch(() => '')
  const url = connectionUrl(port, password, database)
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline && isAlive(pid)) {
    if (await answers(port, password)) {
      await createDatabase(port, password, database)
      log.debug({ pid, port }, 'adopted the PostgreSQL that was already running')
      return { url, pid, started: false, stop: () => stop(pid) } satisfies EmbeddedPostgres
    }
    await sleep(200)
  }
  log.warn({ pid }, 'a PostgreSQL holds the data folder and does not answer; it is stopped')
  await stop(pid)
  return undefined
}

async function initialise(home: PostgresHome, log: Log): Promise<string> {
  const passwordFile = join(home.folder, 'password')
  const initialised = await readFile(join(home.folder, 'initialised'), 'utf8').catch(() => undefined)
  if (initialised !== undefined) return readFile(passwordFile, 'utf8')
  log.info('Creating the PostgreSQL data folder…')
  // A start that was killed half way through left a folder without the mark; nothing was ever stored in it.
  await rm(home.data, { recursive: true, force: true })
  await mkdir(home.data, { recursive: true, mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (home.account !== undefined) {
    for (const path of [home.folder, home.data, passwordFile])
      await chown(path, home.account.uid, home.account.gid)
  }
  await run(home, 'initdb', [
    `--pgdata=${home.data}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ])
  await writeFile(join(home.folder, 'initialised'), new Date().toISOString())
  return password
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '2GB',
  wal_compression: 'pglz',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const

const throwawaySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const

async function launch(home: PostgresHome, password: string, options: Options): Promise<EmbeddedPostgres> {
  const port = await freePort(
    options.formerUrl === undefined ? undefined : Number(new URL(options.formerUrl).port),
  )
  const flags = Object.entries({
    ...settings,
    max_connections: String(options.maxConnections ?? 100),
    ...(options.throwaway === true && throwawaySettings),
    ...options.settings,
  })
  const logFile = createWriteStream(join(home.folder, 'postgres.log'), { flags: 'a' })
  const child = spawn(
    home.binary('postgres'),
    ['-D', home.data, '-p', String(port), ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      // Its own process group: Ctrl-C reaches the supervisor, which stops the database last.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...home.account,
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    },
  )
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  child.stderr.pipe(logFile)
  const { pid } = child
  const ready = (async () => {
    while (!(await answers(port, password))) await sleep(25)
  })()
  const outcome = await Promise.race([
    ready,
    exited,
    failed,
    sleep(60_000, 'timeout' as const, { ref: false }),
  ])
  if (outcome !== undefined || pid === undefined) {
    throw new OperatorError(`PostgreSQL did not start (${String(outcome)}); ${await lastComplaint(home)}`)
  }
  child.unref()
  ;(child.stderr as unknown as { unref?: () => void }).unref?.()
  await createDatabase(port, password, options.database)
  return { url: connectionUrl(port, password, options.database), pid, started: true, stop: () => stop(pid) }
}

async function lastComplaint(home: PostgresHome): Promise<string> {
  const lines = (await readFile(join(home.folder, 'postgres.log'), 'utf8').catch(() => '')).trim().split('\n')
  return lines.findLast((line) => line.includes('FATAL')) ?? 'postgres.log says nothing'
}

function connectionUrl(port: number, password: string, database: string) {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function answers(port: number, password: string): Promise<boolean> {
  return withClient(connectionUrl(port, password, 'postgres'), () => Promise.resolve(true)).catch(() => false)
}

async function createDatabase(port: number, password: string, database: string) {
  await withClient(connectionUrl(port, password, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
  })
}

async function stop(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!isAlive(pid)) return
    process.kill(pid, signal)
    if (await waitForExit(pid, patience)) return
  }
}

async function run(home: PostgresHome, binary: string, args: readonly string[]) {
  const child = spawn(home.binary(binary), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...home.account,
    env: { LC_ALL: 'C' },
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0)
    throw new OperatorError(`${binary} failed (${code}): ${complaint.trim().split('\n').at(-1)}`)
}
