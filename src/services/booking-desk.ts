import type { Context } from '#platform/context.ts'
import { type CalendarDate, date, yearOf } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import { notify } from '../notices/public.ts'
import {
  type BookingRow,
  changeBooking,
  findBookable,
  findBooking,
  findOverlapping,
  insertAbsence,
  insertBooking,
  insertBookingEvent,
  listHeldBy,
  lockBookingsOf,
} from './booking.store.ts'
import { bookingNotice } from './notices.ts'
import { choose, ROTATION_VERSION } from './rotation.rules.ts'
import { clockOf, minuteIn } from './slot.rules.ts'
import { inputsAt, nextFree, stationOf, type Wanted } from './slots.ts'

export interface Booker {
  readonly accountId: string
  readonly name: string
}

export interface Wish extends Wanted {
  readonly day: CalendarDate
  readonly from: number
  readonly note: string | null
  readonly replacesId?: string
}

/**
 * Books a slot for whoever asks: the turn decides which person or room, under a lock of the station. Of two who want the
 * last one, the second is refused with the next free slots.
 */
export async function book(tx: Tx, context: Context, booker: Booker, wish: Wish): Promise<string> {
  const inside = { ...context, db: tx }
  const { day, from, station, subject, language, note } = wish
  await lockBookingsOf(tx, station)
  // Always after the station, so that two never wait for each other.
  await lockBookingsOf(tx, booker.accountId)
  const inputs = await inputsAt(inside, wish, { day, from })
  const { to } = inputs.slot
  const { kind } = inputs.need
  const own = await findOverlapping(tx, { accountId: booker.accountId, kind, day, from, to })
  if (own !== undefined) throw refused('ALREADY_BOOKED', 409, { number: own })
  const { chosen } = choose(inputs)
  if (chosen === null) throw refused('SLOT_TAKEN', 409, { next: await nextSlots(inside, wish, day) })
  const { id, number } = await insertBooking(tx, yearOf(context.today), {
    kind,
    stationCode: station,
    subject,
    language,
    seats: inputs.need.seats,
    note,
    bookableId: chosen,
    day,
    fromMinute: from,
    toMinute: to,
    state: 'held',
    accountId: booker.accountId,
    bookedName: booker.name,
    decision: inputs,
    ruleVersion: ROTATION_VERSION,
    assignedAt: context.now,
    bookedAt: context.now,
    replacesId: wish.replacesId ?? null,
  })
  await insertBookingEvent(tx, { bookingId: id, kind: 'booked', byName: booker.name, at: context.now })
  await recordAudit(tx, context, {
    action: 'booking.made',
    subject: { kind: 'booking', id },
    detail: { number, station, subject, day, from: clockOf(from), bookable: chosen },
  })
  const made = await findBooking(tx, number)
  if (made !== undefined) {
    await tellBooker(tx, context, made, { zh: '预约成功', en: 'You are booked' })
    await tellBookable(tx, context, made, { zh: '有人预约了您', en: 'Somebody booked you' })
  }
  return number
}

async function nextSlots(context: Context & { db: Tx }, wanted: Wanted, from: CalendarDate) {
  const found = await nextFree(context, wanted, from)
  return found.map(({ day, from: start, to }) => ({ day, from: clockOf(start), to: clockOf(to) }))
}

function when({ zone }: Context, { stationCode, day, fromMinute }: BookingRow) {
  const names = stationOf({ zone }, stationCode).names
  return {
    zh: `${day} ${clockOf(fromMinute)}，${names.zh}`,
    en: `${day} ${clockOf(fromMinute)}, ${names.en}`,
  }
}

type Words = { readonly zh: string; readonly en: string }

async function tellBooker(tx: Tx, context: Context, booking: BookingRow, words: Words, more?: Words) {
  const at = when(context, booking)
  await notify(tx, context, {
    to: { accounts: [booking.accountId] },
    kind: bookingNotice,
    subject: { kind: 'booking', id: booking.number },
    words: { zh: `${words.zh}：${at.zh}`, en: `${words.en}: ${at.en}` },
    ...(more && { more }),
    href: `/bookings/${booking.number}`,
  })
}

