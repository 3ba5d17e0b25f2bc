import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { WorksiteKind } from './rules.ts'

export interface NewWorksite extends Insertable<Database['overseasWorksite']> {
  readonly kind: WorksiteKind
}
export type NewWorksiteReport = Insertable<Database['worksiteReport']>

export const insertWorksites = (tx: Tx, worksites: readonly NewWorksite[]) =>
  insertAll(tx, 'overseasWorksite', worksites, { onConflict: 'ignore' })

export const insertWorksiteReports = (tx: Tx, reports: readonly NewWorksiteReport[]) =>
  insertAll(tx, 'worksiteReport', reports, { onConflict: 'ignore' })
