import { describe, expect, test } from 'vitest'
import { testAnalytics } from '#testing/analytics.ts'
import { clusterStatements, tablesOf } from './analytics-cluster.ts'
import {
  migrateAnalytics,
  type Migration,
  readMigrations,
  shippedMigrations,
} from './analytics-migrations.ts'

const { analytics } = await testAnalytics()
const options = { cluster: 'zone', database: 'zhiyuan', sharded: true }
const shipped = await readMigrations(shippedMigrations)
const statements = clusterStatements(shipped, options)
const replicated = clusterStatements(shipped, { ...options, sharded: false })

test('every statement of the layout is one that ClickHouse reads', async () => {
  expect(statements.length).toBeGreaterThan(10)
  for (const statement of [...statements, ...replicated]) {
    const [row] = await analytics.query<{ read: string }>('SELECT formatQuery({statement:String}) AS read', {
      statement,
    })
    expect(row?.read).toMatch(/^(CREATE|ALTER|INSERT)/)
  }
})

test('every table of a migrated store stands on each shard, replicated, and once across all of them', async () => {
  await migrateAnalytics(analytics, shippedMigrations)
  const tables = await analytics.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
  )
  expect(tables.length).toBeGreaterThan(4)
  for (const { name } of tables) {
    const local = statements.filter((one) =>
      one.startsWith(`CREATE TABLE IF NOT EXISTS zhiyuan.${name}_local ON CLUSTER zone`),
    )
    expect(local, name).toHaveLength(1)
    expect(local[0]).toContain(
      `ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/zhiyuan/${name}', '{replica}')`,
    )
    const whole = statements.filter((one) =>
      one.startsWith(`CREATE TABLE IF NOT EXISTS zhiyuan.${name} ON CLUSTER zone`),
    )
    expect(whole, name).toHaveLength(1)
    expect(whole[0]).toContain(`ENGINE = Distributed('zone', 'zhiyuan', '${name}_local', `)
  }
})

test('a table across shards comes after everything that shapes it, and the migrations are recorded last', () => {
  const firstWhole = statements.findIndex((one) => one.includes('ENGINE = Distributed'))
  expect(statements.slice(firstWhole, -1).every((one) => one.includes('ENGINE = Distributed'))).toBe(true)
  for (const { name } of shipped) expect(statements.at(-1)).toContain(`'${name}'`)
  expect(statements.join('\n')).not.toContain('non_replicated')
})

describe('what it cannot place is refused', () => {
  const migration = (sql: string): Migration => ({ name: '0999_x.sql', sql })
  test.for([
    [
      'a table without a key',
      'CREATE TABLE IF NOT EXISTS whale (a UInt8) ENGINE = MergeTree ORDER BY a',
      /whale/,
    ],
    ['another engine', 'CREATE TABLE IF NOT EXISTS patent (a UInt8) ENGINE = Memory', /engine/],
    ['another statement', 'DROP TABLE patent', /DROP TABLE patent/],
  ] as const)('%s', ([, sql, words]) => {
    expect(() => clusterStatements([migration(sql)], options)).toThrow(words)
  })

  test('names that are more than names', () => {
    expect(() => clusterStatements(shipped, { ...options, cluster: "x'; DROP" })).toThrow(/letters/)
    expect(() => clusterStatements(shipped, { ...options, database: 'a b' })).toThrow(/letters/)
  })
})

test('one shard has every table replicated under its own name and nothing across shards', () => {
  expect(replicated.join('\n')).not.toMatch(/Distributed\('|_local/)
  for (const table of tablesOf(statements.map((one) => one.replace('zhiyuan.', ''))))
    if (!table.endsWith('_local'))
      expect(
        replicated.filter((one) =>
          one.startsWith(`CREATE TABLE IF NOT EXISTS zhiyuan.${table} ON CLUSTER zone`),
        ),
      ).toHaveLength(1)
})

test('tables are told from statements', () => {
  expect(tablesOf(['CREATE TABLE IF NOT EXISTS a (x UInt8)', 'ALTER TABLE b ADD COLUMN c UInt8'])).toEqual([
    'a',
  ])
})
