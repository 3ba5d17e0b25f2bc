import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { sharedData } from '#testing/shared-data.ts'

import { addDays, type CalendarDate, date, yearOf } from './calendar.ts'
import { nationalCalendar } from './national-calendar.ts'
import {
  dayStanding,
  dueDate,
  InvalidHolidayFile,
  isWorkingDay,
  overrideCalendar,
  readHolidayFile,
  workingDaysBetween,
  type WorkingCalendar,
} from './working-days.ts'

/** The deadlines of the shared vectors, repeated so that they are held wherever the tests run. */
const deadlines = [
  ['2025-03-03', 'workingDays', 20, '2025-03-31'],
  ['2025-03-03', 'workingDays', 5, '2025-03-10'],
  ['2025-03-03', 'workingDays', 10, '2025-03-17'],
  ['2025-03-10', 'calendarDays', 15, '2025-03-25'],
  ['2025-03-10', 'months', 3, '2025-06-10'],
  ['2025-03-10', 'months', 4, '2025-07-10'],
  ['2025-03-10', 'months', 6, '2025-09-10'],
  ['2025-04-21', 'workingDays', 20, '2025-05-21'],
  ['2025-06-03', 'calendarDays', 30, '2025-07-03'],
  ['2024-11-30', 'months', 3, '2025-02-28'],
  ['2025-03-03', 'calendarDays', 30, '2025-04-02'],
  ['2025-03-31', 'workingDays', 7, '2025-04-10'],
  ['2025-03-03', 'workingDays', 45, '2025-05-08'],
] as const

test.for(deadlines)('a term from %s of %s %i ends on %s', ([start, unit, n, due]) => {
  const result = dueDate({ start: date(start), unit, n }, nationalCalendar)
  expect(result.due).toBe(due)
  expect(result.unknownYears).toEqual([])
})

test('each day of the derivation says why it counts or does not', () => {
  const { derivation } = dueDate({ start: date('2025-04-25'), unit: 'workingDays', n: 5 }, nationalCalendar)
  expect(derivation).toEqual([
    { date: '2025-04-25', reason: 'start' },
    { date: '2025-04-26', reason: 'weekend' },
    { date: '2025-04-27', reason: 'makeUpWorkday', holiday: '劳动节', count: 1 },
    { date: '2025-04-28', reason: 'workday', count: 2 },
    { date: '2025-04-29', reason: 'workday', count: 3 },
    { date: '2025-04-30', reason: 'workday', count: 4 },
    { date: '2025-05-01', reason: 'holiday', holiday: '劳动节' },
    { date: '2025-05-02', reason: 'holiday', holiday: '劳动节' },
    { date: '2025-05-03', reason: 'holiday', holiday: '劳动节' },
    { date: '2025-05-04', reason: 'holiday', holiday: '劳动节' },
    { date: '2025-05-05', reason: 'holiday', holiday: '劳动节' },
    { date: '2025-05-06', reason: 'workday', count: 5 },
  ])
})

test('a term that reaches a year without an announcement is marked day by day and as a whole', () => {
  const { due, derivation, unknownYears, calendars } = dueDate(
    { start: date('2098-12-30'), unit: 'workingDays', n: 3 },
    overrideCalendar(nationalCalendar, {
      years: [{ year: 2098, source: 'a test', version: '1', daysOff: {}, makeUpWorkdays: {} }],
    }),
  )
  expect(due).toBe('2099-01-02')
  expect(unknownYears).toEqual([2099])
  expect(calendars).toEqual([{ year: 2098, source: 'a test', version: '1' }])
  expect(derivation.map((step) => step.unknownYear ?? false)).toEqual([false, false, true, true])
})

test('a term of days or months ends on the next working day only where its rule says so', () => {
  const term = { start: date('2025-09-01'), unit: 'months', n: 1 } as const
  expect(dueDate(term, nationalCalendar).due).toBe('2025-10-01')
  const moved = dueDate({ ...term, endingOnDayOff: 'nextWorkingDay' }, nationalCalendar)
  expect(moved.due).toBe('2025-10-09')
  expect(moved.derivation.at(-1)).toEqual({ date: '2025-10-09', reason: 'movedToWorkingDay' })
  expect(moved.calendars.map(({ year }) => year)).toEqual([2025])
})

