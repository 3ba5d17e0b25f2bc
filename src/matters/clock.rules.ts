/** When a clock runs out, day by day, with its pauses. The platform counts whole terms; pauses are this room's. */
import { addDays, addMonths, type CalendarDate, daysBetween, yearOf } from '#platform/calendar.ts'
import {
  dayStanding,
  dueDate,
  type DerivationStep,
  type DueDate,
  type Term,
  type WorkingCalendar,
} from '#platform/working-days.ts'

/** A stretch that does not count: from the day after `from` up to and including `to`; open while `to` is null. */
export interface Pause {
  readonly from: CalendarDate
  readonly to: CalendarDate | null
  readonly because: string
}

export interface Counting {
  readonly startedOn: CalendarDate
  readonly n: number
  readonly unit: Term['unit']
  readonly ending: 'stays' | 'nextWorkingDay'
  readonly pauses: readonly Pause[]
}

export type ClockStep =
  | DerivationStep
  | { readonly date: CalendarDate; readonly reason: 'paused' }
  | { readonly date: CalendarDate; readonly reason: 'pauseAdded'; readonly days: number }

export interface Counted {
  /** Null while it is paused: nobody knows the day until the pause ends. */
  readonly due: CalendarDate | null
  readonly derivation: readonly ClockStep[]
  readonly calendars: DueDate['calendars']
  readonly unknownYears: readonly number[]
}

/**
 * The start day is not counted; the day on which a pause begins still is, the day on which it ends no longer: like a
 * start, it is the day before the counting. A term of months keeps its corresponding day and is lengthened by the days
 * of the pauses that began before it ended.
 */
export function countClock(clock: Counting, calendar: WorkingCalendar): Counted {
  const pauses = merged(clock.pauses)
  const term: Term = {
    start: clock.startedOn,
    unit: clock.unit,
    n: clock.n,
    endingOnDayOff: clock.unit === 'workingDays' ? 'stays' : clock.ending,
  }
  if (pauses.length === 0) return dueDate(term, calendar)
  const { steps, end } =
    clock.unit === 'months' ? countMonths(term, pauses) : countDays(term, pauses, calendar)
  if (end === null) return { due: null, derivation: steps, ...rests(steps, calendar) }
  const moved = term.endingOnDayOff === 'nextWorkingDay' ? toWorkingDay(end, calendar) : []
  const derivation = [...steps, ...moved]
  return { due: derivation.at(-1)?.date ?? end, derivation, ...rests(derivation, calendar) }
}

/** Overlapping stretches count once: an objection during a correction pauses nothing twice. */
function merged(pauses: readonly Pause[]): Pause[] {
  const joined: Pause[] = []
  for (const pause of pauses.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (last === undefined || (last.to !== null && pause.from > last.to)) {
      joined.push(pause)
      continue
    }
    const to = last.to === null || pause.to === null ? null : last.to > pause.to ? last.to : pause.to
    joined[joined.length - 1] = { ...last, to }
  }
  // A pause that ended on the day it began took no day away.
  return joined.filter(({ from, to }) => to === null || to > from)
}

interface Walked {
  readonly steps: ClockStep[]
  readonly end: CalendarDate | null
}

function countDays({ start, unit, n }: Term, pauses: readonly Pause[], calendar: WorkingCalendar): Walked {
  const steps: ClockStep[] = [{ date: start, reason: 'start' }]
  let count = 0
  let day = start
  while (count < n) {
    day = addDays(day, 1)
    const pause = pauses.find(({ from, to }) => day > from && (to === null || day <= to))
    if (pause?.to === null) return { steps, end: null }
    if (pause !== undefined) {
      steps.push({ date: day, reason: 'paused' })
    } else if (unit === 'calendarDays') {
      steps.push({ date: day, reason: 'calendarDay', count: ++count })
    } else {
      const { kind, holiday, known } = dayStanding(day, calendar)
      const counted = kind === 'workday' || kind === 'makeUpWorkday'
      steps.push({
        date: day,
        reason: kind,
        ...(counted ? { count: ++count } : {}),
        ...(holiday === undefined ? {} : { holiday }),
        ...(known ? {} : { unknownYear: true as const }),
      })
    }
  }
  return { steps, end: day }
}

function countMonths({ start, n }: Term, pauses: readonly Pause[]): Walked {
  let end = addMonths(start, n)
  const steps: ClockStep[] = [
    { date: start, reason: 'start' },
    { date: end, reason: end.slice(8) === start.slice(8) ? 'correspondingDay' : 'endOfMonth', count: n },
  ]
  for (const { from, to } of pauses) {
    if (from >= end || (to !== null && to <= start)) continue
    if (to === null) return { steps, end: null }
    const days = daysBetween(from < start ? start : from, to)
    end = addDays(end, days)
    steps.push({ date: end, reason: 'pauseAdded', days })
  }
  return { steps, end }
}

function toWorkingDay(end: CalendarDate, calendar: WorkingCalendar): DerivationStep[] {
  return dueDate(
    { start: end, unit: 'calendarDays', n: 0, endingOnDayOff: 'nextWorkingDay' },
    calendar,
  ).derivation.slice(1)
}

const LOOKED_UP: ReadonlySet<string> = new Set([
  'workday',
  'makeUpWorkday',
  'weekend',
  'holiday',
  'movedToWorkingDay',
])

function rests(steps: readonly ClockStep[], calendar: WorkingCalendar) {
  const looked = steps.filter(({ reason }) => LOOKED_UP.has(reason))
  const years = new Set(looked.map(({ date }) => yearOf(date)))
  const unknown = looked.filter((step) => 'unknownYear' in step && step.unknownYear === true)
  return {
    calendars: calendar.years
      .filter(({ year }) => years.has(year))
      .map(({ year, source, version }) => ({ year, source, version })),
    unknownYears: [...new Set(unknown.map(({ date }) => yearOf(date)))],
  }
}

/** A pause begins, unless the clock is paused already for the same reason. */
export function pausedFrom(pauses: readonly Pause[], from: CalendarDate, because: string): Pause[] {
  if (pauses.some((pause) => pause.to === null && pause.because === because)) return [...pauses]
  return [...pauses, { from, to: null, because }]
}

/** The open pause of that reason ends; others stay open. */
export function resumedOn(pauses: readonly Pause[], to: CalendarDate, because: string): Pause[] {
  return pauses.map((pause) => (pause.to === null && pause.because === because ? { ...pause, to } : pause))
}

export function isPaused(pauses: readonly Pause[]): boolean {
  return pauses.some(({ to }) => to === null)
}
