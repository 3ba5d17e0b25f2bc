import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type CanonicalValue } from './canonical.rules.ts'
import { aroundSeals } from './entry.rules.ts'

test('[F107] members stand in the order of RFC 8785, whatever order they were given in', () => {
  // The sorting example of RFC 8785, 3.2.3.
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  expect(
    Object.values(
      JSON.parse(`[${[...canonicalJson(value).matchAll(/:("[^"]*")/g)].map((m) => m[1]).join(',')}]`),
    ),
  ).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

test('numbers and literals are written as RFC 8785 writes them', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27],
    literals: [null, true, false],
    gone: undefined,
  }
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  )
})

test('the canonical text is JSON of the same value, and its own canonical text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: CanonicalValue = JSON.parse(JSON.stringify(value))
      const text = canonicalJson(plain)
      expect(JSON.parse(text)).toEqual(plain)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test.for([Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])('%s has no canonical text', (value) => {
  expect(() => canonicalJson({ value })).toThrow(TypeError)
})

test('seals written between head and tail give the canonical text', () => {
  const body = { action: 'x', subject: { id: '1', kind: 'y' }, detail: { seals: 'z' }, salt: 'c2FsdA==' }
  const { head, tail } = aroundSeals(body, 'c2FsdA==')
  const seals = { agency: { a: 'digest', b: null } }
  expect(`${head}${canonicalJson(seals)}${tail}`).toBe(canonicalJson({ ...body, seals }))
})
