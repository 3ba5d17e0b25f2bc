import type { Context } from '#platform/context.ts'
import { type CalendarDate, date } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import { findBookable, insertAbsence } from './bookable.store.ts'
import { type Booker, endBooking, nextSlots } from './booking-desk.ts'
import { tellBookable, tellBooker } from './booking-telling.ts'
import {
  type BookingRow,
  changeBooking,
  findBooking,
  insertBookingEvent,
  listHeldBy,
  lockBookingsOf,
} from './booking.store.ts'
import { choose } from './rotation.rules.ts'
import { minuteIn } from './slot.rules.ts'
import { inputsAt } from './slots.ts'

export interface Absence {
  readonly bookableId: string
  readonly firstDay: CalendarDate
  readonly lastDay: CalendarDate
  readonly reason: string
}

export interface AbsenceOutcome {
  readonly id: string
  readonly reassigned: string[]
  readonly freed: string[]
}

/** Somebody will be away: what they had goes to whoever is next in turn, or is freed; each booker is told. */
export async function recordAbsence(
  tx: Tx,
  context: Context,
  by: Booker,
  absence: Absence,
): Promise<AbsenceOutcome> {
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
  const held = await listHeldBy(tx, bookableId, { from, to: lastDay })
  const minute = minuteIn(context.zone.timeZone, context.now)
  const outcome: AbsenceOutcome = { id, reassigned: [], freed: [] }
  for (const booking of held) {
    // What has begun is over: nobody can take its place.
    if (booking.day === context.today && booking.fromMinute <= minute) continue
    const given = await reassign(tx, context, booking, by)
    outcome[given ? 'reassigned' : 'freed'].push(booking.number)
  }
  await recordAudit(tx, context, {
    action: 'booking.absence-recorded',
    subject: { kind: 'bookable', id: bookableId },
    detail: { absence: id, firstDay, lastDay, reassigned: outcome.reassigned, freed: outcome.freed },
  })
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
