import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, date } from '#platform/calendar.ts'
import { actsOn } from './duty.rules.ts'
import { byFollowUp, followUpOf } from './issue.rules.ts'
import { carriedOut } from './decision.rules.ts'
import {
  byUrgency,
  clausesOfSection,
  daysLate,
  expectedPercent,
  levelAbove,
  missingOf,
  parentFor,
  standingOf,
  STANDINGS,
  type TaskOnDay,
} from './task.rules.ts'
import { planDifferences, type PlannedTask } from './version.rules.ts'

const today = date('2026-11-22')
const settled: TaskOnDay = {
  state: 'planned',
  startsOn: '2026-12-01',
  dueOn: '2026-12-31',
  hasPerson: true,
  target: '一百家',
  completedOn: null,
  baselineDueOn: '2026-12-31',
}

describe('[F088] [S197] time, person and target', () => {
  test.for([
    [{}, []],
    [{ startsOn: null }, ['time']],
    [{ dueOn: null }, ['time']],
    [{ hasPerson: false }, ['person']],
    [{ target: '  ' }, ['target']],
    [{ startsOn: null, hasPerson: false, target: null }, ['time', 'person', 'target']],
  ] as const)('with %o a task lacks %o', ([change, missing]) => {
    expect(missingOf({ ...settled, ...change })).toEqual(missing)
  })
})

describe('[F088] [S196] where a task stands on a day', () => {
  test.for([
    [{}, 'planned'],
    [{ startsOn: '2026-11-21' }, 'startLate'],
    [{ startsOn: '2026-11-22' }, 'planned'],
    [{ dueOn: '2026-11-21', startsOn: '2026-11-01' }, 'late'],
    [{ target: null }, 'unsettled'],
    [{ state: 'active', startsOn: '2026-11-01' }, 'active'],
    [{ state: 'active', startsOn: '2026-11-01', dueOn: '2026-12-06' }, 'dueSoon'],
    [{ state: 'active', startsOn: '2026-11-01', dueOn: '2026-12-07' }, 'active'],
    [{ state: 'active', startsOn: '2026-11-01', dueOn: '2026-11-22' }, 'dueSoon'],
    [{ state: 'active', startsOn: '2026-11-01', dueOn: '2026-11-21' }, 'late'],
    [{ state: 'active', startsOn: '2026-11-01', hasPerson: false }, 'unmanned'],
    [{ state: 'completed', completedOn: '2026-12-31' }, 'completed'],
    // Moving the day does not make it punctual: what was promised first decides.
    [{ state: 'completed', completedOn: '2027-01-05', dueOn: '2027-01-31' }, 'completedLate'],
    [{ state: 'cancelled', dueOn: '2026-01-01' }, 'cancelled'],
  ] as const)('%o is %s', ([change, standing]) => {
    expect(standingOf({ ...settled, ...change }, today)).toBe(standing)
  })

  const task = fc.record({
    standing: fc.constantFrom(...STANDINGS),
    daysLate: fc.nat(400),
    dueOn: fc.option(fc.integer({ min: -400, max: 400 }).map((days) => addDays(today, days))),
    code: fc.integer({ min: 1, max: 99 }).map((number) => `2026-${number}`),
  })

  test('late tasks come first, the longest late before all, and the order is total', () => {
    fc.assert(
      fc.property(fc.array(task), (tasks) => {
        const sorted = tasks.toSorted(byUrgency)
        const lateness = sorted.filter(({ standing }) => standing === 'late').map((one) => one.daysLate)
        expect(sorted.slice(0, lateness.length).every(({ standing }) => standing === 'late')).toBe(true)
        expect(lateness).toEqual(lateness.toSorted((a, b) => b - a))
        for (const one of tasks)
          for (const other of tasks)
            expect(Math.sign(byUrgency(one, other))).toBe(-Math.sign(byUrgency(other, one)) || 0)
      }),
      { numRuns: 60 },
    )
  })

  test('days late begin the day after the day due', () => {
    const active = { state: 'active', dueOn: '2026-11-22' } as const
    expect(daysLate(active, today)).toBe(0)
    expect(daysLate(active, addDays(today, 1))).toBe(1)
    expect(daysLate({ ...active, state: 'completed' }, addDays(today, 9))).toBe(0)
  })

  test('what is expected grows from nothing to all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: -30, max: 930 }), (length, at) => {
        const [from, to, on] = [today, addDays(today, length), addDays(today, at)]
        const percent = expectedPercent(from, to, on)
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
        expect(expectedPercent(from, to, addDays(on, 1))).toBeGreaterThanOrEqual(percent)
      }),
    )
    expect(expectedPercent(today, today, today)).toBe(100)
  })
})

