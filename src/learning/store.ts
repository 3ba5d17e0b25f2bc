import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'

export interface NewClass extends Insertable<Database['trainingClass']> {
  /** Who signed in, and for which firm. */
  readonly attendances: readonly {
    readonly personId: string
    readonly firmId: string | null
    readonly evidence: string
  }[]
}

/** Records classes with those who came. A code that is there already breaks the whole batch. */
export async function insertClasses(tx: Tx, classes: readonly NewClass[]): Promise<number> {
  const identified = classes.map((one) => ({ ...one, id: one.id ?? randomUUID() }))
  const inserted = await insertAll(
    tx,
    'trainingClass',
    identified.map((held) => {
      const { attendances: _attendances, ...row } = held
      return row
    }),
  )
  await insertAll(
    tx,
    'trainingAttendance',
    identified.flatMap(({ id, programme, heldOn, attendances }) =>
      attendances.map((attendance) => ({ ...attendance, classId: id, programme, heldOn })),
    ),
  )
  return inserted
}
