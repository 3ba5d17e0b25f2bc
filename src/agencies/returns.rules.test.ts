import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, date } from '#platform/calendar.ts'
import type { ReturnForms } from '../zone/returns.rules.ts'
import { checkReturn, missingFields, type ReturnComparison, strangeFields } from './returns-check.rules.ts'
import {
  isReportingPeriod,
  type OwedPeriod,
  owedPeriods,
  periodName,
  periodNamed,
  periodState,
  reminderDue,
  type ReturnValues,
} from './returns.rules.ts'

const names = { zh: '项', en: 'item' }
const field = (code: string, unit: 'fen' | 'person' | 'item' = 'item') => ({ code, names, hint: null, unit })
const yearly = {
  period: 'year',
  classes: null,
  dueDays: 90,
  remindBefore: [30, 7],
  remindAfter: [1, 15],
} as const
const forms: ReturnForms = {
  from: '2023-01-01',
  sample: true,
  source: { zh: '测试', en: 'test' },
  clauses: ['S198'],
  schedules: [
    { period: 'quarter', classes: ['information'], dueDays: 20, remindBefore: [3], remindAfter: [1] },
    { ...yearly, remindBefore: [30, 7], remindAfter: [1, 15] },
  ],
  parts: [
    { code: 'common', names, classes: null, fields: [field('revenue', 'fen'), field('headcount', 'person')] },
    {
      code: 'agency',
      names,
      classes: ['agency'],
      fields: [field('attorneys', 'person'), field('agency-revenue', 'fen')],
    },
    { code: 'legal', names, classes: ['legal'], fields: [field('legal-revenue', 'fen')] },
  ],
  checks: [
    {
      kind: 'times-last-year',
      code: 'jump',
      severity: 'explain',
      names,
      field: 'revenue',
      atLeast: 3,
      atMost: 0.3,
    },
    { kind: 'at-most', code: 'attorneys', severity: 'refuse', names, fields: ['attorneys'], of: 'headcount' },
    {
      kind: 'at-most',
      code: 'parts',
      severity: 'refuse',
      names,
      fields: ['agency-revenue', 'legal-revenue'],
      of: 'revenue',
    },
    {
      kind: 'per',
      code: 'per-head',
      severity: 'explain',
      names,
      field: 'revenue',
      by: 'headcount',
      above: 1000,
      below: 10,
    },
    {
      kind: 'licences',
      code: 'register',
      severity: 'explain',
      names,
      field: 'attorneys',
      differsByMoreThan: 1,
    },
  ],
}
const since = (movedIn: string, movedOut: string | null = null) => [
  { movedIn: date(movedIn), movedOut: movedOut === null ? null : date(movedOut) },
]
const owed = (stays: ReturnType<typeof since>, classes: string[], today: string) =>
  owedPeriods([forms], stays, classes, date(today)).map(periodName)

describe('[F090] [S198] the periods that an agency owes', () => {
  test.for<[string, string[], string[], string, string | null]>([
    ['by the year', ['agency'], ['2026', '2025', '2024'], '2024-05-01', null],
    [
      'from the first form on, however long it has been there',
      ['agency'],
      ['2026', '2025', '2024', '2023'],
      '2019-01-01',
      null,
    ],
    [
      'by the quarter for its class',
      ['agency', 'information'],
      ['2026Q4', '2026Q3', '2026Q2'],
      '2026-05-01',
      null,
    ],
    ['not the year in which it left', ['agency'], ['2024'], '2024-05-01', '2025-12-31'],
    ['the year on whose last day it was there', ['agency'], ['2025', '2024'], '2024-05-01', '2026-01-01'],
    ['nothing before it moved in', ['agency'], [], '2026-12-01', null],
  ])('%s', ([, classes, expected, movedIn, movedOut]) => {
    expect(owed(since(movedIn, movedOut), classes, '2026-11-22')).toEqual(expected)
  })

  test('a zone without forms asks for nothing', () => {
    expect(owedPeriods([], since('2020-01-01'), [], date('2026-01-01'))).toEqual([])
  })

  test('periods follow each other without gap, are reporting periods, and are due after their end', () => {
    const day = fc.integer({ min: 0, max: 96 }).map((months) => addMonths(date('2020-01-15'), months))
    fc.assert(
      fc.property(day, fc.subarray(['agency', 'information', 'legal']), (today, classes) => {
        const periods = owedPeriods([forms], since('2019-01-01'), classes, today)
        for (const [index, one] of periods.entries()) {
          expect(isReportingPeriod(one.periodFrom, one.periodTo)).toBe(true)
          expect(one.dueOn > one.periodTo).toBe(true)
          expect(periodNamed(periodName(one))).toEqual({ periodFrom: one.periodFrom, periodTo: one.periodTo })
          const before = periods[index + 1]
          if (before !== undefined) expect(before.periodTo).toBe(one.periodFrom)
        }
      }),
    )
  })

  test('a name that is no period', () => {
    expect(['2025Q5', '25', '2025-01', 'Q1', '0000'].map(periodNamed)).toEqual(Array(5).fill(undefined))
  })
})

