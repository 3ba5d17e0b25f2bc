import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  addDays,
  addMonths,
  date,
  daysBetween,
  endOfMonth,
  isDate,
  monthOf,
  NotADate,
  todayIn,
  weekdayOf,
  yearOf,
} from './calendar.ts'

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((moment) => date(moment.toISOString().slice(0, 10)))

test.for([
  '2025-02-29',
  '2025-2-3',
  '2025-13-01',
  '2025-00-10',
  '2025-04-31',
  '',
  '2025-04-01T00:00',
  ' 2025-04-01',
])('"%s" is not a day', (text) => {
  expect(isDate(text)).toBe(false)
  expect(() => date(text)).toThrow(NotADate)
})

test.for(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(date(text)).toBe(text)
})

test.for([
  ['2024-11-30', 3, '2025-02-28'],
  ['2023-11-30', 3, '2024-02-29'],
  ['2025-01-31', 1, '2025-02-28'],
  ['2025-01-31', 2, '2025-03-31'],
  ['2025-03-10', 12, '2026-03-10'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2025-03-31', -1, '2025-02-28'],
  ['2025-01-15', -13, '2023-12-15'],
  ['2025-01-15', 0, '2025-01-15'],
] as const)('%s and %i months is %s', ([from, months, due]) => {
  expect(addMonths(date(from), months)).toBe(due)
})

test('days later than the calendar can write are refused, not wrapped', () => {
  expect(() => addDays(date('9999-12-31'), 1)).toThrow(NotADate)
  expect(() => addMonths(date('9999-12-31'), 1)).toThrow(NotADate)
  expect(() => addDays(date('0000-01-01'), -1)).toThrow(NotADate)
  expect(() => addDays(date('2025-01-01'), 0.5)).toThrow(NotADate)
  expect(() => addDays(date('2025-01-01'), Number.NaN)).toThrow(NotADate)
})

test('adding days and taking the difference are inverse, and the order of texts is the order of days', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -20_000, max: 20_000 }), (day, distance) => {
      const other = addDays(day, distance)
      expect(daysBetween(day, other)).toBe(distance)
      expect(addDays(other, -distance)).toBe(day)
      expect(Math.sign(distance)).toBe(day < other ? 1 : day > other ? -1 : 0)
    }),
  )
})

test('months keep the day of the month, or end on the last day of the month', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (day, months) => {
      const other = addMonths(day, months)
      expect(yearOf(other) * 12 + monthOf(other)).toBe(yearOf(day) * 12 + monthOf(day) + months)
      const clamped = other === endOfMonth(other) && other.slice(8) < day.slice(8)
      expect(clamped || other.slice(8) === day.slice(8)).toBe(true)
    }),
  )
})

test('weekdays follow each other from Monday, 1, to Sunday, 7', () => {
  expect(weekdayOf(date('2025-03-03'))).toBe(1)
  expect(weekdayOf(date('2025-03-09'))).toBe(7)
  fc.assert(fc.property(days, (day) => weekdayOf(addDays(day, 1)) === (weekdayOf(day) % 7) + 1))
})

test('today depends on the time zone', () => {
  const moment = new Date('2026-11-22T16:30:00Z')
  expect(todayIn('UTC', moment)).toBe('2026-11-22')
  expect(todayIn('Asia/Shanghai', moment)).toBe('2026-11-23')
  expect(todayIn('America/Los_Angeles', new Date('2026-01-01T00:30:00Z'))).toBe('2025-12-31')
  expect(() => todayIn('Nowhere/City', moment)).toThrow(RangeError)
})

test('today ends at midnight to the millisecond, also where the zone is three quarters of an hour aside', () => {
  expect(todayIn('Asia/Kathmandu', new Date('2026-11-22T18:14:59.999Z'))).toBe('2026-11-22')
  expect(todayIn('Asia/Kathmandu', new Date('2026-11-22T18:15:00.000Z'))).toBe('2026-11-23')
  expect(todayIn('Asia/Kathmandu', new Date('2026-11-22T18:14:59.999Z'))).toBe('2026-11-22')
})
