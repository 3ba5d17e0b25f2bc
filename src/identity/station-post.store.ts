import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'

/** False when the account works there already. */
export async function beginStationPost(
  tx: Tx,
  post: { accountId: string; stationId: string; validFrom: CalendarDate },
): Promise<boolean> {
  const begun = await tx
    .insertInto('stationPost')
    .values(post)
    .onConflict((oc) => oc.columns(['accountId', 'stationId']).where('validTo', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return begun !== undefined
}

/** False when the account does not work there. */
export async function endStationPost(
  tx: Tx,
  { accountId, stationId }: { accountId: string; stationId: string },
  today: CalendarDate,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('stationPost')
    .set({ validTo: today })
    .where('accountId', '=', accountId)
    .where('stationId', '=', stationId)
    .where('validTo', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The stations at which an account works on a day. */
export async function listStationsOf(db: Db, accountId: string, today: CalendarDate): Promise<string[]> {
  const posts = await db
    .selectFrom('stationPost')
    .select('stationId')
    .where('accountId', '=', accountId)
    .where('validFrom', '<=', today)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', today)]))
    .orderBy('stationId')
    .execute()
  return posts.map(({ stationId }) => stationId)
}
