import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { DealKind, PlatformKind } from './rules.ts'

export interface NewDeal extends Insertable<Database['deal']> {
  readonly kind: DealKind
  /** Each patent of the contract, once: the unit in which transfers are counted. */
  readonly patentNumbers: readonly string[]
}

export interface NewPlatform extends Insertable<Database['operationPlatform']> {
  readonly kind: PlatformKind
}

/** Records deals with their patents. A recordal number that is there already breaks the whole batch. */
export async function insertDeals(tx: Tx, deals: readonly NewDeal[]): Promise<number> {
  const identified = deals.map((deal) => ({ ...deal, id: deal.id ?? randomUUID() }))
  const inserted = await insertAll(
    tx,
    'deal',
    identified.map((deal) => {
      const { patentNumbers: _patentNumbers, ...row } = deal
      return row
    }),
  )
  await insertAll(
    tx,
    'dealPatent',
    identified.flatMap(({ id, kind, recordedOn, patentNumbers }) =>
      patentNumbers.map((patentNumber) => ({ dealId: id, kind, recordedOn, patentNumber })),
    ),
  )
  return inserted
}

export const insertPlatforms = (tx: Tx, platforms: readonly NewPlatform[]) =>
  insertAll(tx, 'operationPlatform', platforms, { onConflict: 'ignore' })