describe('[F088] [S189] three levels', () => {
  const open = [
    { id: 'a', level: 'district', unit: 'bay' },
    { id: 'b', level: 'department', unit: 'office' },
    { id: 'c', level: 'department', unit: 'harbour' },
  ] as const

  test('each level stands under the one above', () => {
    expect(['district', 'department', 'park'].map((level) => levelAbove(level as 'park'))).toEqual([
      undefined,
      'district',
      'department',
    ])
    expect(parentFor({ level: 'department' }, open, undefined)?.id).toBe('a')
    expect(parentFor({ level: 'park' }, open, 'harbour')?.id).toBe('c')
    expect(parentFor({ level: 'park' }, open.slice(0, 1), undefined)).toBeUndefined()
  })

  const actor = (role: string, accountId = 'me') =>
    ({
      kind: 'account',
      accountId,
      name: role,
      roles: [role],
      organisationIds: [],
      secondFactor: 'verified',
    }) as const
  const duty = { state: 'active', published: true, leadAccountId: 'lead', units: ['office'] } as const
  test.for([
    ['officer', [], ['change', 'assign', 'report', 'complete', 'cancel']],
    ['leader', [], ['change', 'assign', 'cancel']],
    ['operator', ['office'], ['assign', 'report']],
    ['operator', ['elsewhere'], []],
    ['auditor', [], []],
  ] as const)('a running task: %s sitting in %o may %o', ([role, units, acts]) => {
    expect(actsOn(duty, actor(role), new Set(units))).toEqual(acts)
  })

  test('who answers for a task may start it, and nobody reworks what was promised', () => {
    const planned = { ...duty, state: 'planned' } as const
    expect(actsOn(planned, actor('operator', 'lead'), new Set(['office']))).toContain('start')
    expect(actsOn(planned, actor('operator'), new Set(['office']))).not.toContain('start')
    expect(actsOn(planned, actor('officer'), new Set())).not.toContain('edit')
    expect(actsOn({ ...planned, published: false }, actor('operator'), new Set())).toContain('edit')
    expect(actsOn(planned, { kind: 'visitor' }, new Set())).toEqual([])
  })
})

describe('[F089] what follows from a decision or an issue', () => {
  test.for([
    [null, [], 'untasked'],
    ['2026-11-21', [], 'late'],
    ['2026-12-01', ['active'], 'running'],
    ['2026-12-01', ['active', 'late'], 'late'],
    ['2026-11-01', ['completed', 'completedLate'], 'done'],
    [null, ['completed', 'cancelled'], 'done'],
    [null, ['cancelled'], 'untasked'],
  ] as const)('[S186] due %s with tasks %o a decision is %s', ([dueOn, standings, followUp]) => {
    expect(carriedOut(dueOn, standings, today).followUp).toBe(followUp)
  })

  test('[S188] an issue is late from the day after its day until it is answered', () => {
    const asked = { dueOn: '2026-11-22', answeredOn: null, closed: false }
    expect(followUpOf(asked, today)).toBe('open')
    expect(followUpOf(asked, addDays(today, 1))).toBe('late')
    expect(followUpOf({ ...asked, answeredOn: '2026-11-23' }, today)).toBe('answeredLate')
    expect(followUpOf({ ...asked, closed: true }, addDays(today, 9))).toBe('closed')
    const row = (followUp: 'late' | 'open', days: number, number: number) => ({
      followUp,
      daysLate: days,
      dueOn: null,
      number,
    })
    expect(
      [row('open', 0, 1), row('late', 2, 2), row('late', 5, 3)]
        .toSorted(byFollowUp)
        .map(({ number }) => number),
    ).toEqual([3, 2, 1])
  })
})

test('[F088] [S196] two versions of a plan differ by what was added, dropped and moved', () => {
  const planned = (code: string, dueOn = '2026-06-30'): PlannedTask => ({
    code,
    action: 'growing',
    title: code,
    startsOn: '2026-01-01',
    dueOn,
    target: 't',
    unit: null,
    indicator: null,
  })
  const changes = planDifferences(
    [planned('2026-01'), planned('2026-02'), planned('2026-03')],
    [planned('2026-02', '2026-07-31'), planned('2026-03'), planned('2026-04')],
  )
  expect(changes.map(({ code, kind }) => [code, kind])).toEqual([
    ['2026-01', 'removed'],
    ['2026-02', 'changed'],
    ['2026-04', 'added'],
  ])
})

test('[F088] [S62] an action holds the clauses on its lines, up to the next heading of its level', () => {
  const sections = [
    { id: 'tasks', line: 10, level: 1 },
    { id: 'one', line: 11, level: 2 },
    { id: 'two', line: 15, level: 2 },
    { id: 'end', line: 20, level: 1 },
  ]
  const clauses = [9, 10, 11, 14, 15, 19, 20].map((line) => ({ id: `S${line}`, line }))
  expect(clausesOfSection({ sections, clauses }, 'one')).toEqual(['S11', 'S14'])
  expect(clausesOfSection({ sections, clauses }, 'two')).toEqual(['S15', 'S19'])
  expect(clausesOfSection({ sections, clauses }, 'none')).toEqual([])
})
