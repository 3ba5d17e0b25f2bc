import type { Context } from '#platform/context.ts'
import { addDays, type CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { findCalendar, refused } from '../matters/public.ts'
import type { BookingRules } from '../zone/service-offer.rules.ts'
import { type Bookable, listBookables } from './bookable.store.ts'
import { listTaken, listTurns, type Taken, type Turn } from './booking.store.ts'
import { exclusionOf, type Need, type RotationInputs } from './rotation.rules.ts'
import {
  type Closed,
  lies,
  minuteIn,
  type OpenDay,
  openingOf,
  overlap,
  slotsIn,
  type Span,
} from './slot.rules.ts'

/** What somebody wants to book, before the day and the hour. */
export interface Wanted {
  readonly station: string
  readonly subject: string
  readonly language: string
  readonly seats: number | null
}

export interface FreeSlot extends Span {
  /** How many people or rooms could take it. */
  readonly free: number
}

export interface SlotDay {
  readonly day: CalendarDate
  readonly closed: Closed | null
  readonly slots: readonly FreeSlot[]
}

type Reading = Pick<Context, 'zone' | 'now' | 'today'> & { readonly db: Db }

/** The rules of booking on a day; refused before there are any. */
export function bookingRulesOn({ zone, today }: Pick<Context, 'zone' | 'today'>): BookingRules {
  const rules = zone.bookings.versions.findLast(({ from }) => from <= today)
  if (rules === undefined) throw refused('NO_BOOKING_RULES', 409)
  return rules
}

export function needOf({ zone }: Pick<Context, 'zone'>, { subject, language, seats }: Wanted): Need {
  const found = zone.bookings.subjects.find(({ code }) => code === subject)
  if (found === undefined) throw refused('UNKNOWN_SUBJECT', 422, { subject })
  return {
    kind: found.kind,
    skill: found.skill,
    language,
    seats: found.kind === 'room' ? (seats ?? 1) : null,
  }
}

export function stationOf({ zone }: Pick<Context, 'zone'>, code: string) {
  const station = zone.stations.find(({ id }) => id === code)
  if (station === undefined) throw refused('UNKNOWN_STATION', 404, { code })
  return station
}

interface Board {
  readonly rules: BookingRules
  readonly since: Date
  readonly bookables: readonly Bookable[]
  readonly taken: readonly Taken[]
  readonly turns: ReadonlyMap<string, Turn>
  readonly open: (day: CalendarDate) => OpenDay
}

/** All that a choice at a station is made from, for a span of days. */
async function readBoard(
  context: Reading,
  station: string,
  { from, to }: { from: CalendarDate; to: CalendarDate },
): Promise<Board> {
  const { db, zone, now } = context
  const rules = bookingRulesOn(context)
  const since = new Date(now.getTime() - rules.rollingDays * 86_400_000)
  const { hours } = stationOf(context, station)
  const [bookables, taken, { calendar }] = await Promise.all([
    listBookables(db, { station, from, to }),
    listTaken(db, { station, from, to }),
    findCalendar(db, zone),
  ])
  const turns = await listTurns(
    db,
    bookables.map(({ id }) => id),
    since,
  )
  return {
    rules,
    since,
    bookables,
    taken,
    turns: new Map(turns.map((turn) => [turn.bookableId, turn] as const)),
    open: (day) => openingOf(hours, day, calendar),
  }
}

function inputsFor(
  board: Board,
  need: Need,
  day: CalendarDate,
  slot: Span,
  { weekday }: OpenDay,
): RotationInputs {
  const { bookables, taken, turns, rules, since } = board
  return {
    need,
    slot: { day, from: slot.from, to: slot.to },
    rollingDays: rules.rollingDays,
    countedSince: since.toISOString(),
    candidates: bookables
      .filter(
        ({ kind, validFrom, validTo }) => kind === need.kind && validFrom <= day && (validTo ?? '9') > day,
      )
      .map((one) => ({
        id: one.id,
        name: one.name,
        skills: one.skills,
        languages: one.languages,
        seats: one.seats,
        onDuty: lies(
          slot,
          one.duties.filter(
            (duty) => duty.weekday === weekday && duty.validFrom <= day && (duty.validTo ?? '9') > day,
          ),
        ),
        absent: one.absences.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay),
        busy: taken.some((other) => other.bookableId === one.id && other.day === day && overlap(other, slot)),
        count: turns.get(one.id)?.count ?? 0,
        lastAt: turns.get(one.id)?.lastAt?.toISOString() ?? null,
      })),
  }
}

/** The slots of some days with how many could take each; those that have begun are left out. */
export async function freeSlots(
  context: Reading,
  wanted: Wanted,
  { from, days }: { readonly from: CalendarDate; readonly days: number },
): Promise<SlotDay[]> {
  const need = needOf(context, wanted)
  const board = await readBoard(context, wanted.station, { from, to: addDays(from, days - 1) })
  const last = addDays(context.today, board.rules.aheadDays)
  const minute = minuteIn(context.zone.timeZone, context.now)
  return Array.from({ length: days }, (_, index) => addDays(from, index))
    .filter((day) => day >= context.today && day <= last)
    .map((day) => {
      const opening = board.open(day)
      const slots = slotsIn(opening.sessions, board.rules.slotMinutes)
        .filter((slot) => day > context.today || slot.from > minute)
        .map((slot) => {
          const { candidates } = inputsFor(board, need, day, slot, opening)
          return { ...slot, free: candidates.filter((one) => exclusionOf(one, need) === null).length }
        })
      return { day, closed: opening.closed, slots }
    })
}

/** The next slots that are free, from a day on: what is offered to whoever came too late. */
export async function nextFree(context: Reading, wanted: Wanted, from: CalendarDate, most = 4) {
  const days = await freeSlots(context, wanted, { from, days: bookingRulesOn(context).aheadDays + 1 })
  return days
    .flatMap(({ day, slots }) => slots.filter(({ free }) => free > 0).map((slot) => ({ day, ...slot })))
    .slice(0, most)
}

/** The inputs of the choice for one slot; refused where the slot is none of the station's, or has begun. */
export async function inputsAt(
  context: Reading,
  wanted: Wanted,
  { day, from }: { readonly day: CalendarDate; readonly from: number },
): Promise<RotationInputs> {
  const need = needOf(context, wanted)
  const board = await readBoard(context, wanted.station, { from: day, to: day })
  const { rules } = board
  const opening = board.open(day)
  const slot = slotsIn(opening.sessions, rules.slotMinutes).find((one) => one.from === from)
  if (opening.closed !== null) throw refused('STATION_CLOSED', 409, { day, because: opening.closed })
  if (slot === undefined) throw refused('OUTSIDE_HOURS', 422, { day })
  const past =
    day < context.today || (day === context.today && from <= minuteIn(context.zone.timeZone, context.now))
  if (past) throw refused('SLOT_PAST', 409, { day })
  const until = addDays(context.today, rules.aheadDays)
  if (day > until) throw refused('TOO_FAR_AHEAD', 422, { until })
  return inputsFor(board, need, day, slot, opening)
}
