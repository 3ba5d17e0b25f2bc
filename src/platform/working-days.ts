import { addDays, addMonths, type CalendarDate, date, isDate, weekdayOf, yearOf } from './calendar.ts'

/**
 * What one year's announcement changes against plain weekends. It may name days of a neighbouring year, as the
 * announcement for 2023 does with 2022-12-31.
 */
export interface CalendarYear {
  year: number
  /** Who announced it: the address of the paper, or the package that carries it. */
  source: string
  /** Tells two states of the same year apart, so that a stored due date says which one it was counted with. */
  version: string
  /** Days off, with the holiday they belong to. Weekends need no entry. */
  daysOff: Readonly<Record<string, string>>
  /** Weekend days that are worked to make up for a holiday (调休), with the holiday they make up for. */
  makeUpWorkdays: Readonly<Record<string, string>>
}

/** Working days as data. Later years of the list win over earlier entries for the same day. */
export interface WorkingCalendar {
  years: readonly CalendarYear[]
}

export type DayKind = 'workday' | 'makeUpWorkday' | 'weekend' | 'holiday'

/** What a calendar says of one day. `known` is false when no announcement covers its year: only weekends are assumed. */
export interface DayStanding {
  kind: DayKind
  holiday?: string
  known: boolean
}

/** A term: `n` units counted from the day after `start`. */
export interface Term {
  start: CalendarDate
  unit: 'workingDays' | 'calendarDays' | 'months'
  n: number
  /**
   * A term in calendar days or months whose last day is a day off either stays there (the default) or ends on the
   * next working day. Which one holds is for the rule that sets the term to say.
   */
  endingOnDayOff?: 'stays' | 'nextWorkingDay'
}

export interface DerivationStep {
  date: CalendarDate
  /** The count this day brings the term to; absent for days that are not counted. */
  count?: number
  reason: 'start' | DayKind | 'calendarDay' | 'correspondingDay' | 'endOfMonth' | 'movedToWorkingDay'
  /** The holiday that takes the day off or is made up for. */
  holiday?: string
  /** Set when the year has no announced calendar and the step therefore rests on weekends alone. */
  unknownYear?: true
}

export interface DueDate {
  due: CalendarDate
  derivation: DerivationStep[]
  /** The announcements the result rests on; an auditor recounts with these and nothing else. */
  calendars: { year: number; source: string; version: string }[]
  /** Years that had to be counted without an announced calendar. When not empty the date is provisional. */
  unknownYears: number[]
}

/** A term of more units than any statute counts is a mistake, and would list every day of centuries. */
const longestTerm = 36_600

/** A holiday file that cannot be read, with the place. */
export class InvalidHolidayFile extends Error {
  override name = 'InvalidHolidayFile'
}

export function dayStanding(day: CalendarDate, calendar: WorkingCalendar): DayStanding {
  const known = calendar.years.some(({ year }) => year === yearOf(day))
  for (const { daysOff, makeUpWorkdays } of calendar.years.toReversed()) {
    if (Object.hasOwn(makeUpWorkdays, day))
      return { kind: 'makeUpWorkday', holiday: makeUpWorkdays[day], known }
    if (Object.hasOwn(daysOff, day)) return { kind: 'holiday', holiday: daysOff[day], known }
  }
  return { kind: weekdayOf(day) > 5 ? 'weekend' : 'workday', known }
}

export function isWorkingDay(day: CalendarDate, calendar: WorkingCalendar): boolean {
  return isWorked(dayStanding(day, calendar).kind)
}

/** Working days after `start` up to and including `end`; 0 when `end` is not later. */
export function workingDaysBetween(
  start: CalendarDate,
  end: CalendarDate,
  calendar: WorkingCalendar,
): number {
  let count = 0
  for (let day = start; day < end;) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar)) count++
  }
  return count
}

/**
 * When a term ends, and how that was counted: every day with the reason for which it counts or does not. The start
 * day is never counted, and a term of months ends on the corresponding day or the last of the month (Implementing
 * Rules of the Patent Law, art. 5). Throws RangeError when `n` is not a whole number from 0 to 36,600.
 */
export function dueDate(term: Term, calendar: WorkingCalendar): DueDate {
  if (!Number.isInteger(term.n) || term.n < 0 || term.n > longestTerm) {
    throw new RangeError(`a term of ${term.n} ${term.unit} cannot be counted`)
  }
  const derivation: DerivationStep[] = [{ date: term.start, reason: 'start' }]
  if (term.unit === 'workingDays') derivation.push(...countWorkingDays(term, calendar))
  if (term.unit === 'calendarDays') derivation.push(...countCalendarDays(term))
  if (term.unit === 'months') derivation.push(...countMonths(term))
  if (term.unit !== 'workingDays' && term.endingOnDayOff === 'nextWorkingDay') {
    derivation.push(...moveToWorkingDay(lastDay(derivation), calendar))
  }
  return { due: lastDay(derivation), derivation, ...calendarsBehind(derivation, calendar) }
}

