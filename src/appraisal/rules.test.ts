import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scheme, SchemeClass } from '../zone/appraisal.rules.ts'
import {
  type Appraised,
  type CountedRecord,
  differencesOf,
  type Inputs,
  place,
  schemeFor,
  scoreOf,
  vetoesOf,
} from './rules.ts'
import { pointsText } from './words.rules.ts'

const names = { zh: '名', en: 'name' }
const clauses = ['S199']
const standard: SchemeClass = {
  code: 'all',
  names,
  serviceClasses: [],
  items: [
    { kind: 'share', code: 'clients', names, measure: 'clients', weight: 60, full: 7, clauses },
    { kind: 'duty', code: 'returns', names, measure: 'returns', weight: 40, clauses },
    { kind: 'deduct', code: 'penalties', names, measure: 'penalties', weight: 30, each: 20, clauses },
  ],
}
const veto = {
  code: 'v',
  names,
  measure: 'penalties',
  atLeast: 2,
  sample: true,
  source: names,
  clauses,
} as const
const scheme: Scheme = {
  code: 'annual',
  version: 1,
  names,
  from: '2024-03-15',
  sample: true,
  source: names,
  clauses,
  excellence: { atLeast: 60, atMostPercent: 50 },
  ties: ['clients'],
  vetoes: [{ ...veto, from: '2025-01-01', to: '2027-01-01' }],
  classes: [standard],
}

let made = 0
const records = (n: number, more: Partial<CountedRecord> = {}): CountedRecord[] =>
  Array.from({ length: n }, () => {
    made += 1
    return { id: `r${made}`, key: `k${made}`, label: 'label', on: '2025-06-01', counts: true, ...more }
  })

describe('[F091] [S200] a score from records alone', () => {
  test.for([
    ['nothing at all: nothing was owed, so that duty is done', {}, [0, 4000, 0], 4000],
    ['one of seven: the rest of a hundredth is dropped', { clients: records(1) }, [857, 4000, 0], 4857],
    ['beyond full: no more than the weight', { clients: records(90) }, [6000, 4000, 0], 10_000],
    [
      'one of two returns in time',
      { returns: [...records(1), ...records(1, { counts: false })] },
      [0, 2000, 0],
      2000,
    ],
    [
      'two penalties: capped at the weight',
      { clients: records(7), penalties: records(2) },
      [6000, 4000, -3000],
      7000,
    ],
    [
      'never below nothing',
      { returns: records(1, { counts: false }), penalties: records(1) },
      [0, 0, -2000],
      0,
    ],
    ['the same firm twice is one client', { clients: records(2, { key: 'same' }) }, [857, 4000, 0], 4857],
  ] as const satisfies readonly (readonly [string, Inputs, readonly number[], number])[])(
    '%s',
    ([, inputs, points, total]) => {
      const score = scoreOf(standard, inputs)
      expect(score.items.map((item) => item.points)).toEqual(points)
      expect(score.total).toBe(total)
    },
  )

  test('neither the order of the records nor their labels change it; one more client never lowers it', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(4), fc.nat(3), (clients, owed, penalties) => {
        const inputs = { clients: records(clients), returns: records(owed), penalties: records(penalties) }
        const shuffled = {
          penalties: inputs.penalties.toReversed(),
          returns: inputs.returns,
          clients: inputs.clients.toReversed().map((one) => ({ ...one, label: 'other' })),
        }
        expect(scoreOf(standard, shuffled)).toEqual(scoreOf(standard, inputs))
        const more = { ...inputs, clients: [...inputs.clients, ...records(1)] }
        expect(scoreOf(standard, more).total).toBeGreaterThanOrEqual(scoreOf(standard, inputs).total)
      }),
    )
  })

  test.for([
    [7350, '73.50'],
    [5, '0.05'],
    [-2000, '-20.00'],
    [0, '0.00'],
  ] as const)('%d hundredths are written %s', ([points, words]) => expect(pointsText(points)).toBe(words))
})

