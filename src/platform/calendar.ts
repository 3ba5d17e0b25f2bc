declare const calendarDate: unique symbol

/**
 * A day of the civil calendar, written `YYYY-MM-DD`, without time or zone. Days compare as strings:
 * `a < b` means that `a` is earlier.
 */
export type CalendarDate = string & { readonly [calendarDate]: true }

/** A text or a computation that names no day between 0000-01-01 and 9999-12-31. */
export class NotADate extends RangeError {
  override name = 'NotADate'
}

const dayInMilliseconds = 86_400_000

/** True for a day that exists: `2025-02-29` and `2025-2-3` are not days. */
export function isDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The day that `text` names. Throws NotADate, quoting the text, when there is none. */
export function date(text: string): CalendarDate {
  if (isDate(text)) return text
  throw new NotADate(`"${text}" is not a day in the form YYYY-MM-DD`)
}

/** The day `days` days later, or earlier when negative. */
export function addDays(from: CalendarDate, days: number): CalendarDate {
  return dayOf(dayNumber(from) + whole(days, 'days'))
}

/**
 * The corresponding day `months` months later (earlier when negative), or the last day of that month when it
 * has no such day, as statute counts terms in months and years: one month after 31 January is the end of
 * February. Count every term from its start: two single months from 31 January end on 28 March, not 31 March.
 */
export function addMonths(from: CalendarDate, months: number): CalendarDate {
  const monthNumber = yearOf(from) * 12 + monthOf(from) - 1 + whole(months, 'months')
  const [year, month] = [Math.floor(monthNumber / 12), (((monthNumber % 12) + 12) % 12) + 1]
  return dayOfMonth(year, month, Math.min(Number(from.slice(8)), daysInMonth(year, month)))
}

/** Days from `from` to `to`: 1 for tomorrow, 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from)
}

export function yearOf(day: CalendarDate): number {
  return Number(day.slice(0, 4))
}

/** 1 for January … 12 for December. */
export function monthOf(day: CalendarDate): number {
  return Number(day.slice(5, 7))
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(day: CalendarDate): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

/** The last day of the month that `day` lies in. */
export function endOfMonth(day: CalendarDate): CalendarDate {
  return dayOfMonth(yearOf(day), monthOf(day), daysInMonth(yearOf(day), monthOf(day)))
}

const formatters = new Map<string, Intl.DateTimeFormat>()
/** The last answer for each zone, and the quarter of an hour that it holds for. */
const lastDays = new Map<string, { readonly quarter: number; readonly day: CalendarDate }>()
const QUARTER = 15 * 60 * 1000

/** The day it is at the moment `now` in an IANA time zone. Throws RangeError when the zone is unknown. */
export function todayIn(timeZone: string, now: Date): CalendarDate {
  // Every request asks, and since 1972 every zone is whole quarters of an hour away from UTC.
  const quarter = Math.floor(now.valueOf() / QUARTER)
  const last = lastDays.get(timeZone)
  if (last?.quarter === quarter) return last.day
  const day = readDay(timeZone, now)
  lastDays.set(timeZone, { quarter, day })
  return day
}

function readDay(timeZone: string, now: Date): CalendarDate {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en', { timeZone, calendar: 'iso8601', numberingSystem: 'latn' })
    formatters.set(timeZone, formatter)
  }
  const parts = new Map(formatter.formatToParts(now).map(({ type, value }) => [type, Number(value)]))
  return dayOfMonth(parts.get('year') ?? NaN, parts.get('month') ?? NaN, parts.get('day') ?? NaN)
}

function dayNumber(day: CalendarDate): number {
  return Date.parse(`${day}T00:00:00Z`) / dayInMilliseconds
}

function dayOf(number: number): CalendarDate {
  const moment = new Date(number * dayInMilliseconds)
  if (Number.isNaN(moment.valueOf())) throw new NotADate('the day lies outside the calendar')
  return date(moment.toISOString().slice(0, 10))
}

function dayOfMonth(year: number, month: number, day: number): CalendarDate {
  return date(`${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`)
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function whole(count: number, unit: string): number {
  if (!Number.isSafeInteger(count)) throw new NotADate(`${count} is not a whole number of ${unit}`)
  return count
}
