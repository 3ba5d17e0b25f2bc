import { expect, test } from 'vitest'
import {
  formatMoment,
  formatMoney,
  formatNumber,
  formatShare,
  hasTarget,
  isCalendarDate,
  normaliseDate,
  operatorInWords,
} from './format.ts'

test.for([
  [200_000_000_000, 'CNY', '20 亿元', 'CNY 2 billion'],
  [1_500_000_000, 'USD', '1,500 万美元', 'USD 15 million'],
  [999_900, 'CNY', '9,999 元', 'CNY 9,999'],
  [1_000_000, 'CNY', '1 万元', 'CNY 10,000'],
  [-34_567_800, 'CNY', '-34.57 万元', 'CNY -345,678'],
  [0, 'CNY', '0 元', 'CNY 0'],
] as const)('%d hundredths of %s read as %s and %s', ([fen, currency, zh, en]) => {
  expect(formatMoney(fen, currency, 'zh')).toBe(zh)
  expect(formatMoney(fen, currency, 'en')).toBe(en)
})

test('exact money keeps every fen, for contracts and receipts', () => {
  expect(formatMoney(123_456_789_012n, 'CNY', 'zh', true)).toBe('1,234,567,890.12 元')
  expect(formatMoney(100, 'JPY', 'en', true)).toBe('JPY 1.00')
})

test('numbers are grouped and rounded, shares become percentages', () => {
  expect(formatNumber(1234567.891)).toBe('1,234,567.89')
  expect(formatNumber(3, 2)).toBe('3.00')
  expect(formatShare(0.1234)).toBe('12.3%')
})

test('a moment is shown in the time of the zone, not of the machine', () => {
  expect(formatMoment('2026-11-22T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-23 00:30')
  expect(formatMoment('2026-11-22T16:30:00Z', 'UTC')).toBe('2026-11-22 16:30')
})

test.for([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['0000-00-00', false],
  ['', false],
] as const)('%s is a day: %s', ([text, real]) => {
  expect(isCalendarDate(text)).toBe(real)
})

test.for([
  ['20261122', '2026-11-22'],
  ['2026/1/5', '2026-01-05'],
  ['2026.11.22', '2026-11-22'],
  ['2026年1月5日', '2026-01-05'],
  [' 2026-11-22 ', '2026-11-22'],
  ['next Monday', 'next Monday'],
] as const)('%s is understood as %s', ([typed, day]) => {
  expect(normaliseDate(typed)).toBe(day)
})

test('[S20] 超过 is worded as more than, and a trend has no number to reach', () => {
  expect(operatorInWords('>', '100 家', 'zh')).toBe('超过 100 家')
  expect(operatorInWords('>', '100 agencies', 'en')).toBe('more than 100 agencies')
  expect(operatorInWords('>=', '65', 'en')).toBe('at least 65')
  expect(hasTarget('>')).toBe(true)
  expect(hasTarget('trend')).toBe(false)
  expect(hasTarget('exceeds-comparator')).toBe(false)
})
