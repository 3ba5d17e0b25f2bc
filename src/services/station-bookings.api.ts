import { implementation } from '#platform/api.ts'
import { addDays, type CalendarDate, date, daysBetween, weekdayOf } from '#platform/calendar.ts'
import { callerOf, listStationsOf } from '../identity/public.ts'
import { refused } from '../matters/public.ts'
import { recordAbsence } from './absence.ts'
import { findBookable, listBookables, listLinkedNames } from './bookable.store.ts'
import { settleBooking } from './booking-desk.ts'
import { again, shown } from './booking-view.ts'
import { findBooking, listBookingsAt, listTurns } from './booking.store.ts'
import { lastDayOf, shownHours } from './duty.ts'
import { needPost } from './posts.ts'
import { bookingRulesOn, stationOf } from './slots.ts'
import { stationBookings } from './station-bookings.contract.ts'

const os = implementation(stationBookings)

const calendar = os.calendar.handler(async ({ input, context }) => {
  const own = await listStationsOf(context.db, callerOf(context).accountId, context.today)
  const station = input.station ?? own[0]
  const from = input.from === undefined ? monday(context.today) : nearestPast(date(input.from), context.today)
  const to = addDays(from, 6)
  const names = own.flatMap((code) => {
    const found = context.zone.stations.find(({ id }) => id === code)
    return found === undefined ? [] : [{ code, names: found.names }]
  })
  const subjects = context.zone.bookings.subjects.map(({ code, names: words, kind, skill }) => ({
    code,
    names: words,
    kind,
    skill,
  }))
  if (station === undefined)
    return {
      stations: names,
      station: null,
      subjects,
      today: context.today,
      from,
      to,
      bookables: [],
      bookings: [],
    }
  stationOf(context, station)
  if (!own.includes(station)) throw refused('NOT_YOUR_STATION', 403, { station })
  const { rollingDays } = bookingRulesOn(context)
  const [bookables, rows] = await Promise.all([
    listBookables(context.db, { station, from, to }),
    listBookingsAt(context.db, { station, from, to }),
  ])
  const turns = await listTurns(
    context.db,
    bookables.map(({ id }) => id),
    new Date(context.now.getTime() - rollingDays * 86_400_000),
  )
  const linked = await listLinkedNames(
    context.db,
    bookables.flatMap(({ accountId }) => accountId ?? []),
  )
  return {
    stations: names,
    station,
    subjects,
    today: context.today,
    from,
    to,
    bookables: bookables.map(({ skills, languages, absences, accountId, ...one }) => ({
      ...shownHours(one, context.today),
      id: one.id,
      kind: one.kind,
      name: one.name,
      seats: one.seats,
      version: one.version,
      skills: [...skills],
      languages: [...languages],
      linkedTo: accountId === null ? null : (linked.get(accountId) ?? null),
      lastDay: lastDayOf(one),
      absences: [...absences],
      turns: turns.find(({ bookableId }) => bookableId === one.id)?.count ?? 0,
    })),
    bookings: rows.map((row) => ({
      ...shown(context, row),
      bookableId: row.bookableId,
      bookedBy: row.bookedName,
    })),
  }
})

function monday(day: CalendarDate): CalendarDate {
  return addDays(day, 1 - weekdayOf(day))
}

function nearestPast(day: CalendarDate, today: CalendarDate): CalendarDate {
  const away = daysBetween(today, day)
  return Math.abs(away) > 3660 ? today : day
}

const settle = os.settle.handler(async ({ input: { number, version, outcome }, context }) => {
  const booking = await findBooking(context.db, number)
  if (booking === undefined) throw refused('UNKNOWN_BOOKING', 404)
  await needPost(context, booking.stationCode)
  await context.write((tx) =>
    settleBooking(tx, context, { booking, version, by: callerOf(context).name, outcome }),
  )
  return again(context, number)
})

const absent = os.absent.handler(async ({ input, context, errors }) => {
  const { accountId, name } = callerOf(context)
  const bookable = await findBookable(context.db, input.bookableId)
  if (bookable === undefined) throw errors.UNKNOWN_BOOKABLE()
  await needPost(context, bookable.stationCode)
  const [firstDay, lastDay] = [date(input.firstDay), date(input.lastDay)]
  if (lastDay < firstDay) throw errors.ABSENCE_BACKWARDS()
  return context.write((tx) =>
    recordAbsence(tx, context, { accountId, name }, { ...input, firstDay, lastDay }),
  )
})

/** What those who work at a station do with its bookings. */
export const stationBookingsApi = { calendar, settle, absent }
