import fc from 'fast-check'
import { expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { money } from '#platform/money.ts'
import { ATTRIBUTION_RULES, attributedFen, type AttributionRule, inUsCents } from './rules.ts'

const rate = {
  base: 'USD',
  quote: 'CNY',
  value: '7.1234',
  per: 1,
  on: date('2026-06-01'),
  source: 'central parity',
} as const

test('[S24] dollars stay dollars, other currencies are converted at the rate of the contract', () => {
  expect(inUsCents(money(12_345, 'USD'), null)).toBe(12_345)
  expect(inUsCents(money(712_340, 'CNY'), rate)).toBe(100_000)
  expect(() => inUsCents(money(1, 'EUR'), null)).toThrow('rate')
  expect(() => inUsCents(money(1, 'EUR'), rate)).toThrow('EUR')
})

test('[S25] what a rule attributes is never more than its share, nor a whole fen less', () => {
  const rules = Object.keys(ATTRIBUTION_RULES) as AttributionRule[]
  fc.assert(
    fc.property(fc.nat(10 ** 12), fc.constantFrom(...rules), (fen, rule) => {
      const exact = (fen * ATTRIBUTION_RULES[rule].shareBasisPoints) / 10_000
      expect(attributedFen(fen, rule)).toBe(Math.floor(exact))
    }),
  )
})
