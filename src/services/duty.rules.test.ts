import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areHours, dutiesOn, nextChange, readSpans, spansText } from './duty.rules.ts'

describe('[F005] [S79] duty hours as they are typed', () => {
  test.for([
    ['', []],
    ['09:00-12:00', [{ from: 540, to: 720 }]],
    [
      '9:00–12:00 13:30-17:30',
      [
        { from: 540, to: 720 },
        { from: 810, to: 1050 },
      ],
    ],
    [
      '13:30～17:30，09：00 至 12：00',
      [
        { from: 540, to: 720 },
        { from: 810, to: 1050 },
      ],
    ],
    ['09:00', undefined],
    ['9-12', undefined],
    ['24:00-25:00', undefined],
    ['12:00-09:00', undefined],
    ['09:00-12:00 11:00-13:00', undefined],
    ['上午', undefined],
  ] as const)('“%s”', ([typed, read]) => {
    expect(readSpans(typed)).toEqual(read)
  })

  test('what is written is read again as it was', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(fc.uniqueArray(minute, { maxLength: 6 }), (minutes) => {
        const sorted = minutes.toSorted((one, other) => one - other)
        const spans = sorted.flatMap((from, index) =>
          index % 2 === 0 && sorted[index + 1] !== undefined ? [{ from, to: sorted[index + 1]! }] : [],
        )
        expect(areHours(spans)).toBe(true)
        expect(readSpans(spansText(spans))).toEqual(spans)
      }),
    )
  })
})

test('[F005] hours have their days: past, in force, planned, and planned but taken back', () => {
  const duty = (weekday: number, validFrom: string, validTo: string | null) => ({
    weekday,
    from: 540,
    to: 720,
    validFrom,
    validTo,
  })
  const all = [
    duty(2, '2026-01-01', '2026-12-01'),
    duty(1, '2026-12-01', null),
    duty(5, '2026-12-20', '2026-12-20'),
  ]
  const weekdays = (on: string) => dutiesOn(all, on).map(({ weekday }) => weekday)
  expect([weekdays('2026-11-30'), weekdays('2026-12-01'), weekdays('2026-12-20')]).toEqual([[2], [1], [1]])
  expect(nextChange(all, '2026-11-25')).toBe('2026-12-01')
  expect(nextChange(all, '2026-12-01')).toBeUndefined()
})
