import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import type { Seal } from './entry.rules.ts'

interface KeyColumn {
  readonly name: string
  readonly type: string
}

// The schema does not change under a running process, and every database of this process has the same one.
const primaryKeys = new Map<string, readonly KeyColumn[]>()

/** The primary key of a table, in order. Throws BrokenInvariant when the table has none or does not exist. */
export async function primaryKeyOf(db: Db, table: string): Promise<readonly KeyColumn[]> {
  const known = primaryKeys.get(table)
  if (known) return known
  if (!/^[a-z][a-z0-9_]*$/.test(table)) throw new BrokenInvariant(`"${table}" is not the name of a table`)
  const { rows } = await sql<KeyColumn>`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = to_regclass(${table}) and i.indisprimary
    order by array_position(i.indkey::int2[], a.attnum)`.execute(db)
  if (rows.length === 0) throw new BrokenInvariant(`table ${table} cannot be sealed: it has no primary key`)
  primaryKeys.set(table, rows)
  return rows
}

/** The key of row `r` as one text. */
export function rowId(key: readonly KeyColumn[]): RawBuilder<string> {
  return sql`concat_ws('/', ${sql.join(key.map(({ name }) => sql.ref(`r.${name}`)))})`
}

/** SQL text with its parameters: what the hottest statement of the platform is made of, without a query builder. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/**
 * A query of `table_name, row_id, digest`, one line for each sealed row, whether it is still there or not. Its
 * parameters are numbered from `first`.
 */
export async function digestsOf(tx: Tx, seals: readonly Seal[], first: number): Promise<Statement> {
  const byTable = new Map<string, Map<string, readonly string[]>>()
  for (const { table, id } of seals) {
    const parts = typeof id === 'string' ? [id] : id
    const rows = byTable.get(table) ?? new Map<string, readonly string[]>()
    byTable.set(table, rows.set(parts.join('/'), parts))
  }
  const queries: string[] = []
  const parameters: unknown[] = []
  for (const [table, rows] of byTable) {
    const key = await primaryKeyOf(tx, table)
    const ids = [...rows.values()]
    if (ids.some((id) => id.length !== key.length)) {
      throw new BrokenInvariant(`a row of ${table} is sealed by ${key.map(({ name }) => name).join(', ')}`)
    }
    queries.push(digestsOfTable(table, key, first + parameters.length))
    parameters.push(...key.map((_, part) => ids.map((id) => id[part])))
  }
  return { text: queries.join(' union all '), parameters }
}

function digestsOfTable(table: string, key: readonly KeyColumn[], first: number): string {
  const arrays = key.map((_, part) => `$${first + part}::text[]`)
  const given = key.map((_, part) => `k${part}`)
  const matches = key.map(({ name, type }, part) => `r.${quoted(name)} = k.k${part}::${type}`)
  // The database's own spelling of the key, since the caller's may differ (an id in capitals).
  const names = key.map(({ name }, part) => `coalesce(r.${quoted(name)}::text, k.k${part})`)
  return `select '${table}'::text as table_name, concat_ws('/', ${names.join(', ')}) as row_id, row_digest(r) as digest
    from unnest(${arrays.join(', ')}) as k (${given.join(', ')})
    left join ${quoted(table)} r on ${matches.join(' and ')}`
}

function quoted(name: string): string {
  return `"${name}"`
}

/** One row of a sealed table, as the seals know it. */
export interface RowDigest {
  readonly rowId: string
  readonly digest: Buffer
}

/** The digests of all rows of a table, in pages. */
export async function* currentDigests(db: Db, table: string, pageSize = 20_000): AsyncGenerator<RowDigest[]> {
  const key = await primaryKeyOf(db, table)
  const columns = sql.join(key.map(({ name }) => sql.ref(`r.${name}`)))
  const cursor = `digests_of_${table}`
  await sql`declare ${sql.ref(cursor)} no scroll cursor for
    select ${rowId(key)} as row_id, row_digest(r) as digest from ${sql.table(table)} r order by ${columns}`.execute(
    db,
  )
  for (;;) {
    const { rows } = await sql<RowDigest>`fetch ${sql.lit(pageSize)} from ${sql.ref(cursor)}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) break
  }
  await sql`close ${sql.ref(cursor)}`.execute(db)
}

export async function tableExists(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${table}) is not null as found`.execute(
    db,
  )
  return rows[0]?.found === true
}

/** The tables of which every row is sealed. */
export async function listSealedTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname = 'seal_insert' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}
