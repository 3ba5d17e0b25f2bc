import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CalendarDate, date } from '#platform/calendar.ts'
import { endOfStatement, holdsOn, type Interval, overlaps, revise } from './timeline.rules.ts'

interface Belief extends Interval {
  readonly value: string
}

const origin = date('2025-01-01')
const span = 60
const day = fc.integer({ min: 0, max: span }).map((offset) => addDays(origin, offset))
const interval = fc
  .tuple(day, fc.option(fc.integer({ min: 1, max: 20 })))
  .map(([validFrom, days]): Interval => ({
    validFrom,
    validTo: days === null ? null : addDays(validFrom, days),
  }))
const statements = fc.array(fc.tuple(interval, fc.constantFrom('a', 'b', 'c')), {
  minLength: 1,
  maxLength: 12,
})

function assert(believed: readonly Belief[], next: Belief): Belief[] {
  const { superseded, remnants } = revise(believed, next)
  const kept = believed.filter((belief) => !superseded.includes(belief))
  return [...kept, ...remnants.map(({ of, validFrom, validTo }) => ({ ...of, validFrom, validTo })), next]
}

const valueOn = (believed: readonly Belief[], on: CalendarDate) =>
  believed.find((belief) => holdsOn(belief, on))?.value

describe('[F010] a statement about some days', () => {
  test('decides those days and leaves every other day as it was', () => {
    fc.assert(
      fc.property(statements, (made) => {
        let believed: Belief[] = []
        for (const [days, value] of made) {
          const before = believed
          believed = assert(before, { ...days, value })
          for (let offset = 0; offset <= span + 25; offset += 1) {
            const on = addDays(origin, offset)
            expect(valueOn(believed, on)).toBe(holdsOn(days, on) ? value : valueOn(before, on))
          }
        }
      }),
    )
  })

  test('never leaves two beliefs about one day', () => {
    fc.assert(
      fc.property(statements, (made) => {
        const believed = made.reduce<Belief[]>(
          (so_far, [days, value]) => assert(so_far, { ...days, value }),
          [],
        )
        for (const [index, one] of believed.entries()) {
          for (const other of believed.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
        }
      }),
    )
  })

  test('without an end never erases a change that is known to come later', () => {
    fc.assert(
      fc.property(statements, day, (made, validFrom) => {
        const believed = made.reduce<Belief[]>(
          (so_far, [days, value]) => assert(so_far, { ...days, value }),
          [],
        )
        const validTo = endOfStatement(believed, validFrom)
        if (validTo === null) return
        const after = assert(believed, { validFrom, validTo, value: 'new' })
        const later = Array.from({ length: span + 25 }, (_, offset) => addDays(origin, offset)).filter(
          (on) => on >= validTo,
        )
        expect(later.map((on) => valueOn(after, on))).toEqual(later.map((on) => valueOn(believed, on)))
      }),
    )
  })
})

describe('[F010] the end of a statement that names none', () => {
  const january = { validFrom: date('2025-01-01'), validTo: date('2025-02-01') }
  const march = { validFrom: date('2025-03-01'), validTo: null }
  test.for([
    ['inside a belief: its end', '2025-01-15', '2025-02-01'],
    ['on the first day of a belief: its end', '2025-01-01', '2025-02-01'],
    ['in a gap: the next beginning', '2025-02-10', '2025-03-01'],
    ['before everything: the first beginning', '2024-12-01', '2025-01-01'],
    ['in the open belief: no end', '2025-04-01', null],
  ] as const)('%s', ([, from, end]) => {
    expect(endOfStatement([january, march], date(from))).toBe(end)
  })
})
