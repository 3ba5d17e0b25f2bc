import { describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { growth, judge, plannedOn, ratio, standing, type Goal } from './goal.rules.ts'
import { daysOf, lastQuarterEnd, quarterEnds, quarterOf, yearBefore } from './span.rules.ts'

const note = { zh: '说明', en: 'note' }
const goal: Goal = {
  operator: '>',
  target: 100,
  targetYear: 2026,
  measure: 'stock',
  period: { choice: 'as-of', since: null, stated: true, note },
  baseline: { value: 60, atLeast: false, date: '2023-12-31', source: note, note: null },
  path: [
    { year: 2024, value: 70, sample: true },
    { year: 2025, value: 85, sample: true },
    { year: 2026, value: 101, sample: true },
  ],
}
const stated = { value: 50, period: '2025', definition: note, source: note }

describe('[F084] operators are those of the text', () => {
  test.for([
    ['[S20] 超过: at exactly the target', '>', 100, 'notMet', 'atTarget'],
    ['超过: one more', '>', 101, 'met', 'over'],
    ['超过: one less', '>', 99, 'notMet', 'below'],
    ['[S46] 达…以上: at exactly the target', '>=', 100, 'met', 'atTarget'],
    ['达…以上: a hair below', '>=', 99.999, 'notMet', 'below'],
    ['no value', '>', null, 'unknown', 'noValue'],
  ] as const)('%s', ([, operator, value, verdict, reason]) => {
    expect(judge({ operator, target: 100 }, { value })).toEqual({ verdict, reason })
  })

  test('[S43] [S109] a trend must rise; standing still is not rising, and without an earlier year nothing is known', () => {
    const trend = { operator: 'trend', target: null } as const
    expect(judge(trend, { value: 5, previous: 4 }).verdict).toBe('met')
    expect(judge(trend, { value: 5, previous: 5 }).verdict).toBe('notMet')
    expect(judge(trend, { value: 5, previous: null })).toEqual({
      verdict: 'unknown',
      reason: 'noPreviousValue',
    })
  })

  test('[S28] [S108] a comparison is strict and never met by a comparator without source, period or meaning', () => {
    const exceeds = { operator: 'exceeds-comparator', target: null } as const
    expect(judge(exceeds, { value: 51, comparator: stated }).verdict).toBe('met')
    expect(judge(exceeds, { value: 50, comparator: stated }).verdict).toBe('notMet')
    for (const lacking of [
      undefined,
      { ...stated, period: ' ' },
      { ...stated, source: { zh: '', en: '' } },
      { ...stated, definition: { zh: '', en: 'x' } },
      { ...stated, value: Number.NaN },
    ]) {
      expect(judge(exceeds, { value: 99, comparator: lacking })).toEqual({
        verdict: 'unknown',
        reason: 'notComparable',
      })
    }
  })
})

describe('[S108] growth', () => {
  const half = { from: date('2026-01-01'), to: date('2026-06-30'), priceBasis: 'current' } as const
  const before = { from: date('2025-01-01'), to: date('2025-06-30'), priceBasis: 'current' } as const
  test.for([
    ['half a year with the same half', { ...half, value: 110 }, { ...before, value: 100 }, 10],
    ['a leap day more', { ...half, value: 110, to: date('2026-07-01') }, { ...before, value: 100 }, 10],
    [
      'half a year with a whole one',
      { ...half, value: 110 },
      { ...before, to: date('2025-12-31'), value: 100 },
      undefined,
    ],
    ['other prices', { ...half, value: 110 }, { ...before, value: 100, priceBasis: 'constant' }, undefined],
    ['from nothing', { ...half, value: 110 }, { ...before, value: 0 }, undefined],
  ] as const)('%s', ([, now, then, percent]) => {
    expect(growth(now, then)).toBe(percent)
  })

  test('a ratio with nothing to divide by is unknown', () => {
    expect(ratio(3, 0, 100)).toBeNull()
    expect(ratio(null, 4, 100)).toBeNull()
    expect(ratio(3, 4, 100)).toBe(75)
  })
})

describe('the path by year', () => {
  test.for([
    ['2024-12-31', 70],
    ['2025-12-31', 85],
    ['2027-01-01', null],
  ] as const)('on %s asks for %s', ([day, value]) => {
    expect(plannedOn(goal, date(day))).toBe(value)
  })

  test('runs straight between year ends, and a yearly flow starts each year from nothing', () => {
    expect(plannedOn(goal, date('2025-07-01'))).toBeCloseTo(70 + 15 * (182 / 365), 6)
    const flow: Goal = { ...goal, measure: 'flow', period: { ...goal.period, choice: 'annual' } }
    expect(plannedOn(flow, date('2025-01-01'))).toBe(0)
    expect(plannedOn(flow, date('2025-12-31'))).toBe(85)
  })

  test.for([
    [101, '2025-06-30', 'met'],
    [100, '2026-12-31', 'late'],
    [85, '2025-06-30', 'ahead'],
    [78, '2025-06-30', 'onPath'],
    [74, '2025-06-30', 'atRisk'],
    [60, '2025-06-30', 'late'],
    [null, '2025-06-30', 'unknown'],
  ] as const)('%s on %s is %s', ([value, day, status]) => {
    expect(standing(goal, value, judge(goal, { value }).verdict, date(day)).status).toBe(status)
  })

  test('without a path there is no status to invent', () => {
    expect(standing({ ...goal, path: [] }, 50, 'notMet', date('2025-06-30'))).toEqual({
      status: 'noPath',
      planned: null,
      plannedAtYearEnd: null,
    })
  })
})

describe('the days of a figure', () => {
  const period = goal.period
  test('a cumulative flow starts on its stated day, a yearly one on 1 January', () => {
    const cumulative = { ...period, choice: 'cumulative' as const, since: '2024-03-15' }
    expect(daysOf(date('2026-05-05'), cumulative).from).toBe('2024-03-15')
    expect(daysOf(date('2026-05-05'), { ...period, choice: 'annual' }).from).toBe('2026-01-01')
    expect(daysOf(date('2023-05-05'), cumulative)).toEqual({
      asOf: '2023-05-05',
      from: '2023-05-05',
      to: '2023-05-05',
    })
  })

  test('the year before a leap day is the last of February', () => {
    expect(yearBefore(daysOf(date('2028-02-29'))).asOf).toBe('2027-02-28')
  })

  test('series stand on quarter ends and on the day itself', () => {
    expect(quarterEnds(date('2025-08-01'), date('2026-05-05'))).toEqual([
      '2025-09-30',
      '2025-12-31',
      '2026-03-31',
      '2026-05-05',
    ])
    expect(quarterEnds(date('2026-03-31'), date('2026-03-31'))).toEqual(['2026-03-31'])
    expect(lastQuarterEnd(date('2026-05-05'))).toBe('2026-03-31')
    expect(lastQuarterEnd(date('2026-06-30'))).toBe('2026-06-30')
    expect(quarterOf(date('2026-08-01'))).toBe('2026-Q3')
  })
})
