import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { MatterType } from './rules.ts'

export interface NewServiceRecord extends Insertable<Database['serviceRecord']> {
  readonly matterType: MatterType
}

/** A service is known by its agency's own reference: one that is there already is left as it is. */
export const insertServiceRecords = (tx: Tx, records: readonly NewServiceRecord[]) =>
  insertAll(tx, 'serviceRecord', records, { onConflict: 'ignore' })

/** A service that never was leaves every count and stays in the table with its reason. False when it was out already. */
export async function voidServiceRecord(tx: Tx, id: string, reason: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('serviceRecord')
    .set({ voidedAt: now, voidReason: reason })
    .where('id', '=', id)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
