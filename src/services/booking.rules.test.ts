import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, date } from '#platform/calendar.ts'
import { nationalCalendar } from '#platform/national-calendar.ts'
import { dayStanding } from '#platform/working-days.ts'
import { type Candidate, choose, type Need, type RotationInputs } from './rotation.rules.ts'
import { clockOf, lies, minuteIn, minutesOf, openingOf, slotsIn } from './slot.rules.ts'

const weekdays = { days: [1, 2, 3, 4, 5] }
const HOURS = {
  sessions: [
    { ...weekdays, opens: '09:00', closes: '12:00' },
    { ...weekdays, opens: '13:30', closes: '17:30' },
  ],
}
const SATURDAY = { sessions: [{ days: [6], opens: '09:00', closes: '12:00' }] }

describe('[F005] [S27] when a station can be booked', () => {
  test.for([
    ['2026-11-25', HOURS, 2, null],
    ['2026-11-28', HOURS, 0, 'day-off'],
    ['2026-10-01', HOURS, 0, 'holiday'],
    // The Saturday after the National Day week of 2026 is worked: it has the hours of a Monday.
    ['2026-10-10', HOURS, 2, null],
    ['2026-11-28', SATURDAY, 1, null],
    ['2026-10-03', SATURDAY, 0, 'holiday'],
    ['2026-10-10', SATURDAY, 0, 'day-off'],
    ['2026-11-25', null, 0, 'no-hours'],
  ] as const)('%s', ([day, hours, sessions, closed]) => {
    const opening = openingOf(hours, date(day), nationalCalendar)
    expect([opening.sessions.length, opening.closed]).toEqual([sessions, closed])
  })

  test('slots are whole and end with the session', () => {
    const slots = slotsIn([{ from: minutesOf('09:00'), to: minutesOf('10:45') }], 30)
    expect(slots.map(({ from, to }) => `${clockOf(from)}-${clockOf(to)}`)).toEqual([
      '09:00-09:30',
      '09:30-10:00',
      '10:00-10:30',
    ])
  })

  test('on any day no slot lies outside the hours, and none on a public holiday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 10, max: 240 }), (offset, length) => {
        const day = addDays(date('2024-01-01'), offset)
        const { sessions } = openingOf(HOURS, day, nationalCalendar)
        const slots = slotsIn(sessions, length)
        expect(slots.every((slot) => lies(slot, sessions))).toBe(true)
        const { kind } = dayStanding(day, nationalCalendar)
        expect(sessions.length > 0).toBe(kind === 'workday' || kind === 'makeUpWorkday')
        for (const { opens, closes } of HOURS.sessions)
          for (const { from, to } of sessions.filter((one) => one.from === minutesOf(opens)))
            expect([clockOf(from), clockOf(to)]).toEqual([opens, closes])
      }),
    )
  })

  test('the minute of the day is that of the zone, not of the machine', () => {
    expect(minuteIn('Asia/Shanghai', new Date('2026-11-24T16:05:00Z'))).toBe(5)
    expect(minuteIn('Asia/Shanghai', new Date('2026-11-24T04:00:00Z'))).toBe(720)
  })
})

const need: Need = { kind: 'person', skill: 'filing', language: 'zh', seats: null }
const person = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  skills: ['filing'],
  languages: ['zh'],
  seats: null,
  onDuty: true,
  absent: false,
  busy: false,
  count: 0,
  lastAt: null,
  ...more,
})
const inputs = (candidates: readonly Candidate[], asked = need): RotationInputs => ({
  need: asked,
  slot: { day: '2026-11-26', from: 540, to: 570 },
  rollingDays: 30,
  countedSince: '2026-10-26T04:00:00.000Z',
  candidates,
})

describe('[F005] [S79] whose turn it is', () => {
  test.for([
    ['the one with fewest', [person('a', { count: 2 }), person('b', { count: 1 })], 'b', 'fewest'],
    [
      'with equal counts the one who waited longest',
      [
        person('a', { count: 1, lastAt: '2026-11-02T01:00:00Z' }),
        person('b', { count: 1, lastAt: '2026-11-01T01:00:00Z' }),
      ],
      'b',
      'longest-ago',
    ],
    [
      'whoever had none before anyone who had',
      [person('a', { count: 0, lastAt: '2026-11-01T01:00:00Z' }), person('b')],
      'b',
      'longest-ago',
    ],
    ['with all equal the order of ids', [person('b'), person('a')], 'a', 'order'],
    [
      'the only one who is able',
      [person('a', { skills: ['mediation'] }), person('b', { count: 9 })],
      'b',
      'only-one',
    ],
    ['nobody', [person('a', { busy: true })], null, null],
  ] as const)('%s', ([, candidates, chosen, because]) => {
    expect(choose(inputs(candidates))).toMatchObject({ chosen, because })
  })

  test('each who is left out is left out for the first reason that holds', () => {
    const found = choose(
      inputs([
        person('skill', { skills: [], busy: true }),
        person('language', { languages: ['en'] }),
        person('duty', { onDuty: false, absent: true }),
        person('absent', { absent: true }),
        person('busy', { busy: true }),
      ]),
    )
    expect(found.excluded.map(({ because }) => because)).toEqual([
      'not-able',
      'language',
      'off-duty',
      'absent',
      'busy',
    ])
    const room = choose(
      inputs([person('room', { seats: 4 })], { ...need, kind: 'room', skill: null, seats: 6 }),
    )
    expect(room.excluded).toEqual([{ id: 'room', because: 'too-small' }])
  })

  test('over any number of bookings the counts of equals differ by at most one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60 }), (people, bookings) => {
        const counts = new Map(Array.from({ length: people }, (_, index) => [`p${index}`, 0]))
        const last = new Map<string, string>()
        for (let turn = 0; turn < bookings; turn++) {
          const candidates = [...counts].map(([id, count]) =>
            person(id, { count, lastAt: last.get(id) ?? null }),
          )
          const { chosen } = choose(inputs(candidates))
          counts.set(chosen!, counts.get(chosen!)! + 1)
          last.set(chosen!, new Date(1_800_000_000_000 + turn * 1000).toISOString())
        }
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('the same inputs give the same person, in whatever order they are listed and however they were stored', () => {
    const anybody = fc.record({
      id: fc.uuid(),
      count: fc.integer({ min: 0, max: 3 }),
      lastAt: fc.option(fc.constantFrom('2026-11-01T01:00:00.000Z', '2026-11-02T01:00:00.000Z')),
      onDuty: fc.boolean(),
      absent: fc.boolean(),
      busy: fc.boolean(),
      skills: fc.subarray(['filing', 'mediation']),
      languages: fc.subarray(['zh', 'en']),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anybody, { maxLength: 6, selector: ({ id }) => id }), (people) => {
        const candidates = people.map(({ id, ...more }) => person(id, more))
        const found = choose(inputs(candidates))
        expect(choose(inputs(candidates.toReversed()))).toMatchObject({
          chosen: found.chosen,
          ranked: found.ranked,
        })
        expect(choose(JSON.parse(JSON.stringify(inputs(candidates))) as RotationInputs)).toEqual(found)
        expect(found.ranked.length + found.excluded.length).toBe(candidates.length)
        const chosen = candidates.find(({ id }) => id === found.chosen)
        if (chosen !== undefined)
          expect([chosen.onDuty, chosen.absent, chosen.busy, chosen.skills.includes('filing')]).toEqual([
            true,
            false,
            false,
            true,
          ])
      }),
    )
  })
})
