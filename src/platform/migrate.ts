import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { OperatorError } from './errors.ts'

export interface AppliedMigration {
  readonly name: string
  readonly milliseconds: number
}

export const shippedDatabaseMigrations = join(import.meta.dirname, '../../database/migrations')

/**
 * Applies the migrations that this database has not seen, each in its own transaction, under an advisory lock so that
 * two starts at once do not race. Refuses when an applied file has changed since.
 */
export async function migrate(url: string, onApplied: (migration: AppliedMigration) => void = () => {}) {
  const files = (await readdir(shippedDatabaseMigrations))
    .filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name))
    .toSorted()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('zhiyuan.migrate'))`)
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration')
    const applied = new Map(rows.map(({ name, hash }) => [name, hash]))
    for (const name of files) {
      const sql = await readFile(join(shippedDatabaseMigrations, name), 'utf8')
      const hash = createHash('sha256').update(sql).digest('hex')
      const before = applied.get(name)
      if (before === hash) continue
      if (before !== undefined)
        throw new OperatorError(`Migration ${name} was changed after it had been applied.`)
      const started = performance.now()
      await apply(client, name, hash, sql)
      onApplied({ name, milliseconds: Math.round(performance.now() - started) })
    }
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string, hash: string, sql: string) {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new OperatorError(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
