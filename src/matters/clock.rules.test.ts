import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedData } from '#testing/shared-data.ts'
import { addDays, addMonths, date, daysBetween, type CalendarDate } from '#platform/calendar.ts'
import { nationalCalendar } from '#platform/national-calendar.ts'
import { dueDate, isWorkingDay, overrideCalendar, type WorkingCalendar } from '#platform/working-days.ts'
import { countClock, isPaused, pausedFrom, resumedOn, type Counting, type Pause } from './clock.rules.ts'

const clock = (
  startedOn: string,
  n: number,
  unit: Counting['unit'],
  more: Partial<Counting> = {},
): Counting => ({
  startedOn: date(startedOn),
  n,
  unit,
  ending: 'stays',
  pauses: [],
  ...more,
})
const pause = (from: string, to: string | null, because = 'state'): Pause => ({
  from: date(from),
  to: to === null ? null : date(to),
  because,
})

/** The deadlines of the shared vectors, repeated so that they are held wherever the tests run. */
const VECTORS = [
  ['2025-03-03', 'workingDays', 20, '2025-03-31'],
  ['2025-03-10', 'months', 3, '2025-06-10'],
  ['2025-04-21', 'workingDays', 20, '2025-05-21'],
  ['2025-06-03', 'calendarDays', 30, '2025-07-03'],
  ['2024-11-30', 'months', 3, '2025-02-28'],
  ['2025-03-31', 'workingDays', 7, '2025-04-10'],
  ['2025-03-03', 'workingDays', 45, '2025-05-08'],
] as const

test.for(VECTORS)('[F028] a clock from %s of %s %i ends on %s', ([start, unit, n, due]) => {
  expect(countClock(clock(start, n, unit), nationalCalendar)).toMatchObject({ due, unknownYears: [] })
})

const vectorFile = sharedData('../domain/vectors.json')
test.skipIf(vectorFile === undefined)('[F028] every deadline of the shared vectors comes out', () => {
  const units = { working_days: 'workingDays', calendar_days: 'calendarDays', months: 'months' } as const
  const { deadlines } = JSON.parse(readFileSync(vectorFile ?? '', 'utf8')) as {
    deadlines: { start: string; unit: string; n: number; due: string }[]
  }
  expect(deadlines.length).toBeGreaterThan(8)
  for (const { start, unit, n, due } of deadlines) {
    const known = units[unit as keyof typeof units]
    if (known === undefined) continue
    expect([start, unit, n, countClock(clock(start, n, known), nationalCalendar).due]).toEqual([
      start,
      unit,
      n,
      due,
    ])
  }
})

test.for([
  ['2024-02-28', 'calendarDays', 1, '2024-02-29'],
  ['2025-02-28', 'calendarDays', 1, '2025-03-01'],
  ['2024-02-29', 'months', 12, '2025-02-28'],
  ['2023-12-31', 'months', 2, '2024-02-29'],
  ['2024-12-31', 'workingDays', 1, '2025-01-02'],
  ['2024-12-30', 'calendarDays', 5, '2025-01-04'],
] as const)('[F028] leap days and year ends: %s and %s %i give %s', ([start, unit, n, due]) => {
  expect(countClock(clock(start, n, unit), nationalCalendar).due).toBe(due)
})

const someDay = fc.integer({ min: 0, max: 1400 }).map((days) => addDays(date('2023-01-01'), days))
/** Any set of days off and of worked weekend days is a calendar. */
const someCalendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({ off: fc.array(someDay, { maxLength: 60 }), worked: fc.array(someDay, { maxLength: 30 }) })
  .map(({ off, worked }) =>
    overrideCalendar(nationalCalendar, {
      years: [2023, 2024, 2025, 2026].map((year) => ({
        year,
        source: 'a test',
        version: '1',
        daysOff: Object.fromEntries(
          off.filter((day) => day.startsWith(String(year))).map((day) => [day, '假']),
        ),
        makeUpWorkdays: Object.fromEntries(
          worked.filter((day) => day.startsWith(String(year))).map((day) => [day, '班']),
        ),
      })),
    }),
  )
const somePauses = (start: CalendarDate) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 25 })), { maxLength: 4 })
    .map((spans) =>
      spans.map(([from, days], index): Pause => {
        const begins = addDays(start, from)
        return { from: begins, to: addDays(begins, days), because: `r${index}` }
      }),
    )
const someClock = fc
  .tuple(someDay, fc.integer({ min: 1, max: 60 }))
  .chain(([start, n]) => somePauses(start).map((pauses) => ({ start, n, pauses })))
