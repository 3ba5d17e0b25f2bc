import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adoptAnalyticsEngine, startAnalyticsEngine } from './analytics-engine-process.ts'
import type { Config } from './config.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { OperatorError } from './errors.ts'
import type { Log } from './log.ts'
import { isAlive } from './processes.ts'

/** Where the stores of this installation answer. */
export interface StoreAddresses {
  readonly databaseUrl: string
  /** With user and password in it, as ClickHouse clients take it. */
  readonly clickhouseUrl: string
}

export interface OpenStores extends StoreAddresses {
  /** Processes of ours that must be watched; empty for external stores. */
  readonly pids: readonly number[]
  /** Stops what was started here and leaves what was running before. */
  stop(): Promise<void>
}

interface Options {
  /** The supervisor owns what it finds; a command leaves running what it found running. */
  readonly own: boolean
}

/** Opens the two stores: external ones by their URL, ours by starting or adopting them. */
export async function openStores(config: Config, log: Log, { own }: Options): Promise<OpenStores> {
  await mkdir(config.dataFolder, { recursive: true })
  const postgres =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataFolder: config.dataFolder, log, database: 'zhiyuan' })
      : undefined
  const engine = config.clickhouseUrl === undefined ? await openEngine(config, log) : undefined
  return {
    databaseUrl: config.databaseUrl ?? postgres?.url ?? '',
    clickhouseUrl: config.clickhouseUrl ?? engine?.url ?? '',
    pids: [postgres?.pid, engine?.pid].filter((pid) => pid !== undefined),
    stop: async () => {
      if (engine?.started === true) await engine.stop()
      if (postgres !== undefined && (own || postgres.started)) await postgres.stop()
    },
  }
}

async function openEngine(config: Config, log: Log) {
  const dataFolder = join(config.dataFolder, 'analytics')
  const running = await adoptAnalyticsEngine(dataFolder)
  if (running !== undefined)
    return { url: withCredentials(running), pid: running.pid, started: false, stop: async () => {} }
  const engine = await startAnalyticsEngine({ dataFolder, log })
  return { url: withCredentials(engine), pid: engine.process.pid, started: true, stop: engine.stop }
}

function withCredentials({
  url,
  username,
  password,
}: {
  url: string
  username: string
  password: string
}): string {
  const address = new URL(url)
  address.username = username
  address.password = password
  return address.href
}

/** One supervisor a data folder. A lock left by a killed one is taken over. */
export async function lockDataFolder(dataFolder: string): Promise<() => Promise<void>> {
  await mkdir(dataFolder, { recursive: true })
  const file = join(dataFolder, 'supervisor.pid')
  const holder = Number(await readFile(file, 'utf8').catch(() => ''))
  if (holder !== process.pid && isAlive(holder) && (await isSupervisor(holder))) {
    throw new OperatorError(`Zhiyuan is already running on ${dataFolder} (process ${holder}).`)
  }
  await writeFile(file, String(process.pid))
  return () => rm(file, { force: true })
}

async function isSupervisor(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'cli.ts')
  return command.includes('cli.ts')
}
