import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createAnalytics, readAnalyticsUrl } from '#platform/analytics.ts'
import { startAnalyticsEngine } from '#platform/analytics-engine-process.ts'
import { migrateAnalyticsStore } from '#platform/analytics-migrations.ts'
import { createLog } from '#platform/log.ts'
import { testDatabase } from '#testing/database.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { currentVersion } from './corpus.store.ts'

const folder = await temporaryFolder('import-crash')
const { db, url: databaseUrl, drop } = await testDatabase()
const log = createLog('silent')
const start = () => startAnalyticsEngine({ dataFolder: join(folder, 'analytics'), log })
let engine = await start()
let { clickhouseUrl, analytics } = addressed()
await migrateAnalyticsStore(clickhouseUrl)
afterAll(async () => {
  await analytics.close()
  await engine.stop()
  await drop()
  await rm(folder, { recursive: true, force: true })
})

/** Every engine has a password of its own. */
function addressed() {
  const address = new URL(engine.url)
  Object.assign(address, { username: engine.username, password: engine.password, pathname: '/zhiyuan' })
  return { clickhouseUrl: address.href, analytics: createAnalytics(readAnalyticsUrl(address.href)) }
}

const SLOW = 240_000
const ROWS = 9000

async function fileOf(name: string, first: number): Promise<string> {
  const lines = Array.from({ length: ROWS }, (_, index) => {
    const number = first + index
    return `CN${number}A,一种储能电池的散热装置${number},本发明公开了一种散热装置，编号${number}。,2018-01-02,2019-07-09,某某${number % 500}有限公司,H01M10/613`
  })
  const path = join(folder, name)
  await writeFile(
    path,
    ['公开号,名称,摘要,申请日,公开日,申请人,分类号', ...lines, ',没有号,,,,,', ''].join('\n'),
  )
  return path
}

/** `zhiyuan import patents …` as a process of its own, on these stores. */
function importing(path: string): {
  readonly child: ChildProcess
  readonly report: Promise<Record<string, number>>
} {
  const child = spawn(process.execPath, ['src/cli.ts', 'import', 'patents', path, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      ZHIYUAN_DATA: join(folder, 'data'),
      DATABASE_URL: databaseUrl,
      CLICKHOUSE_URL: clickhouseUrl,
    },
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const report = once(child, 'close').then(() => JSON.parse(output) as Record<string, number>)
  report.catch(() => undefined)
  return { child, report }
}

/** Waits until some rows, and not all, are acknowledged. */
async function underWay(): Promise<number> {
  for (;;) {
    const run = await db
      .selectFrom('patentImport')
      .select('rows')
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (run !== undefined && run.rows > 0 && run.rows < ROWS) return run.rows
    await sleep(10)
  }
}

const countIn = async () => {
  const version = await currentVersion(analytics)
  const [row] = await analytics.query<{ all: number; different: number }>(
    'SELECT count() AS all, uniqExact(publication_number) AS different FROM patent WHERE since <= {version:UInt32} AND until > {version:UInt32}',
    { version },
  )
  return [row?.all, row?.different]
}

test(
  '[F064] an import that is killed is taken up where it stands: every row once, none lost, the counts as if nothing had been',
  async () => {
    const path = await fileOf('killed.csv', 100_000_000)
    const { child } = importing(path)
    const acknowledged = await underWay()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const broken = await db.selectFrom('patentImport').selectAll().executeTakeFirstOrThrow()
    expect(broken.state).toBe('running')
    expect(broken.rows).toBeGreaterThanOrEqual(acknowledged)
    expect((await countIn())[0]).toBeGreaterThanOrEqual(acknowledged)

    const report = await importing(path).report
    expect(report).toMatchObject({
      run: broken.id,
      rows: ROWS + 1,
      accepted: ROWS,
      updated: 0,
      unchanged: 0,
      refused: 1,
    })
    expect(await countIn()).toEqual([ROWS, ROWS])
    expect(await importing(path).report).toMatchObject({
      accepted: 0,
      updated: 0,
      unchanged: ROWS,
      refused: 1,
    })
  },
  SLOW,
)

test(
  '[F064] when the analytics process is killed under it, an import breaks off with nothing lost and ends with the next one',
  async () => {
    const path = await fileOf('engine.csv', 120_000_000)
    const { child } = importing(path)
    await underWay()
    const [died, ended] = [once(engine.process, 'exit'), once(child, 'exit')]
    engine.process.kill('SIGKILL')
    await died
    await analytics.close()
    engine = await start()
    ;({ clickhouseUrl, analytics } = addressed())
    // Without a supervisor nobody tells the command of the new address; it would wait for the old one.
    child.kill('SIGKILL')
    await ended
    expect(await importing(path).report).toMatchObject({ rows: ROWS + 1, accepted: ROWS, refused: 1 })
    expect(await countIn()).toEqual([2 * ROWS, 2 * ROWS])
  },
  SLOW,
)
