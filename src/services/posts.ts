import type { Context } from '#platform/context.ts'
import { callerOf, listStationsOf } from '../identity/public.ts'
import { refused } from '../matters/public.ts'

/** The bookings of a station are kept by those who work there. */
export async function needPost(context: Context, station: string): Promise<void> {
  const posts = await listStationsOf(context.db, callerOf(context).accountId, context.today)
  if (!posts.includes(station)) throw refused('NOT_YOUR_STATION', 403, { station })
}
