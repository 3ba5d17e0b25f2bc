import { type CalendarDate, weekdayOf } from '#platform/calendar.ts'
import { dayStanding, type WorkingCalendar } from '#platform/working-days.ts'

/** Minutes of the day by the clock on the wall of the zone: 540 is 09:00. The end does not belong to it. */
export interface Span {
  readonly from: number
  readonly to: number
}

export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

export interface Hours {
  readonly sessions: readonly {
    readonly days: readonly number[]
    readonly opens: string
    readonly closes: string
  }[]
}

export type Closed = 'holiday' | 'day-off' | 'no-hours'

export interface OpenDay {
  /** The weekday whose hours hold, 1 (Monday) to 7; on a make-up workday that of a Monday. */
  readonly weekday: number
  readonly sessions: readonly Span[]
  readonly closed: Closed | null
}

/**
 * When a station is open on a day. A public holiday closes it whatever its hours say; a weekend day that is worked to make
 * up for a holiday (调休) has the hours of a Monday; other weekend days are open where its hours name them.
 */
export function openingOf(hours: Hours | null, day: CalendarDate, calendar: WorkingCalendar): OpenDay {
  const { kind } = dayStanding(day, calendar)
  const own = weekdayOf(day)
  if (hours === null) return { weekday: own, sessions: [], closed: 'no-hours' }
  if (kind === 'holiday') return { weekday: own, sessions: [], closed: 'holiday' }
  const weekday = kind === 'makeUpWorkday' ? 1 : own
  const sessions = hours.sessions
    .filter(({ days }) => days.includes(weekday))
    .map(({ opens, closes }) => ({ from: minutesOf(opens), to: minutesOf(closes) }))
    .toSorted((one, other) => one.from - other.from)
  return { weekday, sessions, closed: sessions.length === 0 ? 'day-off' : null }
}

/** Whole slots from the beginning of each session; what is left over at its end is no slot. */
export function slotsIn(sessions: readonly Span[], slotMinutes: number): Span[] {
  return sessions.flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / slotMinutes) }, (_, index) => ({
      from: from + index * slotMinutes,
      to: from + (index + 1) * slotMinutes,
    })),
  )
}

export function lies(slot: Span, within: readonly Span[]): boolean {
  return within.some(({ from, to }) => from <= slot.from && slot.to <= to)
}

export function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to
}

/** The minute of the day in a time zone. */
export function minuteIn(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return part('hour') * 60 + part('minute')
}
