import { hasRole } from '#platform/access.ts'
import { implementation, type Context } from '#platform/api.ts'
import { addDays, type CalendarDate, date, daysBetween, weekdayOf } from '#platform/calendar.ts'
import { callerOf, listStationsOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import { bookings as contract } from './booking.contract.ts'
import { book, cancelBooking, moveBooking, recordAbsence, settleBooking } from './booking-desk.ts'
import {
  type BookingRow,
  findBookable,
  findBooking,
  findNumber,
  insertBookable,
  listBookableStations,
  listBookables,
  listBookingEvents,
  listBookingsAt,
  listBookingsOf,
  listTurns,
} from './booking.store.ts'
import { choose } from './rotation.rules.ts'
import { clockOf, minutesOf } from './slot.rules.ts'
import { bookingRulesOn, freeSlots, stationOf } from './slots.ts'

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
    return { stations: names, station: null, subjects, from, to, bookables: [], bookings: [] }
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
  return {
    stations: names,
    station,
    subjects,
    from,
    to,
    bookables: bookables.map(({ id, kind, name, skills, languages, seats, absences }) => ({
      id,
      kind,
      name,
      skills: [...skills],
      languages: [...languages],
      seats,
      absences: [...absences],
      turns: turns.find(({ bookableId }) => bookableId === id)?.count ?? 0,
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

const settle = os.settle.handler(async ({ input: { number, version, outcome }, context }) => {
  const booking = await findBooking(context.db, number)
  if (booking === undefined) throw refused('UNKNOWN_BOOKING', 404)
  await needStation(context, booking.stationCode)
  await context.write((tx) =>
    settleBooking(tx, context, { booking, version, by: callerOf(context).name, outcome }),
  )
  return again(context, number)
})

const absent = os.absent.handler(async ({ input, context, errors }) => {
  const { accountId, name } = callerOf(context)
  const bookable = await findBookable(context.db, input.bookableId)
  if (bookable === undefined) throw errors.UNKNOWN_BOOKABLE()
  await needStation(context, bookable.stationCode)
  const [firstDay, lastDay] = [date(input.firstDay), date(input.lastDay)]
  if (lastDay < firstDay) throw errors.ABSENCE_BACKWARDS()
  return context.write((tx) =>
    recordAbsence(tx, context, { accountId, name }, { ...input, firstDay, lastDay }),
  )
})

const add = os.add.handler(async ({ input, context, errors }) => {
  const { station, kind, name, skills, languages, seats, duties } = input
  stationOf(context, station)
  await needStation(context, station)
  const spans = duties.map(({ weekday, from, to }) => ({
    weekday,
    fromMinute: minutesOf(from),
    toMinute: minutesOf(to),
  }))
  if (spans.some(({ fromMinute, toMinute }) => toMinute <= fromMinute)) throw errors.DUTY_BACKWARDS()
  if (kind === 'room' && seats === undefined) throw errors.SEATS_NEEDED()
  if (kind === 'person' && skills.length === 0) throw errors.SKILL_NEEDED()
  const person = kind === 'person'
  return context.write(async (tx) => {
    const id = await insertBookable(
      tx,
      {
        kind,
        stationCode: station,
        name,
        skills: person ? [...skills] : [],
        languages: person ? [...languages] : [],
        seats: person ? null : (seats ?? null),
        validFrom: context.today,
        recordedBy: callerOf(context).accountId,
        recordedAt: context.now,
      },
      spans,
    )
    await recordAudit(tx, context, {
      action: 'booking.bookable-added',
      subject: { kind: 'bookable', id },
      detail: { station, kind },
    })
    return { id }
  })
})

export const bookingsApi = {
  stations,
  slots,
  book: bookSlot,
  mine,
  calendar,
  get,
  move,
  cancel,
  settle,
  absent,
  add,
}

async function needStation(context: Context, station: string): Promise<void> {
  const posts = await listStationsOf(context.db, callerOf(context).accountId, context.today)
  if (!posts.includes(station)) throw refused('NOT_YOUR_STATION', 403, { station })
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

async function again(context: Context, number: string) {
  const row = await findBooking(context.db, number)
  if (row === undefined) throw refused('UNKNOWN_BOOKING', 404)
  return shown(context, row)
}

/** A code that the zone has no name for any more. */
const bare = (code: string) => ({ zh: code, en: code })

function shown({ zone }: Pick<Context, 'zone'>, row: BookingRow) {
  const { stationCode, subject } = row
  return {
    number: row.number,
    kind: row.kind as 'person' | 'room',
    station: {
      code: stationCode,
      names: zone.stations.find(({ id }) => id === stationCode)?.names ?? bare(stationCode),
    },
    subject: {
      code: subject,
      names: zone.bookings.subjects.find(({ code }) => code === subject)?.names ?? bare(subject),
    },
    language: row.language,
    day: row.day,
    from: clockOf(row.fromMinute),
    to: clockOf(row.toMinute),
    state: row.state as 'held',
    with: row.bookableName,
    note: row.note,
    bookedAt: row.bookedAt.toISOString(),
    version: row.version,
  }
}
