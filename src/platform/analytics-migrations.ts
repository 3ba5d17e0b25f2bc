import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { type Analytics, createAnalytics, readAnalyticsUrl } from './analytics.ts'
import { splitStatements } from './analytics-statement.ts'
import { OperatorError } from './errors.ts'
import { projectFolder } from './config.ts'

/** What a store keeps of the migrations that it has. */
export const MIGRATION_TABLE = `CREATE TABLE IF NOT EXISTS schema_migration (name String, hash String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = MergeTree ORDER BY name`

export interface Migration {
  readonly name: string
  readonly sql: string
}

export const shippedMigrations = join(projectFolder, 'analytics/migrations')

/** Creates the database of this address when it is missing and brings it to the version of this release. */
export async function migrateAnalyticsStore(address: string, onApplied: (name: string) => void = () => {}) {
  const options = readAnalyticsUrl(address)
  const outside = createAnalytics({ ...options, database: 'default' })
  const inside = createAnalytics(options)
  try {
    await outside.command('CREATE DATABASE IF NOT EXISTS {database:Identifier}', {
      database: options.database,
    })
    await migrateAnalytics(inside, shippedMigrations, onApplied)
  } finally {
    await Promise.all([outside.close(), inside.close()])
  }
}

/**
 * Applies the migrations of a folder that this database has not seen, in the order of their numbers. ClickHouse has no
 * transactions for definitions: a migration counts as applied after its last statement, and one that was interrupted
 * runs again from its first, so every statement must bear repeating (`IF NOT EXISTS`). Throws OperatorError when an
 * applied file has changed, or when a statement fails.
 */
export async function migrateAnalytics(
  analytics: Analytics,
  folder: string,
  onApplied: (name: string) => void = () => {},
): Promise<void> {
  await analytics.command(MIGRATION_TABLE)
  const rows = await analytics.query<{ name: string; hash: string }>(
    'SELECT name, hash FROM schema_migration',
  )
  const applied = new Map(rows.map(({ name, hash }) => [name, hash]))
  for (const { name, sql } of await readMigrations(folder)) {
    const hash = hashOf(sql)
    const before = applied.get(name)
    if (before === hash) continue
    if (before !== undefined)
      throw new OperatorError(`Analytics migration ${name} was changed after it had been applied.`)
    await apply(analytics, name, sql)
    await analytics.insert('schema_migration', [{ name, hash }])
    onApplied(name)
  }
}

/** The migrations of a folder in the order of their numbers. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name))
  return Promise.all(
    names.toSorted().map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })),
  )
}

/** By which a store knows that a migration it has was not changed since. */
export const hashOf = (sql: string) => createHash('sha256').update(sql).digest('hex')

async function apply(analytics: Analytics, name: string, sql: string) {
  for (const [index, statement] of splitStatements(sql).entries()) {
    try {
      await analytics.command(statement, {}, { limits: { seconds: 3600 }, tag: `migration ${name}` })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new OperatorError(`Analytics migration ${name} failed at its statement ${index + 1}: ${reason}`, {
        cause: error,
      })
    }
  }
}