function countWorkingDays({ start, n }: Term, calendar: WorkingCalendar): DerivationStep[] {
  const steps: DerivationStep[] = []
  let count = 0
  for (let day = start; count < n;) {
    day = addDays(day, 1)
    const step = examined(day, calendar)
    steps.push(isWorked(step.reason) ? { ...step, count: ++count } : step)
  }
  return steps
}

function countCalendarDays({ start, n }: Term): DerivationStep[] {
  return Array.from({ length: n }, (_, index) => ({
    date: addDays(start, index + 1),
    count: index + 1,
    reason: 'calendarDay',
  }))
}

function countMonths({ start, n }: Term): DerivationStep[] {
  if (n === 0) return []
  const due = addMonths(start, n)
  return [
    { date: due, count: n, reason: due.slice(8) === start.slice(8) ? 'correspondingDay' : 'endOfMonth' },
  ]
}

function moveToWorkingDay(end: CalendarDate, calendar: WorkingCalendar): DerivationStep[] {
  const steps = [examined(end, calendar)]
  if (isWorkingDay(end, calendar)) return steps
  for (let day = addDays(end, 1); ; day = addDays(day, 1)) {
    const step = examined(day, calendar)
    if (isWorked(step.reason)) return [...steps, { ...step, reason: 'movedToWorkingDay' }]
    steps.push(step)
  }
}

function examined(day: CalendarDate, calendar: WorkingCalendar): DerivationStep & { reason: DayKind } {
  const { kind, holiday, known } = dayStanding(day, calendar)
  return { date: day, reason: kind, ...(holiday && { holiday }), ...(!known && { unknownYear: true }) }
}

/** Only days that were looked up in the calendar make the result depend on it. */
function calendarsBehind(derivation: DerivationStep[], calendar: WorkingCalendar) {
  const lookedUp: ReadonlySet<string> = new Set([
    'workday',
    'makeUpWorkday',
    'weekend',
    'holiday',
    'movedToWorkingDay',
  ])
  const steps = derivation.filter(({ reason }) => lookedUp.has(reason))
  const years = new Set(steps.map((step) => yearOf(step.date)))
  const unknown = new Set(steps.filter((step) => step.unknownYear).map((step) => yearOf(step.date)))
  return {
    calendars: calendar.years
      .filter(({ year }) => years.has(year))
      .map(({ year, source, version }) => ({ year, source, version })),
    unknownYears: [...unknown],
  }
}

/** `base` with the years of `override` in the place of its own, whole years at a time. */
export function overrideCalendar(base: WorkingCalendar, override: WorkingCalendar): WorkingCalendar {
  const replaced = new Set(override.years.map(({ year }) => year))
  return {
    years: [...base.years.filter(({ year }) => !replaced.has(year)), ...override.years].toSorted(
      (a, b) => a.year - b.year,
    ),
  }
}

/**
 * One year of the State Council's holiday announcements in the layout of the holiday-cn project:
 * `{ year, papers: [address], days: [{ name, date, isOffDay }] }`. Throws InvalidHolidayFile naming the bad entry.
 */
export function readHolidayFile(file: unknown, version: string): CalendarYear {
  if (!isRecord(file) || !Number.isInteger(file.year))
    throw new InvalidHolidayFile('year: a whole number is missing')
  if (!Array.isArray(file.days)) throw new InvalidHolidayFile('days: a list is missing')
  const daysOff: Record<string, string> = {}
  const makeUpWorkdays: Record<string, string> = {}
  for (const [index, day] of file.days.entries()) {
    const place = `days[${index}]`
    if (!isRecord(day) || typeof day.date !== 'string' || !isDate(day.date)) {
      throw new InvalidHolidayFile(`${place}.date: not a day in the form YYYY-MM-DD`)
    }
    if (typeof day.isOffDay !== 'boolean')
      throw new InvalidHolidayFile(`${place}.isOffDay: neither true nor false`)
    if (typeof day.name !== 'string') throw new InvalidHolidayFile(`${place}.name: a text is missing`)
    if (Object.hasOwn(daysOff, day.date) || Object.hasOwn(makeUpWorkdays, day.date)) {
      throw new InvalidHolidayFile(`${place}.date: ${day.date} is listed twice`)
    }
    const target = day.isOffDay ? daysOff : makeUpWorkdays
    target[date(day.date)] = day.name
  }
  const papers = Array.isArray(file.papers) ? file.papers.filter((paper) => typeof paper === 'string') : []
  return { year: Number(file.year), source: papers.join(' '), version, daysOff, makeUpWorkdays }
}

function isWorked(kind: DerivationStep['reason']): boolean {
  return kind === 'workday' || kind === 'makeUpWorkday'
}

function lastDay(derivation: DerivationStep[]): CalendarDate {
  const last = derivation.at(-1)
  if (!last) throw new RangeError('a derivation always begins with its start day')
  return last.date
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
