import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, date } from '#platform/calendar.ts'
import { nationalCalendar } from '#platform/national-calendar.ts'
import { isWorkingDay } from '#platform/working-days.ts'
import { canBeTaken, compareOffers, deliveryDue, type Offer } from './order.rules.ts'

const today = '2026-11-25'

test('[F005] a quote can be taken on its last day and not after, and promises working days as the calendar has them', () => {
  const offer = { state: 'standing', validUntil: date('2026-11-25') } as const
  expect([canBeTaken(offer, date('2026-11-25')), canBeTaken(offer, date('2026-11-26'))]).toEqual([
    true,
    false,
  ])
  expect(canBeTaken({ ...offer, state: 'withdrawn' }, date('2026-11-25'))).toBe(false)
  // Over the National Day week of 2026, whose second Saturday is worked.
  expect(deliveryDue({ days: 3, dayUnit: 'workingDays' }, date('2026-09-30'), nationalCalendar)).toBe(
    '2026-10-10',
  )
  expect(deliveryDue({ days: 3, dayUnit: 'calendarDays' }, date('2026-09-30'), nationalCalendar)).toBe(
    '2026-10-03',
  )
})

test('[F005] quotes compare by price and promised day alone, whatever order they came in', () => {
  const on = date(today)
  const offers = fc.array(
    fc.record({
      priceFen: fc.integer({ min: 1, max: 5 }),
      days: fc.integer({ min: 1, max: 5 }),
      dayUnit: fc.constantFrom('workingDays' as const, 'calendarDays' as const),
      validUntil: fc.integer({ min: -2, max: 2 }).map((days) => addDays(on, days)),
      state: fc.constantFrom('standing' as const, 'withdrawn' as const),
    }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(offers, (made) => {
      const all: Offer[] = made.map((one, index) => ({ ...one, id: String(index) }))
      const compared = compareOffers(all, 3, on, nationalCalendar)
      const open = all.filter(({ state, validUntil }) => state === 'standing' && validUntil >= on)
      expect(compared.map(({ id }) => id)).toEqual(open.map(({ id }) => id))
      for (const { id, dueOn, lowestPrice, soonest, withinBudget } of compared) {
        const offer = all[Number(id)]!
        expect(lowestPrice).toBe(open.every(({ priceFen }) => priceFen >= offer.priceFen))
        expect(soonest).toBe(compared.every((other) => other.dueOn >= dueOn))
        expect(withinBudget).toBe(offer.priceFen <= 3)
        if (offer.dayUnit === 'workingDays') expect(isWorkingDay(dueOn, nationalCalendar)).toBe(true)
      }
      const again = compareOffers(all.toReversed(), 3, on, nationalCalendar)
      expect(again.toReversed()).toEqual(compared)
    }),
  )
})