const lies = (day: CalendarDate, { from, to }: Pause) => day > from && (to === null || day <= to)

test('[F028] over any calendar, exactly the working days outside the pauses are counted, and the last one is due', () => {
  fc.assert(
    fc.property(someCalendar, someClock, (calendar, { start, n, pauses }) => {
      const { due, derivation } = countClock(clock(start, n, 'workingDays', { pauses }), calendar)
      if (due === null) throw new Error('no open pause')
      let counted = 0
      for (let day = addDays(start, 1); day <= due; day = addDays(day, 1)) {
        if (isWorkingDay(day, calendar) && !pauses.some((one) => lies(day, one))) counted += 1
      }
      expect(counted).toBe(n)
      expect(isWorkingDay(due, calendar)).toBe(true)
      // Every day between start and due is said once, in order.
      expect(derivation.map((step) => step.date)).toEqual(
        Array.from({ length: daysBetween(start, due) + 1 }, (_, index) => addDays(start, index)),
      )
    }),
  )
})

test('[F028] without pauses a clock is what the platform counts, whatever the unit', () => {
  const unit = fc.constantFrom('workingDays', 'calendarDays', 'months')
  const ending = fc.constantFrom('stays', 'nextWorkingDay')
  fc.assert(
    fc.property(
      someCalendar,
      someDay,
      fc.integer({ min: 1, max: 40 }),
      unit,
      ending,
      (calendar, start, n, of, how) => {
        const ours = countClock(clock(start, n, of, { ending: how }), calendar)
        const endingOnDayOff = of === 'workingDays' ? 'stays' : how
        expect(ours).toEqual(dueDate({ start, n, unit: of, endingOnDayOff }, calendar))
      },
    ),
  )
})

test('[F028] a pause moves a term of days or months by exactly the days it took, and never to an earlier day', () => {
  fc.assert(
    fc.property(
      someDay,
      fc.integer({ min: 1, max: 20 }),
      fc.nat(9),
      fc.integer({ min: 1, max: 20 }),
      (start, n, at, days) => {
        for (const unit of ['calendarDays', 'months'] as const) {
          const plain = unit === 'months' ? addMonths(start, n) : addDays(start, n)
          const from = addDays(start, at)
          if (from >= plain) continue
          const pauses = [pause(from, addDays(from, days))]
          expect(countClock(clock(start, n, unit, { pauses }), nationalCalendar).due).toBe(
            addDays(plain, days),
          )
        }
      },
    ),
  )
})

test('[F028] pauses that overlap take no day twice', () => {
  const both = [pause('2025-03-05', '2025-03-10'), pause('2025-03-08', '2025-03-12', 'objection')]
  const one = [pause('2025-03-05', '2025-03-12')]
  for (const unit of ['workingDays', 'calendarDays', 'months'] as const) {
    const due = (pauses: Pause[]) =>
      countClock(clock('2025-03-03', 2, unit, { pauses }), nationalCalendar).due
    expect(due(both)).toBe(due(one))
  }
})

test('[F028] while it is paused nobody says a due day; what pauses it for two reasons resumes with the second', () => {
  const first = pausedFrom([], date('2025-03-05'), 'state')
  const second = pausedFrom(first, date('2025-03-06'), 'objection')
  expect(pausedFrom(second, date('2025-03-07'), 'state')).toEqual(second)
  expect(
    countClock(clock('2025-03-03', 10, 'workingDays', { pauses: second }), nationalCalendar).due,
  ).toBeNull()
  const half = resumedOn(second, date('2025-03-10'), 'state')
  expect(isPaused(half)).toBe(true)
  const whole = resumedOn(half, date('2025-03-12'), 'objection')
  expect(isPaused(whole)).toBe(false)
  expect(countClock(clock('2025-03-03', 10, 'workingDays', { pauses: whole }), nationalCalendar).due).toBe(
    '2025-03-24',
  )
})

test('[F028] a holiday that is removed brings the due day forward by one, and the day counts again', () => {
  const without: WorkingCalendar = {
    years: nationalCalendar.years.map(({ daysOff, ...year }) => {
      const { '2025-05-05': _, ...rest } = daysOff
      return { ...year, daysOff: rest }
    }),
  }
  const term = clock('2025-04-21', 20, 'workingDays')
  expect(countClock(term, nationalCalendar).due).toBe('2025-05-21')
  const counted = countClock(term, without)
  expect(counted.due).toBe('2025-05-20')
  expect(counted.derivation).toContainEqual(
    expect.objectContaining({ date: '2025-05-05', reason: 'workday' }),
  )
})