test.for([
  [2023, undefined],
  [2024, 1],
  [2025, 1],
  [2026, 2],
] as const)('[F091] [S199] the year %d is appraised by version %s', ([year, version]) => {
  const versions = [scheme, { ...scheme, version: 2, from: '2026-01-01' }]
  expect(schemeFor(versions, year)?.version).toBe(version)
})

test.for([
  [2024, 2, []],
  [2025, 1, []],
  [2025, 2, ['v']],
  [2026, 5, ['v']],
  [2027, 5, []],
] as const)(
  '[F091] [S201] a veto strikes in its own years only: %d with %d penalties',
  ([year, n, struck]) => {
    expect(vetoesOf(scheme, { penalties: records(n) }, year)).toEqual(struck)
  },
)

describe('[F091] [S201] who is chosen', () => {
  const agency = (code: string, total: number, clients = 0, vetoes: string[] = []): Appraised => ({
    code,
    total: total * 100,
    inputs: { clients: records(clients) },
    vetoes,
  })
  const verdicts = (agencies: readonly Appraised[]) =>
    Object.fromEntries(place(scheme, agencies).map(({ code, rank, verdict }) => [code, `${rank} ${verdict}`]))

  test('the best half that reaches the least total; equal totals are parted by the tie-breaker', () => {
    expect(verdicts([agency('a', 90), agency('b', 80, 3), agency('c', 80, 5), agency('d', 50)])).toEqual({
      a: '1 excellent',
      c: '2 excellent',
      b: '3 beyond',
      d: '4 below',
    })
  })

  test('those equal in everything share a rank and are chosen together or not at all', () => {
    expect(verdicts([agency('a', 90), agency('b', 80, 3), agency('c', 80, 3), agency('d', 50)])).toEqual({
      a: '1 excellent',
      b: '2 tied',
      c: '2 tied',
      d: '4 below',
    })
  })

  test('whoever is excluded keeps the rank of the score and takes nobody’s place', () => {
    expect(verdicts([agency('a', 90, 0, ['v']), agency('b', 80), agency('c', 70), agency('d', 60)])).toEqual({
      a: '1 excluded',
      b: '2 excellent',
      c: '3 excellent',
      d: '4 beyond',
    })
  })

  test('of one class of one, one can be chosen', () => {
    expect(verdicts([agency('a', 60)])).toEqual({ a: '1 excellent' })
  })

  test('never more than the share, never one below another who was not chosen for points', () => {
    const some = fc.array(fc.tuple(fc.nat(100), fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(some, (drawn) => {
        const agencies = drawn.map(([total, clients, struck], at) =>
          agency(String(at).padStart(2, '0'), total, clients, struck ? ['v'] : []),
        )
        const placed = place(scheme, agencies)
        const chosen = placed.filter(({ verdict }) => verdict === 'excellent')
        expect(chosen.length).toBeLessThanOrEqual(Math.max(1, Math.floor(agencies.length / 2)))
        const worst = Math.max(0, ...chosen.map(({ rank }) => rank))
        for (const { rank, verdict } of placed)
          if (rank <= worst) expect(['excellent', 'excluded']).toContain(verdict)
      }),
    )
  })
})

test('[F091] [S200] two computations differ by the records that came, went, or changed their standing', () => {
  const [stays, goes] = records(2)
  const [owed] = records(1, { counts: false })
  const [comes] = records(1)
  if (!stays || !goes || !owed || !comes) throw new Error('records are missing')
  const before = { clients: [stays, goes], returns: [owed] }
  const after = { clients: [stays, comes], returns: [{ ...owed, counts: true }] }
  expect(differencesOf(standard, before, before)).toEqual([])
  const found = differencesOf(standard, before, after)
  expect(
    found.map(({ code, changes }) => [code, changes.map(({ kind, record }) => `${kind} ${record.id}`)]),
  ).toEqual([
    ['clients', [`gone ${goes.id}`, `added ${comes.id}`]],
    ['returns', [`counted ${owed.id}`]],
  ])
  expect(found[1]).toMatchObject({ before: { points: 0 }, after: { points: 4000 } })
})
