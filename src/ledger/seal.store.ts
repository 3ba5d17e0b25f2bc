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

/** A query of `table_name, row_id, digest`, one line for each sealed row, whether it is still there or not. */
export async function digestsOf(tx: Tx, seals: readonly Seal[]): Promise<RawBuilder<unknown>> {
  const byTable = new Map<string, Map<string, readonly string[]>>()
  for (const { table, id } of seals) {
    const parts = typeof id === 'string' ? [id] : id
    const rows = byTable.get(table) ?? new Map<string, readonly string[]>()
    byTable.set(table, rows.set(parts.join('/'), parts))
  }
  const queries: RawBuilder<unknown>[] = []
  for (const [table, rows] of byTable) {
    queries.push(digestsOfTable(table, await primaryKeyOf(tx, table), [...rows.values()]))
  }
  return sql.join(queries, sql` union all `)
}

function digestsOfTable(table: string, key: readonly KeyColumn[], ids: (readonly string[])[]) {
  if (ids.some((id) => id.length !== key.length)) {
    throw new BrokenInvariant(`a row of ${table} is sealed by ${key.map(({ name }) => name).join(', ')}`)
  }
  const given = key.map((_, part) => sql.ref(`k.k${part}`))
  const arrays = key.map((_, part) => sql`${ids.map((id) => id[part])}::text[]`)
  // A cast type cannot be a parameter; it comes from the catalogue, never from a caller.
  const matches = key.map(({ name, type }, part) => sql`${sql.ref(`r.${name}`)} = ${given[part]}::${sql.raw(type)}`)
  const names = key.map(({ name }, part) => sql`coalesce(${sql.ref(`r.${name}`)}::text, ${given[part]})`)
  return sql`select ${sql.lit(table)} as table_name, concat_ws('/', ${sql.join(names)}) as row_id, row_digest(r) as digest
    from unnest(${sql.join(arrays)}) as k (${sql.join(key.map((_, part) => sql.ref(`k${part}`)))})
    left join ${sql.table(table)} r on ${sql.join(matches, sql` and `)}`
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
    select ${rowId(key)} as row_id, row_digest(r) as digest from ${sql.table(table)} r order by ${columns}`.execute(db)
  for (;;) {
    const { rows } = await sql<RowDigest>`fetch ${sql.lit(pageSize)} from ${sql.ref(cursor)}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) break
  }
  await sql`close ${sql.ref(cursor)}`.execute(db)
}

export async function tableExists(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${table}) is not null as found`.execute(db)
  return rows[0]?.found === true
}
