import type { Context } from '#platform/context.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import { findBookable, insertAbsence } from './bookable.store.ts'
import type { Booker } from './booking-desk.ts'
import { listHeldBy, lockBookingsOf } from './booking.store.ts'
import { type PassedOn, passOn } from './passing-on.ts'

export interface Absence {
  readonly bookableId: string
  readonly firstDay: CalendarDate
  readonly lastDay: CalendarDate
  readonly reason: string
}

/** Somebody will be away: what they had goes to whoever is next in turn, or is freed; each booker is told. */
export async function recordAbsence(
  tx: Tx,
  context: Context,
  by: Booker,
  absence: Absence,
): Promise<PassedOn & { readonly id: string }> {
  const bookable = await findBookable(tx, absence.bookableId)
  if (bookable === undefined) throw refused('UNKNOWN_BOOKABLE', 404)
  await lockBookingsOf(tx, bookable.stationCode)
  const { bookableId, firstDay, lastDay, reason } = absence
  const id = await insertAbsence(tx, {
    bookableId,
    firstDay,
    lastDay,
    reason,
    recordedBy: by.accountId,
    recordedAt: context.now,
  })
  const from = firstDay < context.today ? context.today : firstDay
  const outcome = await passOn(tx, context, await listHeldBy(tx, bookableId, { from, to: lastDay }), by)
  await recordAudit(tx, context, {
    action: 'booking.absence-recorded',
    subject: { kind: 'bookable', id: bookableId },
    detail: { absence: id, firstDay, lastDay, ...outcome },
  })
  return { id, ...outcome }
}
