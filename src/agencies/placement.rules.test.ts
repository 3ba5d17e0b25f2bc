import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlacementRules } from '../zone/moving.rules.ts'
import {
  type PlacementInputs,
  placementOf,
  unitsFor,
  vacantUnits,
  type VacantUnit,
} from './placement.rules.ts'

const rules: PlacementRules = {
  from: '2024-01-01',
  sample: true,
  source: { zh: '测试', en: 'test' },
  clauses: ['S59'],
  points: { stage: 3, industry: 2, size: 1 },
  sizeRequired: true,
  squareMetresPerPerson: 10,
  unitUses: ['office'],
  parks: [
    { carrier: 'hill', industries: ['chips', 'cars'] },
    { carrier: 'lake', industries: ['medicine'] },
  ],
}
const unit = (id: string, carrier: string, areaSquareMetres: number, floor = '1'): VacantUnit => ({
  id,
  number: id,
  building: `${carrier}-house`,
  floor,
  carrier,
  use: 'office',
  areaSquareMetres,
})
const inputs: PlacementInputs = {
  stage: 'start-up',
  industries: ['medicine'],
  staff: 5,
  carriers: [
    { id: 'centre', stage: 'mature' },
    { id: 'hill', stage: 'growth' },
    { id: 'lake', stage: 'start-up' },
  ],
  vacancies: [
    unit('c1', 'centre', 200),
    unit('h1', 'hill', 60),
    unit('l1', 'lake', 80),
    unit('l2', 'lake', 55),
  ],
}

describe('[F011] [S59] [S60] the placement of an agency', () => {
  test('a start-up that serves the park’s industry goes to the base for start-ups, by three rules', () => {
    const found = placementOf(inputs, rules)
    expect(found).toMatchObject({
      carrier: 'lake',
      units: ['l2'],
      waiting: false,
      rule: '2024-01-01',
      sample: true,
    })
    expect(found?.carriers[0]).toMatchObject({
      points: 6,
      reasons: [
        { rule: 'stage', fits: true, points: 3, stage: 'start-up', takes: 'start-up' },
        { rule: 'industry', fits: true, points: 2, shared: ['medicine'] },
        { rule: 'size', fits: true, points: 1, neededSquareMetres: 50, offeredSquareMetres: 55 },
      ],
    })
  })

  test.for([
    ['a growing agency for chips', { stage: 'growth', industries: ['chips'] }, 'hill'],
    ['stage weighs more than industry', { stage: 'growth', industries: ['medicine'] }, 'hill'],
    [
      'industry decides where no carrier takes the stage',
      { carriers: inputs.carriers.map((one) => ({ ...one, stage: 'mature' as const })) },
      'lake',
    ],
    [
      'no room in the base of its stage: the next best that has room',
      { vacancies: [unit('h1', 'hill', 60)] },
      'hill',
    ],
    [
      'equal carriers keep the order of the zone',
      {
        stage: 'mature',
        industries: [],
        vacancies: [],
        carriers: [
          { id: 'b', stage: 'mature' },
          { id: 'a', stage: 'mature' },
        ],
      },
      'b',
    ],
  ] as const)('%s', ([, change, carrier]) => {
    expect(placementOf({ ...inputs, ...change }, rules)?.carrier).toBe(carrier)
  })

  test('where nobody has room the best carrier is named and the agency waits', () => {
    expect(placementOf({ ...inputs, vacancies: [] }, rules)).toMatchObject({
      carrier: 'lake',
      units: [],
      waiting: true,
    })
    expect(placementOf({ ...inputs, vacancies: [] }, { ...rules, sizeRequired: false })?.waiting).toBe(false)
    expect(placementOf({ ...inputs, carriers: [] }, rules)).toBeUndefined()
  })

  test('a unit for another use is no room', () => {
    const vacancies = inputs.vacancies.map((one) => ({ ...one, use: 'training' }))
    expect(placementOf({ ...inputs, vacancies }, rules)?.waiting).toBe(true)
  })

  test('units lie on one floor, are as few as can be, and the last is no larger than it must be', () => {
    const floor = [unit('a', 'x', 100), unit('b', 'x', 60), unit('c', 'x', 30)]
    expect(unitsFor(25, floor).map(({ id }) => id)).toEqual(['c'])
    expect(unitsFor(120, floor).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(unitsFor(150, floor).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(unitsFor(200, floor)).toEqual([])
    expect(unitsFor(150, [unit('a', 'x', 100, '1'), unit('b', 'x', 100, '2')])).toEqual([])
  })

  test('whatever is vacant, what is offered is vacant, on one floor, and large enough', () => {
    const units = fc.array(
      fc.record({ area: fc.integer({ min: 1, max: 300 }), floor: fc.constantFrom('1', '2', '3') }),
    )
    fc.assert(
      fc.property(units, fc.integer({ min: 1, max: 900 }), (given, wanted) => {
        const vacancies = given.map(({ area, floor }, index) => unit(`u${index}`, 'x', area, floor))
        const offered = unitsFor(wanted, vacancies)
        const room = (some: readonly VacantUnit[]) => some.reduce((sum, one) => sum + one.areaSquareMetres, 0)
        const floors = ['1', '2', '3'].map((floor) => room(vacancies.filter((one) => one.floor === floor)))
        if (offered.length === 0) return floors.every((area) => area < wanted)
        return (
          offered.every((one) => vacancies.includes(one)) &&
          new Set(offered.map(({ floor }) => floor)).size === 1 &&
          new Set(offered).size === offered.length &&
          room(offered) >= wanted &&
          room(offered.slice(0, -1)) < wanted
        )
      }),
    )
  })

  test('the same inputs and rule give the same advice, in whatever order vacancies are listed', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...inputs.vacancies], { minLength: inputs.vacancies.length }),
        (vacancies) => {
          expect(placementOf({ ...inputs, vacancies }, rules)).toEqual(placementOf(inputs, rules))
        },
      ),
    )
  })
})

test('[F013] [S57] a unit is vacant when nobody holds it', () => {
  const building = {
    id: 'house',
    carrier: 'hill',
    names: { zh: '楼', en: 'House' },
    floors: [
      {
        id: 'f',
        level: 1,
        names: { zh: '1 层', en: 'Floor 1' },
        areaSquareMetres: 100,
        units: ['101', '102'].map((id) => ({ id, number: id, areaSquareMetres: 50, use: 'office' })),
      },
    ],
    clauses: ['S57'],
    sample: true,
  }
  expect(vacantUnits([building], (id) => id === '101')).toEqual([
    {
      id: '102',
      number: '102',
      building: 'house',
      floor: 'f',
      carrier: 'hill',
      use: 'office',
      areaSquareMetres: 50,
    },
  ])
})
