import fc from 'fast-check'
import { expect, test } from 'vitest'

import { date } from './calendar.ts'
import {
  add,
  convert,
  type Currency,
  type ExchangeRate,
  formatLargeMoney,
  formatMoney,
  InvalidMoney,
  money,
  parseMoney,
  sum,
} from './money.ts'

const rate: ExchangeRate = {
  base: 'USD',
  quote: 'CNY',
  value: '7.1234',
  per: 1,
  on: date('2026-11-20'),
  source: 'central parity',
}

test.for([
  [0, 'CNY', '0.00元', '0.00 yuan'],
  [123_450, 'CNY', '1,234.50元', '1,234.50 yuan'],
  [-5, 'CNY', '-0.05元', '-0.05 yuan'],
  [150, 'USD', '1.50美元', 'USD 1.50'],
  [1500, 'JPY', '1,500日元', 'JPY 1,500'],
] as const)('%i minor units of %s are written to the last one', ([amount, currency, zh, en]) => {
  expect(formatMoney(money(amount, currency), 'zh')).toBe(zh)
  expect(formatMoney(money(amount, currency), 'en')).toBe(en)
})

test.for([
  [999_999, 'CNY', '9,999.99元', '9,999.99 yuan'],
  [1_000_000, 'CNY', '1万元', '10,000.00 yuan'],
  [12_345_678, 'CNY', '12.35万元', '123,456.78 yuan'],
  [9_999_994_999, 'CNY', '9,999.99万元', 'RMB 100 million'],
  [9_999_995_000, 'CNY', '1亿元', 'RMB 100 million'],
  [200_000_000_000, 'CNY', '20亿元', 'RMB 2 billion'],
  [99_999_499_999, 'CNY', '10亿元', 'RMB 999.99 million'],
  [99_999_500_000, 'CNY', '10亿元', 'RMB 1 billion'],
  [-23_500_000_000, 'CNY', '-2.35亿元', '-235'],
  [1_500_000_000, 'USD', '1,500万美元', 'USD 15 million'],
] as const)('%i minor units of %s in a headline', ([amount, currency, zh, en]) => {
  expect(formatLargeMoney(money(amount, currency), 'zh')).toBe(zh)
  expect(formatLargeMoney(money(amount, currency), 'en')).toContain(en)
})

test('rounding goes by the decimal digits, not by binary fractions', () => {
  expect(formatLargeMoney(money(1_005_000, 'CNY'), 'zh')).toBe('1.01万元')
  expect(formatLargeMoney(money(1_025_000, 'CNY'), 'zh')).toBe('1.03万元')
})

test.for([
  ['1234.5', 123_450],
  ['1,234.50', 123_450],
  ['-0.01', -1],
  ['7', 700],
  ['1.2300', 123],
] as const)('"%s" is read as %i fen', ([text, amount]) => {
  expect(parseMoney(text, 'CNY')).toEqual({ amount, currency: 'CNY' })
})

test.for(['', 'abc', '1.234', '1e5', '.5', '--1', '2.01E+12', '99999999999999999999', '1 000'])(
  '"%s" is refused rather than guessed',
  (text) => {
    expect(() => parseMoney(text, 'CNY')).toThrow(InvalidMoney)
  },
)

test('amounts are whole numbers, and only like is added to like', () => {
  expect(() => money(0.1, 'CNY')).toThrow(InvalidMoney)
  expect(() => add(money(Number.MAX_SAFE_INTEGER, 'CNY'), money(1, 'CNY'))).toThrow(InvalidMoney)
  expect(() => add(money(1, 'CNY'), money(1, 'USD'))).toThrow('CNY and USD')
  expect(sum([money(1, 'CNY'), money(2, 'CNY')], 'CNY')).toEqual(money(3, 'CNY'))
  expect(sum([], 'USD')).toEqual(money(0, 'USD'))
})

test('a converted amount keeps its rate and its origin', () => {
  const original = money(1_500_000_000, 'USD')
  expect(convert(original, 'CNY', rate)).toEqual({ money: money(10_685_100_000, 'CNY'), original, rate })
  expect(convert(money(71_234, 'CNY'), 'USD', rate).money).toEqual(money(10_000, 'USD'))
})

test('rates quoted for a hundred units, and currencies without minor units', () => {
  const yen: ExchangeRate = { ...rate, base: 'JPY', value: '4.7012', per: 100 }
  expect(convert(money(1_000_000, 'JPY'), 'CNY', yen).money).toEqual(money(4_701_200, 'CNY'))
  expect(convert(money(4_701_200, 'CNY'), 'JPY', yen).money).toEqual(money(1_000_000, 'JPY'))
})

test('conversion rounds half away from zero', () => {
  const half: ExchangeRate = { ...rate, value: '0.5' }
  expect(convert(money(1, 'USD'), 'CNY', half).money.amount).toBe(1)
  expect(convert(money(-1, 'USD'), 'CNY', half).money.amount).toBe(-1)
  expect(convert(money(-3, 'USD'), 'CNY', half).money.amount).toBe(-2)
})

test.for([
  [{ ...rate, value: '0' }, 'CNY'],
  [{ ...rate, value: '7,12' }, 'CNY'],
  [{ ...rate, per: 0 }, 'CNY'],
  [rate, 'EUR'],
] as const)('a rate that does not fit is refused: %j into %s', ([bad, to]) => {
  expect(() => convert(money(100, 'USD'), to as Currency, bad)).toThrow(InvalidMoney)
})

test('a round trip through a rate loses at most what rounding may', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
      const there = convert(money(amount, 'USD'), 'CNY', rate).money
      const back = convert(there, 'USD', rate).money
      expect(Math.abs(back.amount - amount)).toBeLessThanOrEqual(1)
    }),
  )
})
