import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search-state.ts'

test('a repeated name is a list, a single one a text', () => {
  expect(parseSearch('?q=专利&stage=growth&stage=mature')).toEqual({ q: '专利', stage: ['growth', 'mature'] })
})

test('what has no value leaves the address', () => {
  expect(stringifySearch({ q: '', stage: [], asOf: undefined, limit: 20 })).toBe('?limit=20')
  expect(stringifySearch({})).toBe('')
})

test('codes that look like numbers stay as they were typed', () => {
  expect(parseSearch('?code=007')).toEqual({ code: '007' })
})

test('writing and reading an address gives the same filters', () => {
  const values = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    fc.oneof(
      fc.string({ minLength: 1 }),
      fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }),
    ),
  )
  fc.assert(
    fc.property(values, (search) => {
      expect(parseSearch(stringifySearch(search))).toEqual({ ...search })
    }),
  )
})
