import { hasRole } from '#platform/access.ts'
import { implementation, type Context } from '#platform/api.ts'
import { addDays, type CalendarDate, date, daysBetween } from '#platform/calendar.ts'
import { callerOf, listStationsOf } from '../identity/public.ts'
import { refused } from '../matters/public.ts'
import { bookablesApi } from './bookable.api.ts'
import { listBookablesOf, listBookableStations } from './bookable.store.ts'
import { bookings as contract } from './booking.contract.ts'
import { book, cancelBooking, moveBooking } from './booking-desk.ts'
import { again, namedStation, shown } from './booking-view.ts'
import {
  type BookingRow,
  findBooking,
  findNumber,
  listBookingEvents,
  listBookingsOf,
  listBookingsWith,
} from './booking.store.ts'
import { lastDayOf, shownHours } from './duty.ts'
import { choose } from './rotation.rules.ts'
import { clockOf, minutesOf } from './slot.rules.ts'
import { bookingRulesOn, freeSlots } from './slots.ts'
import { stationBookingsApi } from './station-bookings.api.ts'

const os = implementation(contract)

const stations = os.stations.handler(async ({ context }) => {
  const { aheadDays, rollingDays, sample } = bookingRulesOn(context)
  const rows = Map.groupBy(
    await listBookableStations(context.db, context.today),
    ({ stationCode }) => stationCode,
  )
  return {
    note: context.zone.bookings.note,
    sample,
    aheadDays,
    rollingDays,
    until: addDays(context.today, aheadDays),
    items: context.zone.stations.flatMap(({ id, names }) => {
      const able = rows.get(id) ?? []
      const subjects = context.zone.bookings.subjects.flatMap((subject) => {
        const those = able.filter(
          ({ kind, skills }) =>
            kind === subject.kind && (subject.skill === null || skills.includes(subject.skill)),
        )
        const languages = [...new Set(those.flatMap((one) => one.languages))].toSorted().toReversed()
        return those.length === 0
          ? []
          : [{ code: subject.code, names: subject.names, kind: subject.kind, languages }]
      })
      return subjects.length === 0 ? [] : [{ code: id, names, subjects }]
    }),
  }
})

const slots = os.slots.handler(async ({ input, context }) => {
  const { station, subject, language, seats, days } = input
  const from = input.from === undefined ? context.today : date(input.from)
  const found = await freeSlots(
    context,
    { station, subject, language, seats: seats ?? null },
    // Nobody may book for days far away: nothing is computed for them.
    { from: nearest(from, context.today), days },
  )
  return {
    days: found.map(({ day, closed, slots: all }) => ({
      day,
      closed,
      slots: all.map((slot) => ({ from: clockOf(slot.from), to: clockOf(slot.to), free: slot.free })),
    })),
  }
})

function nearest(from: CalendarDate, today: CalendarDate): CalendarDate {
  if (from < today) return today
  return daysBetween(today, from) > 366 ? addDays(today, 366) : from
}

const bookSlot = os.book.handler(async ({ input, context }) => {
  const { accountId, name } = callerOf(context)
  const { day, from, seats, note, ...wanted } = input
  const number = await context.write((tx) =>
    book(
      tx,
      context,
      { accountId, name },
      { ...wanted, seats: seats ?? null, note: note ?? null, day: date(day), from: minutesOf(from) },
    ),
  )
  return again(context, number)
})

const mine = os.mine.handler(async ({ input: { cursor, limit }, context }) => {
  const { accountId } = callerOf(context)
  const { total, items } = await listBookingsOf(context.db, accountId, { after: cursor, limit })
  return {
    total,
    items: items.map((row) => shown(context, row)),
    next: items.length < limit ? null : (items.at(-1)?.id ?? null),
  }
})

const DUTY_DAYS = 14

const duty = os.duty.handler(async ({ input, context }) => {
  const { accountId } = callerOf(context)
  const from = input.from === undefined ? context.today : nearest(date(input.from), context.today)
  const to = addDays(from, DUTY_DAYS - 1)
  const [posts, rows] = await Promise.all([
    listBookablesOf(context.db, accountId, context.today),
    listBookingsWith(context.db, accountId, { from, to }),
  ])
  return {
    from,
    to,
    posts: posts.map(({ stationCode, ...one }) => ({
      ...shownHours(one, context.today),
      id: one.id,
      station: namedStation(context, stationCode),
      name: one.name,
      lastDay: lastDayOf(one),
    })),
    bookings: rows.map((row) => ({ ...shown(context, row), bookedBy: row.bookedName })),
  }
})

const get = os.get.handler(async ({ input: { number }, context }) => {
  const row = await seen(context, number)
  const [events, replaced] = await Promise.all([
    listBookingEvents(context.db, row.id),
    row.replacesId === null ? null : findNumber(context.db, row.replacesId),
  ])
  const choice = choose(row.decision)
  const { need, rollingDays, countedSince, candidates } = row.decision
  return {
    ...shown(context, row),
    decision: {
      ruleVersion: row.ruleVersion,
      need,
      rollingDays,
      countedSince,
      candidates: candidates.map((one) => ({
        ...one,
        skills: [...one.skills],
        languages: [...one.languages],
      })),
      chosen: choice.chosen,
      because: choice.because,
      ranked: [...choice.ranked],
      excluded: [...choice.excluded],
      replayed: choice.chosen === row.bookableId,
    },
    replaces: replaced,
    mine: row.accountId === callerOf(context).accountId,
    events: events.map(({ byName, at, kind, ...event }) => ({
      ...event,
      kind: kind as 'booked',
      by: byName,
      at: at.toISOString(),
    })),
  }
})

const move = os.move.handler(async ({ input: { number, version, day, from }, context }) => {
  const booking = await own(context, number)
  const moved = await context.write((tx) =>
    moveBooking(
      tx,
      context,
      { booking, version, by: callerOf(context).name },
      { day: date(day), from: minutesOf(from) },
    ),
  )
  return again(context, moved)
})

const cancel = os.cancel.handler(async ({ input: { number, version, reason }, context }) => {
  const booking = await own(context, number)
  await context.write((tx) =>
    cancelBooking(tx, context, { booking, version, by: callerOf(context).name, reason: reason ?? null }),
  )
  return again(context, number)
})

export const bookingsApi = {
  ...stationBookingsApi,
  ...bookablesApi,
  duty,
  stations,
  slots,
  book: bookSlot,
  mine,
  get,
  move,
  cancel,
}

/** Whoever booked it, and those who work at its station; nobody else learns that it exists. */
async function seen(context: Context, number: string): Promise<BookingRow> {
  const row = await findBooking(context.db, number)
  const { accountId } = callerOf(context)
  if (row !== undefined && (row.accountId === accountId || row.bookableAccountId === accountId)) return row
  const posts =
    row !== undefined && hasRole(context.actor, 'officer', 'operator')
      ? await listStationsOf(context.db, accountId, context.today)
      : []
  if (row === undefined || !posts.includes(row.stationCode)) throw refused('UNKNOWN_BOOKING', 404)
  return row
}

async function own(context: Context, number: string): Promise<BookingRow> {
  const row = await findBooking(context.db, number)
  if (row === undefined || row.accountId !== callerOf(context).accountId)
    throw refused('UNKNOWN_BOOKING', 404)
  return row
}
