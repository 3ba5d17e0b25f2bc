import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { createAnalytics } from './analytics.ts'
import {
  adoptAnalyticsEngine,
  type AnalyticsAddress,
  type AnalyticsEngine,
  startAnalyticsEngine,
} from './analytics-engine-process.ts'
import { OperatorError } from './errors.ts'
import { createLog } from './log.ts'
import { isAlive, waitForExit } from './processes.ts'

const log = createLog('silent')
let dataFolder: string
let engines: AnalyticsEngine[]

beforeEach(async () => {
  engines = []
  dataFolder = await mkdtemp(join(tmpdir(), 'engine-'))
})
afterEach(async () => {
  for (const engine of engines) await engine.stop()
  await rm(dataFolder, { recursive: true, force: true })
})

async function start(options: { former?: AnalyticsAddress } = {}) {
  const engine = await startAnalyticsEngine({ dataFolder, log, ...options })
  engines.push(engine)
  return engine
}

const clientOf = (engine: AnalyticsEngine) => createAnalytics({ ...engine, database: 'default' })

async function kill(engine: AnalyticsEngine) {
  const exited = once(engine.process, 'exit')
  engine.process.kill('SIGKILL')
  await exited
}

test('an engine starts, is found by others, and after its stop is gone with its record', async () => {
  const engine = await start()
  expect(await engine.isHealthy()).toBe(true)
  expect(await adoptAnalyticsEngine(dataFolder)).toMatchObject({ url: engine.url, pid: engine.pid })
  await engine.stop()
  expect(isAlive(engine.pid)).toBe(false)
  expect(await engine.isHealthy()).toBe(false)
  expect(await adoptAnalyticsEngine(dataFolder)).toBeUndefined()
  await expect(readFile(join(dataFolder, 'engine.json'))).rejects.toThrow('ENOENT')
  await engine.stop()
})

test('a kill in the middle of acknowledged inserts loses none of them, and the next start goes by itself', async () => {
  const engine = await start()
  const analytics = clientOf(engine)
  await analytics.command('CREATE TABLE batch (n UInt32, i UInt32) ENGINE = MergeTree ORDER BY (n, i)')
  const acknowledged: number[] = []
  const insert = async (writer: number) => {
    for (let n = writer; ; n += 3) {
      await analytics.insert(
        'batch',
        Array.from({ length: 500 }, (_, i) => ({ n, i })),
      )
      acknowledged.push(n)
    }
  }
  const writers = [0, 1, 2].map((writer) => insert(writer).catch(() => {}))
  await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(20)
  await kill(engine)
  await Promise.all(writers)

  const again = clientOf(await start())
  const rows = await again.query<{ n: number; size: number }>(
    'SELECT n, count() AS size FROM batch GROUP BY n',
  )
  const sizes = new Map(rows.map(({ n, size }) => [n, size]))
  expect(acknowledged.filter((n) => sizes.get(n) !== 500)).toEqual([])
  expect([...sizes.values()].filter((size) => size !== 500)).toEqual([])
})

test('a record that names no engine any more stands in nobody’s way', async () => {
  const dead = { port: 1, username: 'zhiyuan', password: 'x', ownerPid: process.pid }
  for (const record of [{ ...dead, pid: 2 ** 22 - 1 }, { ...dead, pid: process.pid }, '{"pid":']) {
    await writeFile(
      join(dataFolder, 'engine.json'),
      typeof record === 'string' ? record : JSON.stringify(record),
    )
    expect(await adoptAnalyticsEngine(dataFolder)).toBeUndefined()
    const engine = await start()
    expect(await engine.isHealthy()).toBe(true)
    await engine.stop()
  }
})

test('a second engine on the same folder is refused in one sentence, and the first goes on', async () => {
  const engine = await start()
  await expect(start()).rejects.toThrow(OperatorError)
  await expect(start()).rejects.toThrow(`Another process is using the analytics store in ${dataFolder}.`)
  await rm(join(dataFolder, 'engine.json'))
  await expect(start()).rejects.toThrow(`Another process is using the analytics store in ${dataFolder}.`)
  expect(await engine.isHealthy()).toBe(true)
})

test('the next engine answers where the former one did, and elsewhere when that port is taken', async () => {
  const former = await start()
  await former.stop()
  const { url, username, password, pid } = former
  const again = await start({ former: { url, username, password, pid } })
  expect([again.url, again.password]).toEqual([url, password])

  const elsewhere = await mkdtemp(join(tmpdir(), 'engine-'))
  const other = await startAnalyticsEngine({ dataFolder: elsewhere, log, former: again })
  expect(other.url).not.toBe(url)
  expect(await other.isHealthy()).toBe(true)
  await other.stop()
  await rm(elsewhere, { recursive: true })
})

/** A process that starts an engine and is itself killed. */
async function ownedByAnother(): Promise<{ owner: ChildProcess; enginePid: number }> {
  const script = `
    import { startAnalyticsEngine } from ${JSON.stringify(join(import.meta.dirname, 'analytics-engine-process.ts'))}
    import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))}
    const engine = await startAnalyticsEngine({ dataFolder: process.argv[2], log: createLog('silent') })
    process.send(engine.pid)
    setInterval(() => {}, 1000)`
  const path = join(dataFolder, 'owner.mjs')
  await writeFile(path, script)
  const owner = fork(path, [dataFolder], { execArgv: [] })
  const [enginePid] = (await once(owner, 'message')) as [number]
  return { owner, enginePid }
}

test('an engine does not outlive the process that started it, and the folder is free again', async () => {
  const { owner, enginePid } = await ownedByAnother()
  expect(await adoptAnalyticsEngine(dataFolder)).toMatchObject({ pid: enginePid })
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  expect(await adoptAnalyticsEngine(dataFolder)).toBeUndefined()
  const engine = await start()
  expect(isAlive(enginePid)).toBe(false)
  expect(await engine.isHealthy()).toBe(true)
})

test('an engine that hangs after its owner died is killed by the next start', async () => {
  const { owner, enginePid } = await ownedByAnother()
  process.kill(enginePid, 'SIGSTOP')
  owner.kill('SIGKILL')
  const engine = await start()
  expect(await waitForExit(enginePid, 1000)).toBe(true)
  expect(await engine.isHealthy()).toBe(true)
})
