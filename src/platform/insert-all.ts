import { type Insertable, sql } from 'kysely'
import type { Database, Tx } from './database.ts'

/** Rows per statement: one parameter of a few megabytes, well below what a connection takes at once. */
const BATCH = 10_000

/**
 * Inserts any number of rows by few statements, the rows travelling as one JSON parameter each, so that neither the
 * 65,535 parameters of a statement nor a round trip per row limits an import. All rows name the same columns as the first;
 * columns that none names take their defaults.
 *
 * @returns how many rows were new; with `onConflict: 'ignore'` rows that break a unique key are left out.
 */
export async function insertAll<Table extends keyof Database & string>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  { onConflict = 'fail' }: { readonly onConflict?: 'fail' | 'ignore' } = {},
): Promise<number> {
  const [first] = rows
  if (first === undefined) return 0
  const keys = Object.entries(first).flatMap(([key, value]) => (value === undefined ? [] : [key]))
  const columns = sql.join(keys.map((key) => sql.id(key)))
  const into = sql.id(table)
  let inserted = 0
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH).map((row) => snakeCased(row, keys))
    const { numAffectedRows } = await sql`
      insert into ${into} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${into}, ${JSON.stringify(batch)}::jsonb)
      ${onConflict === 'ignore' ? sql`on conflict do nothing` : sql``}`.execute(tx)
    inserted += Number(numAffectedRows ?? 0)
  }
  return inserted
}

/** As the camel-case plugin names columns: `recordedOn` is `recorded_on`, `sharePer10000` is `share_per10000`. */
function snakeCased(row: object, keys: readonly string[]): Record<string, unknown> {
  const values = row as Record<string, unknown>
  return Object.fromEntries(
    keys.map((key) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), values[key]]),
  )
}
