import { addDays, addMonths, date, monthOf, yearOf, type CalendarDate } from '#platform/calendar.ts'
import type { Target } from '../zone/measure.rules.ts'

export interface Days {
  readonly asOf: CalendarDate
  readonly from: CalendarDate
  readonly to: CalendarDate
}

export const firstDayOf = (year: number) => date(`${String(year).padStart(4, '0')}-01-01`)
export const lastDayOf = (year: number) => date(`${String(year).padStart(4, '0')}-12-31`)

/**
 * The days a figure speaks of, seen on `asOf`. The plan does not say whether a flow goal is meant by the year or since
 * a start, so the zone profile chooses and every page shows the choice. Without a target a flow is counted by the year.
 */
export function daysOf(asOf: CalendarDate, period?: Target['period']): Days {
  const since = period?.choice === 'cumulative' && period.since !== null ? date(period.since) : undefined
  const from = since ?? firstDayOf(yearOf(asOf))
  return { asOf, from: from <= asOf ? from : asOf, to: asOf }
}

/**
 * The same days one year earlier, for growth and trend: half a year is compared with the same half, never with a whole
 * year. The first day of a cumulative count stays, since what lies before it was never counted.
 */
export function yearBefore(days: Days, period?: Target['period']): Days {
  const asOf = sameDayLastYear(days.asOf)
  return daysOf(asOf, period)
}

/** 28 February stands for 29 February in a common year. */
function sameDayLastYear(day: CalendarDate): CalendarDate {
  return addMonths(day, -12)
}

/**
 * Ends of quarters from `from` up to `asOf`, and `asOf` itself: the only days for which series and tables exist.
 * A free choice of days would let anyone difference two of them.
 */
export function quarterEnds(from: CalendarDate, asOf: CalendarDate): CalendarDate[] {
  const ends: CalendarDate[] = []
  for (let end = quarterEnd(from); end < asOf; end = quarterEnd(addDays(end, 1))) ends.push(end)
  return [...ends, asOf]
}

/** The last day of the quarter that `day` lies in. */
export function quarterEnd(day: CalendarDate): CalendarDate {
  const quarter = Math.ceil(monthOf(day) / 3)
  return addDays(addMonths(firstDayOf(yearOf(day)), quarter * 3), -1)
}

/** The latest quarter end that is not after `day`. */
export function lastQuarterEnd(day: CalendarDate): CalendarDate {
  const end = quarterEnd(day)
  return end === day ? day : quarterEnd(addMonths(end, -3))
}

/** `2026-Q3` */
export function quarterOf(day: CalendarDate): string {
  return `${yearOf(day)}-Q${Math.ceil(monthOf(day) / 3)}`
}
