import { describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import type { ExitRules } from '../zone/moving.rules.ts'
import { type ExitFacts, exitTriggersOf } from './exit.rules.ts'

const names = { zh: '触发', en: 'trigger' }
const rules: ExitRules = {
  from: '2024-01-01',
  sample: true,
  source: { zh: '测试', en: 'test' },
  clauses: ['S202'],
  triggers: [
    { kind: 'lease-ended', code: 'lease', names, graceDays: 30 },
    { kind: 'penalties', code: 'penalty', names, atLeast: 2, withinMonths: 12 },
    { kind: 'returns-missing', code: 'returns', names, atLeast: 1 },
    { kind: 'dormant', code: 'dormant', names, months: 12 },
  ],
}
const today = date('2026-11-22')
const sound: ExitFacts = {
  movedIn: date('2024-01-01'),
  leaseEnd: null,
  penalties: [],
  returnsMissing: [],
  lastServed: date('2026-11-01'),
}
const met = (facts: Partial<ExitFacts>) =>
  exitTriggersOf({ ...sound, ...facts }, rules, today)
    .triggers.filter((one) => one.met)
    .map(({ code }) => code)

describe('[F012] [S202] the triggers of moving out', () => {
  test.for<[string, Partial<ExitFacts>, string[]]>([
    ['nothing speaks against it', {}, []],
    ['the lease ended 31 days ago', { leaseEnd: date('2026-10-22') }, ['lease']],
    ['the lease ended 30 days ago: still within grace', { leaseEnd: date('2026-10-23') }, []],
    ['the lease ends on a day to come', { leaseEnd: date('2027-01-01') }, []],
    ['no lease was ever made', { leaseEnd: undefined }, []],
    ['two penalties within a year', { penalties: [date('2026-03-01'), date('2025-11-23')] }, ['penalty']],
    ['one of them is a year old to the day', { penalties: [date('2026-03-01'), date('2025-11-22')] }, []],
    [
      'penalties from before it moved in',
      { movedIn: date('2026-06-01'), penalties: [date('2026-03-01'), date('2026-05-01')] },
      [],
    ],
    ['a return is overdue', { returnsMissing: [{ period: '2025', dueOn: date('2026-11-21') }] }, ['returns']],
    ['a return is due today', { returnsMissing: [{ period: '2025', dueOn: today }] }, []],
    ['no service for a year and a day', { lastServed: date('2025-11-21') }, ['dormant']],
    ['no service for exactly a year', { lastServed: date('2025-11-22') }, []],
    ['never served, moved in lately', { lastServed: undefined, movedIn: date('2026-01-01') }, []],
    ['never served, moved in long ago', { lastServed: undefined }, ['dormant']],
  ])('%s', ([, facts, codes]) => {
    expect(met(facts)).toEqual(codes)
  })

  test('each names its number, its limit and the days behind it', () => {
    const { triggers, rule, sample } = exitTriggersOf(
      {
        ...sound,
        leaseEnd: date('2026-10-01'),
        returnsMissing: [{ period: '2025', dueOn: date('2026-03-31') }],
      },
      rules,
      today,
    )
    expect({ rule, sample }).toEqual({ rule: '2024-01-01', sample: true })
    expect(triggers).toMatchObject([
      { value: 52, limit: 30, days: ['2026-10-01'] },
      { value: 0, limit: 2, days: [] },
      { value: 1, limit: 1, days: ['2026-03-31'], periods: ['2025'] },
      { value: 21, limit: 365, days: ['2026-11-01'] },
    ])
  })
})