test('a term that cannot be counted is refused', () => {
  for (const n of [-1, 0.5, Number.NaN, Infinity, 36_601]) {
    expect(() => dueDate({ start: date('2025-01-01'), unit: 'workingDays', n }, nationalCalendar)).toThrow(
      RangeError,
    )
  }
})

const known = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2025-06-30'), noInvalidDate: true })
  .map((moment) => date(moment.toISOString().slice(0, 10)))

test('a term of working days ends on a working day, and recounting it gives the same number', () => {
  fc.assert(
    fc.property(known, fc.integer({ min: 1, max: 120 }), (start, n) => {
      const { due, derivation } = dueDate({ start, unit: 'workingDays', n }, nationalCalendar)
      expect(isWorkingDay(due, nationalCalendar)).toBe(true)
      expect(workingDaysBetween(start, due, nationalCalendar)).toBe(n)
      expect(derivation.filter((step) => step.count).length).toBe(n)
      expect(derivation.map((step) => step.date)).toEqual(derivation.map((_, index) => addDays(start, index)))
    }),
  )
})

test('a longer term never ends earlier, whatever its unit', () => {
  const units = fc.constantFrom('workingDays', 'calendarDays', 'months')
  const ending = fc.constantFrom('stays', 'nextWorkingDay')
  fc.assert(
    fc.property(known, units, ending, fc.nat(60), (start, unit, endingOnDayOff, n) => {
      const end = (count: number) => dueDate({ start, unit, n: count, endingOnDayOff }, nationalCalendar).due
      expect(end(n) <= end(n + 1)).toBe(true)
    }),
  )
})

test('a zone replaces whole years of the calendar and leaves the others', () => {
  const own = overrideCalendar(nationalCalendar, {
    years: [
      { year: 2025, source: 'zone', version: '2', daysOff: { '2025-03-04': 'Zone day' }, makeUpWorkdays: {} },
    ],
  })
  expect(dayStanding(date('2025-03-04'), own)).toEqual({ kind: 'holiday', holiday: 'Zone day', known: true })
  expect(dayStanding(date('2025-10-01'), own)).toEqual({ kind: 'workday', known: true })
  expect(dayStanding(date('2024-10-01'), own)).toEqual(dayStanding(date('2024-10-01'), nationalCalendar))
  expect(own.years.map(({ year }) => year)).toEqual(nationalCalendar.years.map(({ year }) => year))
})

test('a year may name days of its neighbour', () => {
  const calendar: WorkingCalendar = {
    years: [
      { year: 2022, source: '', version: '', daysOff: {}, makeUpWorkdays: {} },
      { year: 2023, source: '', version: '', daysOff: { '2022-12-30': 'New Year' }, makeUpWorkdays: {} },
    ],
  }
  expect(dayStanding(date('2022-12-30'), calendar)).toEqual({
    kind: 'holiday',
    holiday: 'New Year',
    known: true,
  })
})

test.for([
  [null, 'year'],
  [{ year: 2025 }, 'days'],
  [{ year: 2025, days: [{ name: '元旦', date: '2025-01-32', isOffDay: true }] }, 'days[0].date'],
  [{ year: 2025, days: [{ name: '元旦', date: '2025-01-01', isOffDay: 'yes' }] }, 'days[0].isOffDay'],
  [{ year: 2025, days: [{ date: '2025-01-01', isOffDay: true }] }, 'days[0].name'],
] as const)('a bad holiday file is refused with its place: %j', ([file, place]) => {
  expect(() => readHolidayFile(file, '1')).toThrow(InvalidHolidayFile)
  expect(() => readHolidayFile(file, '1')).toThrow(place)
})

test.for([2021, 2022, 2023, 2024, 2025, 2026])(
  'the announcement for %i reads, and agrees with the national calendar on every day',
  (year, { skip }) => {
    const path = sharedData(`calendar/holiday_cn_${year}.json`)
    if (path === undefined) return skip('the announcements are not here')
    const announced = readHolidayFile(JSON.parse(readFileSync(path, 'utf8')), '1')
    expect(announced.source).toContain('gov.cn')
    const calendar = overrideCalendar(nationalCalendar, { years: [announced] })
    const days: CalendarDate[] = []
    for (let day = date(`${year}-01-01`); yearOf(day) === year; day = addDays(day, 1)) days.push(day)
    expect(days.filter((day) => isWorkingDay(day, calendar))).toEqual(
      days.filter((day) => isWorkingDay(day, nationalCalendar)),
    )
  },
)
