import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { projectFolder } from '#platform/config.ts'
import { testAnalytics } from '#testing/analytics.ts'

import {
  AnalyticsError,
  AnalyticsLimitExceeded,
  AnalyticsUnavailable,
  createAnalytics,
  readAnalyticsUrl,
} from './analytics.ts'
import { migrateAnalytics, migrateAnalyticsStore } from './analytics-migrations.ts'
import { OperatorError } from './errors.ts'
import { freePort } from './processes.ts'

const { analytics, engine } = await testAnalytics()
let migrations: string

beforeAll(async () => {
  migrations = await mkdtemp(join(tmpdir(), 'migrations-'))
})
afterAll(() => rm(migrations, { recursive: true }))

const writeMigration = (name: string, sql: string) => writeFile(join(migrations, name), sql)

async function toArray<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}

test('values go in and come out as they are', async () => {
  await analytics.command(
    `CREATE TABLE mark (at DateTime64(3, 'UTC'), name String, n UInt64) ENGINE = MergeTree ORDER BY at`,
  )
  const row = { at: '2026-11-22T10:11:12.345Z', name: '知识产权', n: 9_007_199_254_740_991 }
  await analytics.insert('mark', [row])
  expect(await analytics.query('SELECT * FROM mark')).toEqual([row])
  const since = new Date('2026-11-22T10:11:12.344Z')
  expect(await analytics.query('SELECT name FROM mark WHERE at > {since:DateTime64(3)}', { since })).toEqual([
    { name: row.name },
  ])
  await analytics.insert('mark', [])
})

test('large sets stream in both directions', async () => {
  await analytics.command('CREATE TABLE wide (n UInt32) ENGINE = MergeTree ORDER BY n')
  const source = (async function* () {
    for (let n = 0; n < 300_000; n++) yield { n }
  })()
  await analytics.insert('wide', source)
  let sum = 0
  for await (const { n } of analytics.stream<{ n: number }>('SELECT n FROM wide')) sum += n
  expect(sum).toBe((300_000 * 299_999) / 2)
})

test('a reader that stops half way leaves the store free', async () => {
  const read: number[] = []
  for await (const { number } of analytics.stream<{ number: number }>('SELECT number FROM numbers(500000)')) {
    read.push(number)
    if (read.length === 2) break
  }
  expect(read).toEqual([0, 1])
  await expect(analytics.ping()).resolves.toBeUndefined()
})

test('what goes wrong says what it is', async () => {
  const failure = (sql: string, limits = {}) =>
    analytics.query(sql, {}, { limits }).catch((error: unknown) => error)
  expect(await failure('SELECT nothing')).toMatchObject({
    name: 'AnalyticsError',
    code: 47,
    type: 'UNKNOWN_IDENTIFIER',
  })
  const endless = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)'
  expect(await failure(endless, { seconds: 1 })).toMatchObject({
    name: 'AnalyticsLimitExceeded',
    limit: 'time',
  })
  const huge = 'SELECT groupArray(number) FROM numbers(100000000)'
  expect(await failure(huge, { memoryBytes: 10_000_000 })).toMatchObject({
    name: 'AnalyticsLimitExceeded',
    limit: 'memory',
  })
  const late = analytics.stream('SELECT number, throwIf(number = 900000) FROM numbers(1000000)')
  await expect(toArray(late)).rejects.toThrow(AnalyticsError)
  await expect(analytics.query(endless, {}, { limits: { seconds: 1 } })).rejects.toThrow(
    AnalyticsLimitExceeded,
  )
})

test('a call can be taken back', async () => {
  const signal = AbortSignal.timeout(200)
  const endless = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)'
  await expect(analytics.query(endless, {}, { signal })).rejects.toThrow(/aborted due to timeout/)
  await expect(analytics.query(endless, {}, { signal: AbortSignal.abort() })).rejects.toThrow(/aborted/)
})

test('a store that is not there is unavailable, and says when to try again', async () => {
  const away = createAnalytics({
    ...engine,
    url: `http://127.0.0.1:${await freePort()}`,
    database: 'default',
  })
  const calls = [
    away.ping(),
    away.query('SELECT 1'),
    away.command('SELECT 1'),
    away.insert('mark', [{}]),
    toArray(away.stream('SELECT 1')),
  ]
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { name: 'AnalyticsUnavailable', retryAfterSeconds: 2 },
    })
    expect(outcome.status === 'rejected' && outcome.reason instanceof AnalyticsUnavailable).toBe(true)
  }
  await away.close()
})

test.for([
  [
    'http://user:p%40ss@host:8123/zone',
    { url: 'http://host:8123/', username: 'user', password: 'p@ss', database: 'zone' },
  ],
  ['https://host', { url: 'https://host/', username: 'default', password: '', database: 'zhiyuan' }],
])('%s is read into its parts', ([address, parts]) => {
  expect(readAnalyticsUrl(address as string)).toEqual(parts)
})

test('the shipped migrations apply once, and again change nothing', async () => {
  const address = new URL(engine.url)
  Object.assign(address, { username: engine.username, password: engine.password, pathname: '/shipped' })
  const applied: string[] = []
  await migrateAnalyticsStore(address.href, (name) => applied.push(name))
  expect(applied).toEqual((await readdir(join(projectFolder, 'analytics/migrations'))).toSorted())
  await migrateAnalyticsStore(address.href, (name) => applied.push(`${name} again`))
  expect(applied.filter((name) => name.endsWith('again'))).toEqual([])
})

test('migrations run in order, resume after a failure, and refuse a changed file', async () => {
  await writeMigration(
    '0001_one.sql',
    'CREATE TABLE IF NOT EXISTS one (a UInt8) ENGINE = Memory;\n-- ; \nINSERT INTO one VALUES (1);',
  )
  await writeMigration('0002_two.sql', 'CREATE TABLE IF NOT EXISTS two AS one; SELECT broken;')
  await writeMigration('notes.txt', 'not a migration')
  const applied: string[] = []
  const run = () => migrateAnalytics(analytics, migrations, (name) => applied.push(name))
  await expect(run()).rejects.toThrow(/0002_two\.sql failed at its statement 2/)
  expect(applied).toEqual(['0001_one.sql'])

  await writeMigration('0002_two.sql', 'CREATE TABLE IF NOT EXISTS two AS one;')
  await run()
  expect(applied).toEqual(['0001_one.sql', '0002_two.sql'])
  expect(await analytics.query('SELECT a FROM one')).toEqual([{ a: 1 }])

  await writeMigration('0001_one.sql', 'DROP TABLE one')
  await expect(run()).rejects.toThrow(OperatorError)
  expect(await analytics.query('SELECT a FROM one')).toEqual([{ a: 1 }])
})
