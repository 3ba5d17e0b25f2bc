import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  adoptAnalyticsEngine,
  startAnalyticsEngine,
  type AnalyticsAddress,
} from './analytics-engine-process.ts'
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
  /** The stores of ours that ended unasked. External ones are not watched. */
  dead(): readonly string[]
  /** Opens those again, where they answered before if they can. Answers whether an address had to change. */
  revive(): Promise<boolean>
  /** Stops what was started here and leaves what was running before. */
  stop(): Promise<void>
}

interface Options {
  /** The supervisor owns what it finds; a command leaves running what it found running. */
  readonly own: boolean
}

/** A process of ours behind an address. */
interface Store {
  readonly name: string
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
  /** The next one after it ended. */
  again(): Promise<Store>
}

/** Opens the two stores: external ones by their URL, ours by starting or adopting them. */
export async function openStores(config: Config, log: Log, options: Options): Promise<OpenStores> {
  await mkdir(config.dataFolder, { recursive: true })
  const external = Promise.resolve(undefined)
  let [postgres, engine] = await bothOrNeither(
    config.databaseUrl === undefined ? openPostgres(config, log, options) : external,
    config.clickhouseUrl === undefined ? openEngine(config, log) : external,
  )
  const addresses = (): StoreAddresses => ({
    databaseUrl: config.databaseUrl ?? postgres?.url ?? '',
    clickhouseUrl: config.clickhouseUrl ?? engine?.url ?? '',
  })
  return {
    get databaseUrl() {
      return addresses().databaseUrl
    },
    get clickhouseUrl() {
      return addresses().clickhouseUrl
    },
    dead: () => [postgres, engine].flatMap((store) => (store && !isAlive(store.pid) ? [store.name] : [])),
    revive: async () => {
      const before = addresses()
      if (postgres && !isAlive(postgres.pid)) postgres = await postgres.again()
      if (engine && !isAlive(engine.pid)) engine = await engine.again()
      return !isDeepStrictEqual(before, addresses())
    },
    stop: async () => {
      await engine?.stop()
      await postgres?.stop()
    },
  }
}

/** When one does not open, the other is not left running. */
async function bothOrNeither(
  ...opening: readonly [Promise<Store | undefined>, Promise<Store | undefined>]
): Promise<[Store | undefined, Store | undefined]> {
  const [first, second] = await Promise.allSettled(opening)
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  for (const one of [first, second]) if (one.status === 'fulfilled') await one.value?.stop()
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason
}

async function openPostgres(config: Config, log: Log, options: Options, formerUrl?: string): Promise<Store> {
  const { dataFolder } = config
  const running = await startEmbeddedPostgres({ dataFolder, log, database: 'zhiyuan', formerUrl })
  return {
    name: 'postgres',
    url: running.url,
    pid: running.pid,
    stop: async () => {
      if (options.own || running.started) await running.stop()
    },
    again: () => openPostgres(config, log, options, running.url),
  }
}

async function openEngine(config: Config, log: Log, former?: AnalyticsAddress): Promise<Store> {
  const dataFolder = join(config.dataFolder, 'analytics')
  const again = (address: AnalyticsAddress) => () => openEngine(config, log, address)
  const adopted = await adoptAnalyticsEngine(dataFolder)
  if (adopted !== undefined) return { ...engineStore(adopted), stop: async () => {}, again: again(adopted) }
  const engine = await startAnalyticsEngine({ dataFolder, log, former })
  return { ...engineStore(engine), stop: engine.stop, again: again(engine) }
}

function engineStore(address: AnalyticsAddress) {
  return { name: 'analytics', url: withCredentials(address), pid: address.pid }
}

function withCredentials({ url, username, password }: AnalyticsAddress): string {
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