const year2025 = owedPeriods([forms], since('2020-01-01'), [], date('2026-02-01')).find(
  (one) => periodName(one) === '2025',
) as OwedPeriod

describe('[F090] [S198] where a period stands', () => {
  test.for([
    ['2025-12-31', undefined, 'not-open'],
    ['2026-01-01', undefined, 'due'],
    ['2026-03-31', undefined, 'due'],
    ['2026-04-01', undefined, 'late'],
    ['2026-05-01', '2026-03-31', 'filed'],
    ['2026-05-01', '2026-04-01', 'filed-late'],
  ] as const)('on %s, filed %s: %s', ([today, filedOn, state]) => {
    expect(year2025.dueOn).toBe('2026-03-31')
    expect(periodState(year2025, filedOn && date(filedOn), date(today))).toBe(state)
  })

  test.for([
    ['2025-12-31', [], undefined],
    ['2026-02-28', [], undefined],
    ['2026-03-01', [], -30],
    ['2026-03-02', [-30], undefined],
    ['2026-03-24', [-30], -7],
    ['2026-03-31', [-30, -7], undefined],
    ['2026-04-01', [-30, -7], 1],
    ['2026-06-01', [], 15],
    ['2026-06-01', [15], undefined],
  ] as const)('reminded on %s after %j: %s', ([today, sent, due]) => {
    expect(reminderDue(year2025, sent, date(today))).toBe(due)
  })
})

const sound: ReturnValues = { revenue: 1000, headcount: 10, attorneys: 3, 'agency-revenue': 800 }
const known: ReturnComparison = { lastYear: { revenue: 900, headcount: 9 }, licences: 3 }
const found = (values: ReturnValues, comparison: Partial<ReturnComparison> = {}) =>
  checkReturn({ ...sound, ...values }, { ...known, ...comparison }, forms).map(({ code }) => code)

describe('[F090] [S198] the cross-checks of a return', () => {
  test.for<[string, ReturnValues, Partial<ReturnComparison>, string[]]>([
    ['nothing to ask', {}, {}, []],
    ['ten times last year', { revenue: 9000 }, {}, ['jump']],
    ['three times last year: the bound itself asks', { revenue: 2700 }, {}, ['jump']],
    ['just under three times', { revenue: 2699 }, {}, []],
    ['a third of last year', { revenue: 270, 'agency-revenue': 0 }, {}, ['jump']],
    ['from nothing to something', {}, { lastYear: { revenue: 0 } }, ['jump']],
    ['nothing twice', { revenue: 0, 'agency-revenue': 0 }, { lastYear: { revenue: 0 } }, ['per-head']],
    ['nothing reported last year', { revenue: 9000 }, { lastYear: undefined }, []],
    ['more attorneys than people', { attorneys: 11 }, { licences: 11 }, ['attorneys']],
    ['as many attorneys as people', { attorneys: 10 }, { licences: 10 }, []],
    ['parts above the whole', { 'agency-revenue': 600, 'legal-revenue': 401 }, {}, ['parts']],
    ['parts exactly the whole', { 'agency-revenue': 600, 'legal-revenue': 400 }, {}, []],
    ['a fortune per person', { headcount: 1, attorneys: 0 }, { licences: 0, lastYear: undefined }, []],
    [
      'more than a fortune per person',
      { revenue: 1001, headcount: 1, attorneys: 0 },
      { licences: 0 },
      ['per-head'],
    ],
    ['nobody left', { headcount: 0, attorneys: 0 }, { licences: 0 }, []],
    ['one attorney more than the register', { attorneys: 4 }, {}, []],
    ['two more than the register', { attorneys: 5 }, {}, ['register']],
    ['two fewer than the register', { attorneys: 1 }, {}, ['register']],
  ])('%s', ([, values, comparison, codes]) => {
    expect(found(values, comparison)).toEqual(codes)
  })

  test('a finding carries the numbers that led to it', () => {
    expect(checkReturn({ ...sound, revenue: 9000 }, known, forms)).toEqual([
      {
        code: 'jump',
        kind: 'times-last-year',
        severity: 'explain',
        names,
        fields: ['revenue'],
        value: 9000,
        against: 900,
        limit: 3,
        side: 'above',
      },
    ])
  })

  test('every question of the agency’s own classes must be answered, and no other may be', () => {
    expect(missingFields({ revenue: 0 }, forms, ['agency'])).toEqual([
      'headcount',
      'attorneys',
      'agency-revenue',
    ])
    expect(missingFields(sound, forms, ['agency'])).toEqual([])
    expect(strangeFields({ ...sound, 'legal-revenue': 1 }, forms, ['agency'])).toEqual(['legal-revenue'])
  })

  test('no finding without a crossing: checks are monotone in what they bound', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (attorneys, headcount) => {
        const codes = found({ attorneys, headcount }, { licences: attorneys })
        expect(codes.includes('attorneys')).toBe(attorneys > headcount)
      }),
    )
  })
})
