import type { Context } from '#platform/context.ts'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { insertAgencies, insertFacts } from '../../agencies/public.ts'
import { sealRows } from '../../ledger/public.ts'
import { TWIN_TABLES, type TwinRows, type TwinTable } from './model.ts'

/** Writes the whole twin in the transaction it is given, and seals every row of it in the ledger. */
export async function insertTwin(
  tx: Tx,
  context: Context,
  rows: TwinRows,
  onTable: (table: string, count: number) => void,
): Promise<void> {
  for (const table of TWIN_TABLES) {
    await insertTable(tx, table, rows)
    onTable(snakeCase(table), rows[table].length)
  }
  for (const table of TWIN_TABLES) {
    if (table === 'scenarioPlant' || rows[table].length === 0) continue
    await sealRows(tx, context, {
      action: 'scenario.loaded',
      subject: { kind: 'scenario', id: snakeCase(table) },
      table: snakeCase(table),
    })
  }
}

function insertTable(tx: Tx, table: TwinTable, rows: TwinRows): Promise<number> {
  // These two keep a counter and a sort key of their own.
  if (table === 'agency') return insertAgencies(tx, rows.agency)
  if (table === 'agencyFact') return insertFacts(tx, rows.agencyFact as Parameters<typeof insertFacts>[1])
  return insertAll(tx, table as keyof Database & string, rows[table] as never)
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
