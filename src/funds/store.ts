import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'

export type NewBudgetLine = Insertable<Database['budgetLine']>

/** A line is known by its year and code; one that is there already is left as it is. */
export const insertBudgetLines = (tx: Tx, lines: readonly NewBudgetLine[]) =>
  insertAll(tx, 'budgetLine', lines, { onConflict: 'ignore' })
