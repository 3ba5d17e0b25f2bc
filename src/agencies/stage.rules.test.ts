import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, type CalendarDate, date } from '#platform/calendar.ts'
import type { StageRules } from '../zone/measure.rules.ts'
import { rulesInForce, stageFactsOf, stageOf, type StageFacts, wholeYears } from './stage.rules.ts'

const source = { zh: '测试', en: 'test' }
const names = { zh: '期', en: 'stage' }
const rules: StageRules = {
  from: '2024-01-01',
  sample: true,
  source,
  clauses: ['S60'],
  stages: [
    {
      stage: 'mature',
      names,
      needed: 2,
      conditions: [
        { fact: 'yearsSinceFounding', atLeast: 8 },
        { fact: 'annualRevenueFen', atLeast: 1000 },
        { fact: 'staff', atLeast: 50 },
      ],
    },
    {
      stage: 'growth',
      names,
      needed: 2,
      conditions: [
        { fact: 'yearsSinceFounding', atLeast: 3 },
        { fact: 'annualRevenueFen', atLeast: 200 },
        { fact: 'staff', atLeast: 10 },
      ],
    },
    { stage: 'start-up', names, needed: 0, conditions: [] },
  ],
}
const today = date('2026-11-22')

const order = ['start-up', 'growth', 'mature']
const rank = (numbers: (number | undefined)[]) => order.indexOf(stageOf(facts(...numbers), rules).stage)

describe('[F014] [S60] the stage of an agency', () => {
  test.for([
    [[8, 1000, 50], 'mature', true],
    [[8, 1000, 0], 'mature', true],
    [[7, 1000, 50], 'mature', true],
    [[8, 999, 49], 'growth', true],
    [[3, 200, 9], 'growth', true],
    [[3, 199, 9], 'start-up', true],
    [[0, 0, 0], 'start-up', true],
    [[8, undefined, 49], 'growth', false],
    [[undefined, undefined, undefined], 'start-up', false],
    [[8, undefined, 50], 'mature', true],
  ] as const)('%j → %s, certain: %s', ([numbers, stage, certain]) => {
    expect(stageOf(facts(...numbers), rules)).toMatchObject({
      stage,
      certain,
      rule: '2024-01-01',
      sample: true,
    })
  })

  test('lists every number it looked at, with its day and source, and what is unknown', () => {
    const { conditions, needed } = stageOf(facts(8, undefined, 12), rules)
    expect(conditions).toHaveLength(6)
    expect(conditions[0]).toEqual({
      stage: 'mature',
      fact: 'yearsSinceFounding',
      atLeast: 8,
      value: 8,
      asOf: today,
      source: 'test',
      met: true,
    })
    expect(conditions[1]).toEqual({
      stage: 'mature',
      fact: 'annualRevenueFen',
      atLeast: 1000,
      value: null,
      asOf: null,
      source: null,
      met: null,
    })
    expect(needed).toEqual({ mature: 2, growth: 2, 'start-up': 0 })
  })

  const number = fc.option(fc.nat(2000), { nil: undefined })
  test('never falls when a number rises, nor when an unknown one becomes known', () => {
    fc.assert(
      fc.property(number, number, number, fc.nat(2), fc.nat(500), (years, revenue, staff, which, more) => {
        const before = [years, revenue, staff]
        const after = before.map((value, index) => (index === which ? (value ?? 0) + more : value))
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
      }),
    )
  })

  test('that is certain does not change whatever the unknown numbers are', () => {
    fc.assert(
      fc.property(number, number, number, fc.nat(2000), (years, revenue, staff, unknown) => {
        const finding = stageOf(facts(years, revenue, staff), rules)
        const filled = stageOf(facts(years ?? unknown, revenue ?? unknown, staff ?? unknown), rules)
        expect(finding.certain && filled.stage !== finding.stage).toBe(false)
      }),
    )
  })
})

function known(value: number | undefined) {
  return value === undefined ? undefined : { value, asOf: today, source: 'test' }
}

function facts(yearsSinceFounding?: number, annualRevenueFen?: number, staff?: number): StageFacts {
  return {
    yearsSinceFounding: known(yearsSinceFounding),
    annualRevenueFen: known(annualRevenueFen),
    staff: known(staff),
  }
}

describe('[F014] the numbers of a day', () => {
  const annualReturn = { periodTo: date('2026-01-01'), revenueFen: 500, headcount: 20, source: 'return' }
  const staffCount = { value: 7, observedOn: date('2026-06-01'), source: 'site' }

  test('what was reported goes before what was merely listed', () => {
    expect(stageFactsOf({ annualReturn, staffCount }, today)).toMatchObject({
      annualRevenueFen: { value: 500, asOf: '2025-12-31', source: 'return' },
      staff: { value: 20 },
    })
    expect(stageFactsOf({ annualReturn: null, staffCount }, today)).toMatchObject({
      annualRevenueFen: undefined,
      staff: { value: 7 },
    })
  })

  test('a return speaks for two years after its period and not a day longer', () => {
    expect(stageFactsOf({ annualReturn }, date('2028-01-01')).annualRevenueFen?.value).toBe(500)
    expect(stageFactsOf({ annualReturn }, date('2028-01-02')).annualRevenueFen).toBeUndefined()
  })

  test.for([
    ['2020-02-29', '2021-02-27', 0],
    ['2020-02-29', '2021-02-28', 1],
    ['2020-01-15', '2026-01-14', 5],
    ['2020-01-15', '2026-01-15', 6],
    ['2026-12-01', '2026-11-22', 0],
  ] as const)('founded %s, seen %s: %i whole years', ([from, on, years]) => {
    expect(wholeYears(date(from), date(on))).toBe(years)
  })

  test('whole years end on the day that completes the next one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 60 }), (offset, years) => {
        const from = addDays(date('1960-01-01'), offset)
        expect(wholeYears(from, addMonths(from, years * 12))).toBe(years)
        expect(wholeYears(from, addDays(addMonths(from, (years + 1) * 12), -1))).toBe(years)
      }),
    )
  })

  test('the rule is the latest that has begun', () => {
    const versions = [rules, { ...rules, from: '2026-01-01' }]
    const on = (day: string) => rulesInForce(versions, day as CalendarDate)?.from
    expect([on('2023-12-31'), on('2024-01-01'), on('2025-12-31'), on('2026-01-01')]).toEqual([
      undefined,
      '2024-01-01',
      '2024-01-01',
      '2026-01-01',
    ])
  })
})
