import type { Context } from '#platform/context.ts'
import { date } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { type Booker, endBooking, nextSlots } from './booking-desk.ts'
import { tellBookable, tellBooker } from './booking-telling.ts'
import { type BookingRow, changeBooking, findBooking, insertBookingEvent } from './booking.store.ts'
import { choose } from './rotation.rules.ts'
import { minuteIn } from './slot.rules.ts'
import { inputsAt } from './slots.ts'

/** Numbers of the bookings that somebody else took, and of those that nobody could. */
export interface PassedOn {
  readonly reassigned: string[]
  readonly freed: string[]
}

/**
 * Bookings that whoever has them can no longer keep go to who is next in turn, or are freed; each booker is told. Under
 * the lock of the station, after what keeps them from it is on record.
 */
export async function passOn(
  tx: Tx,
  context: Context,
  held: readonly BookingRow[],
  by: Booker,
): Promise<PassedOn> {
  const minute = minuteIn(context.zone.timeZone, context.now)
  const outcome: PassedOn = { reassigned: [], freed: [] }
  for (const booking of held) {
    // What has begun is over: nobody can take its place.
    if (booking.day === context.today && booking.fromMinute <= minute) continue
    const given = await reassign(tx, context, booking, by)
    outcome[given ? 'reassigned' : 'freed'].push(booking.number)
  }
  return outcome
}

const wantedOf = ({ stationCode, subject, language, seats }: BookingRow) => ({
  station: stationCode,
  subject,
  language,
  seats,
})

/** False when nobody else can take it. */
async function reassign(tx: Tx, context: Context, booking: BookingRow, by: Booker): Promise<boolean> {
  const inside = { ...context, db: tx }
  const slot = { day: date(booking.day), from: booking.fromMinute }
  const decision = await inputsAt(inside, wantedOf(booking), slot)
  const { chosen } = choose(decision)
  if (chosen === null) {
    await free(tx, context, booking, by)
    return false
  }
  const { id, version } = booking
  await changeBooking(tx, { id, version }, { bookableId: chosen, decision, assignedAt: context.now })
  await insertBookingEvent(tx, {
    bookingId: id,
    kind: 'reassigned',
    bookableId: booking.bookableId,
    decision,
    byName: by.name,
    at: context.now,
  })
  const changed = await findBooking(tx, booking.number)
  if (changed !== undefined) {
    await tellBooker(tx, context, changed, {
      zh: `预约改由${changed.bookableName}接待，时间不变`,
      en: `${changed.bookableName} will see you instead, at the same time`,
    })
    await tellBookable(tx, context, changed, { zh: '有一个预约转给了您', en: 'A booking was passed to you' })
  }
  return true
}

/** Nobody can take it: the booker is told, with the next free times. */
async function free(tx: Tx, context: Context, booking: BookingRow, by: Booker): Promise<void> {
  const next = await nextSlots({ ...context, db: tx }, wantedOf(booking), date(booking.day))
  await endBooking(
    tx,
    context,
    { booking, version: booking.version, by: by.name },
    { state: 'freed', reason: null },
  )
  const listed = next.map((slot) => `${slot.day} ${slot.from}`).join(', ')
  await tellBooker(
    tx,
    context,
    booking,
    { zh: '预约无法保留，请另选时间', en: 'Your booking cannot be kept; please choose another time' },
    { zh: `最近的空闲时段：${listed || '暂无'}`, en: `Next free: ${listed || 'none'}` },
  )
}