/** The person on duty, where they have an account. */
async function tellBookable(tx: Tx, context: Context, booking: BookingRow, words: Words) {
  if (booking.bookableAccountId === null) return
  const at = when(context, booking)
  await notify(tx, context, {
    to: { accounts: [booking.bookableAccountId] },
    kind: bookingNotice,
    subject: { kind: 'booking', id: booking.number },
    words: { zh: `${words.zh}：${at.zh}`, en: `${words.en}: ${at.en}` },
    href: `/work/bookings?station=${booking.stationCode}`,
  })
}

interface Changing {
  readonly booking: BookingRow
  readonly version: number
  readonly by: string
}

async function change(
  tx: Tx,
  context: Context,
  { booking, version, by }: Changing,
  to: { readonly state: 'kept' | 'missed' | 'cancelled' | 'freed' | 'moved'; readonly reason: string | null },
): Promise<void> {
  if (booking.state !== 'held') throw refused('BOOKING_CLOSED', 409, { state: booking.state })
  const done = await changeBooking(
    tx,
    { id: booking.id, version },
    { state: to.state, stateReason: to.reason },
  )
  if (!done) throw refused('CHANGED_MEANWHILE', 409)
  await insertBookingEvent(tx, {
    bookingId: booking.id,
    kind: to.state,
    reason: to.reason,
    byName: by,
    at: context.now,
  })
  await recordAudit(tx, context, {
    action: `booking.${to.state}`,
    subject: { kind: 'booking', id: booking.id },
    detail: { number: booking.number, reason: to.reason ?? undefined },
  })
}

export async function cancelBooking(
  tx: Tx,
  context: Context,
  changing: Changing & { readonly reason: string | null },
): Promise<void> {
  await change(tx, context, changing, { state: 'cancelled', reason: changing.reason })
  await tellBookable(tx, context, changing.booking, { zh: '预约已取消', en: 'A booking was cancelled' })
}

/** Another hour in place of this one, in one act: either both happen or the booking stays as it was. */
export async function moveBooking(
  tx: Tx,
  context: Context,
  { booking, version, by }: Changing,
  to: { readonly day: CalendarDate; readonly from: number },
): Promise<string> {
  await lockBookingsOf(tx, booking.stationCode)
  await change(tx, context, { booking, version, by }, { state: 'moved', reason: null })
  const { stationCode: station, subject, language, seats, note, accountId, bookedName } = booking
  return book(
    tx,
    context,
    { accountId, name: bookedName },
    {
      station,
      subject,
      language,
      seats,
      note,
      ...to,
      replacesId: booking.id,
    },
  )
}

/** Whether the visitor came; known only once the hour has begun. */
export async function settleBooking(
  tx: Tx,
  context: Context,
  changing: Changing & { readonly outcome: 'kept' | 'missed' },
): Promise<void> {
  const { day, fromMinute } = changing.booking
  const begun =
    day < context.today ||
    (day === context.today && fromMinute <= minuteIn(context.zone.timeZone, context.now))
  if (!begun) throw refused('NOT_YET', 409, { day, from: clockOf(fromMinute) })
  await change(tx, context, changing, { state: changing.outcome, reason: null })
  if (changing.outcome === 'missed')
    await tellBooker(tx, context, changing.booking, { zh: '未按预约到场', en: 'You did not come to' })
}

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

/** False when nobody else can take it. */
async function reassign(tx: Tx, context: Context, booking: BookingRow, by: Booker): Promise<boolean> {
  const inside = { ...context, db: tx }
  const wanted = {
    station: booking.stationCode,
    subject: booking.subject,
    language: booking.language,
    seats: booking.seats,
  }
  const day = date(booking.day)
  const decision = await inputsAt(inside, wanted, { day, from: booking.fromMinute })
  const { chosen } = choose(decision)
  if (chosen === null) {
    await change(
      tx,
      context,
      { booking, version: booking.version, by: by.name },
      { state: 'freed', reason: null },
    )
    const next = await nextSlots(inside, wanted, day)
    const listed = next.map((slot) => `${slot.day} ${slot.from}`).join(', ')
    await tellBooker(
      tx,
      context,
      booking,
      { zh: '预约无法保留，请另选时间', en: 'Your booking cannot be kept; please choose another time' },
      { zh: `最近的空闲时段：${listed || '暂无'}`, en: `Next free: ${listed || 'none'}` },
    )
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
