import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { date } from '#platform/calendar.ts'
import { monthEnds, occupancyOn } from './occupancy.rules.ts'
import { type AreaContent, areaOf, changedArea, crossesItself, refuseChange } from './zoning.rules.ts'

const square: [number, number][] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
]
const bow: [number, number][] = [
  [0, 0],
  [10, 10],
  [10, 0],
  [0, 10],
]

describe('outlines', () => {
  test('a square does not cross itself, a bow tie does', () => {
    expect(crossesItself(square)).toBe(false)
    expect(crossesItself(bow)).toBe(true)
  })

  test('any triangle with an area is sound', () => {
    const coordinate = fc.integer({ min: 0, max: 100 })
    const point = fc.tuple(coordinate, coordinate)
    fc.assert(
      fc.property(fc.tuple(point, point, point), (triangle) => {
        fc.pre(areaOf(triangle) > 0)
        expect(crossesItself(triangle)).toBe(false)
      }),
    )
  })

  test('the area does not depend on the direction or the first corner', () => {
    expect(areaOf(square)).toBe(100)
    expect(areaOf(square.toReversed())).toBe(100)
    expect(areaOf([...square.slice(2), ...square.slice(0, 2)])).toBe(100)
  })
})

describe('[F013] [S61] which changes of the map are refused', () => {
  const current: AreaContent = {
    nameZh: '区',
    nameEn: 'Area',
    carrier: null,
    use: 'office',
    polygon: square,
    sample: false,
    reason: 'opened',
    validFrom: '2026-01-01',
  }
  const map = { width: 100, height: 100 }
  const cases: [string, Parameters<typeof changedArea>[1], string, string | undefined][] = [
    ['from today', { from: '2026-05-04', reason: 'r', use: 'harbour' }, '2026-01-01', undefined],
    ['from a day to come', { from: '2027-01-01', reason: 'r', use: 'harbour' }, '2026-01-01', undefined],
    [
      'from a day that has passed',
      { from: '2026-05-03', reason: 'r', use: 'harbour' },
      '2026-01-01',
      'BACKDATED',
    ],
    [
      'on what somebody else changed meanwhile',
      { from: '2026-05-04', reason: 'r', use: 'harbour' },
      '2025-01-01',
      'CHANGED_MEANWHILE',
    ],
    ['to what it is already', { from: '2026-05-04', reason: 'another reason' }, '2026-01-01', 'UNCHANGED'],
    [
      'to an outline that crosses itself',
      { from: '2026-05-04', reason: 'r', polygon: bow },
      '2026-01-01',
      'CROSSES_ITSELF',
    ],
    [
      'to an outline beyond the map',
      {
        from: '2026-05-04',
        reason: 'r',
        polygon: [
          [0, 0],
          [101, 0],
          [0, 9],
        ],
      },
      '2026-01-01',
      'OUTSIDE_MAP',
    ],
  ]
  test.for(cases)('%s', ([, change, basedOn, code]) => {
    const refused = refuseChange(current, changedArea(current, change), { basedOn, today: '2026-05-04', map })
    expect(refused?.code).toBe(code)
  })

  test('no second change on the first day of the state in force', () => {
    const opened = { ...current, validFrom: '2026-05-04' }
    const next = changedArea(opened, { from: '2026-05-04', reason: 'r', use: 'harbour' })
    const refused = refuseChange(opened, next, { basedOn: '2026-05-04', today: '2026-05-04', map })
    expect(refused?.code).toBe('NOT_AFTER_CURRENT')
  })
})

describe('[F013] [S57] occupancy', () => {
  const units = [
    { id: 'a', areaSquareMetres: 30 },
    { id: 'b', areaSquareMetres: 70 },
  ]
  const lease = { unit: 'b', validFrom: '2026-03-10', validTo: '2026-04-01' }
  test.for([
    ['2026-03-09', 0],
    ['2026-03-10', 70],
    ['2026-03-31', 70],
    ['2026-04-01', 0],
  ] as const)('on %s %d m² are let', ([day, letSquareMetres]) => {
    expect(occupancyOn(units, [lease], date(day))).toMatchObject({
      unitCount: 2,
      areaSquareMetres: 100,
      letSquareMetres,
    })
  })

  test('a unit named by two leases counts once', () => {
    expect(occupancyOn(units, [lease, { ...lease, validTo: null }], date('2026-03-20')).letCount).toBe(1)
  })

  test('months end on their last day, the last one on the day asked for', () => {
    expect(monthEnds(date('2026-01-31'), date('2026-03-15'))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-15',
    ])
  })
})
