import { describe, expect, test } from 'vitest'

import { coverageOf, type Evidence, gapsFirst, tally, type TestResult } from './coverage.rules.ts'
import { marksIn, titleWithoutMarks } from './marks.rules.ts'

const operation = { method: 'GET', path: '/agencies', summary: 'The directory', clauses: ['S203', 'S149'] }
const passed: TestResult = {
  file: 'a.test.ts',
  name: 'the directory of a past day',
  marks: ['F010', 'S203'],
  result: 'passed',
  on: '2026-11-22',
}
const nothing: Evidence = { operations: [], indicators: [], pages: [], tests: [] }

describe('[F092] the status of a clause', () => {
  const cases: [string, Partial<Evidence>, string][] = [
    ['nothing serves it and nothing proves it', {}, 'open'],
    ['an operation declares it', { operations: [operation] }, 'served'],
    ['a test passed that nothing stands behind', { tests: [passed] }, 'open'],
    ['declared, and a test that names it passed', { operations: [operation], tests: [passed] }, 'proved'],
    [
      'one test passed and another failed',
      { operations: [operation], tests: [passed, { ...passed, name: 'b', result: 'failed' }] },
      'served',
    ],
    [
      'its only test was skipped',
      { operations: [operation], tests: [{ ...passed, result: 'skipped' }] },
      'served',
    ],
    [
      'only the feature was marked, not the clause',
      { operations: [operation], tests: [{ ...passed, marks: ['F010'] }] },
      'served',
    ],
  ]
  test.for(cases)('%s: %s', ([, evidence, status]) => {
    expect(coverageOf('S203', { ...nothing, ...evidence }).status).toBe(status)
  })

  test('another clause of the same operation is not proved with it', () => {
    const evidence = { ...nothing, operations: [operation], tests: [passed] }
    expect(coverageOf('S149', evidence).status).toBe('served')
  })
})

test('[F092] gaps come first, and S9 before S10', () => {
  const items = [
    { id: 'S10', status: 'open' as const },
    { id: 'S2', status: 'proved' as const },
    { id: 'S9', status: 'open' as const },
    { id: 'S1', status: 'served' as const },
  ]
  expect(gapsFirst(items).map(({ id }) => id)).toEqual(['S9', 'S10', 'S1', 'S2'])
})

test('a tally adds up', () => {
  expect(tally(['open', 'served', 'proved', 'open'])).toEqual({ total: 4, open: 2, served: 1, proved: 1 })
})

test('marks are read from the whole title, each once', () => {
  expect(marksIn('[F010] directory > [S203] [F010] of a past day [x] [S] S99')).toEqual(['F010', 'S203'])
  expect(titleWithoutMarks('[F010] [S203] the directory  of a past day')).toBe('the directory of a past day')
})
