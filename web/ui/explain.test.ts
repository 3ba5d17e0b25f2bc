import { expect, test } from 'vitest'
import { explain, explainReading } from './explain.ts'
import { en as own } from './messages.en.ts'

const refusal = (code: string, status: number, data?: unknown) => ({
  code,
  status,
  data,
  message: 'server words',
})

test('a refusal is worded by the room that asked, with its data', () => {
  const texts = {
    TOO_LATE: ({ since }: { since: string }) => ({ what: `Closed since ${since}.`, next: 'Apply again.' }),
  }
  const said = explain(refusal('TOO_LATE', 409, { since: '2026-11-01' }), texts, own)
  expect(said).toMatchObject({ kind: 'refused', what: 'Closed since 2026-11-01.', next: 'Apply again.' })
})

test.for([
  [401, 'signed-out', own.states.signedOut.title],
  [403, 'no-right', own.states.noRight.title],
  [404, 'not-found', own.states.notFound.title],
  [409, 'refused', own.states.changed.title],
  [413, 'refused', own.states.tooLarge.title],
  [429, 'refused', own.states.tooMany.title],
  [503, 'unavailable', own.states.unavailable.title],
] as const)('without words of the room, %d is %s', ([status, kind, title]) => {
  expect(explain(refusal('WHATEVER', status), {}, own)).toMatchObject({ kind, title })
})

test('bad input names its fields in our own words, never in the words of the server', () => {
  const issues = [
    { field: 'name', code: 'too_small', message: 'Too small: expected string' },
    { field: 'stay.on', code: 'invalid_format', message: 'Invalid ISO date' },
  ]
  expect(explain(refusal('INVALID_INPUT', 400, { issues }), {}, own).fields).toEqual([
    { field: 'name', message: own.problems.tooShort },
    { field: 'stay.on', message: own.problems.format },
  ])
})

test('an address that cannot be leads nowhere; nobody is asked to correct what they did not fill in', () => {
  expect(explainReading(refusal('INVALID_INPUT', 400, { issues: [] }), {}, own)).toEqual({
    kind: 'not-found',
    ...own.states.notFound,
    fields: [],
  })
  const words = { QUERY_UNREADABLE: { what: 'This query cannot be read.' } }
  expect(explainReading(refusal('QUERY_UNREADABLE', 422), words, own).what).toBe('This query cannot be read.')
})

test('a bug shows the reference under which the log has the rest', () => {
  const said = explain(refusal('UNEXPECTED', 500, { reference: '019aa2f3' }), {}, own)
  expect(said).toMatchObject({ kind: 'bug', reference: own.reference('019aa2f3') })
  expect(explain(new Error('undefined is not a function'), {}, own).kind).toBe('bug')
})

test('a server that cannot be reached is a lost network', () => {
  expect(explain(new TypeError('Failed to fetch'), {}, own).kind).toBe('offline')
  expect(explain(new TypeError('x is undefined'), {}, own).kind).toBe('bug')
})
