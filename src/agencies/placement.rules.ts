import type { PlacementRules } from '../zone/moving.rules.ts'
import type { Building, Stage } from '../zone/place.rules.ts'

/** What the advice looks at. Everything is stored with the advice, so that anybody can compute it again. */
export interface PlacementInputs {
  readonly stage: Stage
  /** Members of the zone's industry systems whose firms the agency serves. */
  readonly industries: readonly string[]
  /** People who will work there. */
  readonly staff: number
  readonly carriers: readonly { readonly id: string; readonly stage: Stage }[]
  readonly vacancies: readonly VacantUnit[]
}

export interface VacantUnit {
  readonly id: string
  readonly number: string
  readonly building: string
  readonly floor: string
  readonly carrier: string
  readonly use: string
  readonly areaSquareMetres: number
}

/** What one rule says of one carrier, with the numbers or words that it looked at. */
export type PlacementReason =
  | {
      readonly rule: 'stage'
      readonly fits: boolean
      readonly points: number
      readonly stage: Stage
      readonly takes: Stage
    }
  | {
      readonly rule: 'industry'
      readonly fits: boolean
      readonly points: number
      /** Industries of the park that the agency serves. */
      readonly shared: readonly string[]
      readonly park: readonly string[]
    }
  | {
      readonly rule: 'size'
      readonly fits: boolean
      readonly points: number
      readonly neededSquareMetres: number
      /** The smallest set of vacant units on one floor that is large enough; none where the house has none. */
      readonly units: readonly string[]
      readonly offeredSquareMetres: number
    }

export interface CarrierFinding {
  readonly carrier: string
  readonly points: number
  /** False where the rules ask for room and the carrier has none. */
  readonly open: boolean
  readonly reasons: readonly [PlacementReason, PlacementReason, PlacementReason]
}

export interface PlacementFinding {
  /** The day from which this version of the rule holds: its name. */
  readonly rule: string
  readonly sample: boolean
  readonly carrier: string
  readonly units: readonly string[]
  /** True where no carrier has room, so that the agency would have to wait. */
  readonly waiting: boolean
  /** Every carrier, the one proposed first. */
  readonly carriers: readonly CarrierFinding[]
}

/**
 * Where an agency should go (S59: 符合园区产业特色和发展规模; S60: 成熟期、成长期、初创期). Undefined where the zone has no
 * carrier. Equal carriers keep the order in which the zone names them.
 */
export function placementOf(inputs: PlacementInputs, rules: PlacementRules): PlacementFinding | undefined {
  const findings = inputs.carriers.map((carrier) => findingOf(carrier, inputs, rules))
  const carriers = findings.toSorted(
    (one, other) => Number(other.open) - Number(one.open) || other.points - one.points,
  )
  const [proposed] = carriers
  if (proposed === undefined) return undefined
  const size = proposed.reasons[2]
  return {
    rule: rules.from,
    sample: rules.sample,
    carrier: proposed.carrier,
    units: size.rule === 'size' ? size.units : [],
    waiting: !proposed.open,
    carriers,
  }
}

function findingOf(
  { id, stage: takes }: PlacementInputs['carriers'][number],
  { stage, industries, staff, vacancies }: PlacementInputs,
  rules: PlacementRules,
): CarrierFinding {
  const { points } = rules
  const park = rules.parks.find(({ carrier }) => carrier === id)?.industries ?? []
  const shared = park.filter((industry) => industries.includes(industry))
  const neededSquareMetres = Math.ceil(Math.max(1, staff) * rules.squareMetresPerPerson)
  const free = vacancies.filter(({ carrier, use }) => carrier === id && rules.unitUses.includes(use))
  const units = unitsFor(neededSquareMetres, free)
  const roomy = units.length > 0
  const reasons = [
    { rule: 'stage', fits: takes === stage, points: worth(takes === stage, points.stage), stage, takes },
    {
      rule: 'industry',
      fits: shared.length > 0,
      points: worth(shared.length > 0, points.industry),
      shared,
      park,
    },
    {
      rule: 'size',
      fits: roomy,
      points: worth(roomy, points.size),
      neededSquareMetres,
      units: units.map((unit) => unit.id),
      offeredSquareMetres: units.reduce((sum, unit) => sum + unit.areaSquareMetres, 0),
    },
  ] as const
  return {
    carrier: id,
    points: reasons.reduce((sum, reason) => sum + reason.points, 0),
    open: roomy || !rules.sizeRequired,
    reasons,
  }
}

/**
 * The fewest vacant units on one floor that together reach the area, and of equally few those with the least to spare.
 * One unit where one suffices; nobody is spread over two floors.
 */
export function unitsFor(squareMetres: number, vacancies: readonly VacantUnit[]): readonly VacantUnit[] {
  const floors = Map.groupBy(vacancies, ({ building, floor }) => `${building}/${floor}`)
  const offers = [...floors.values()].flatMap((units) => {
    const offer = onOneFloor(squareMetres, units)
    return offer === undefined ? [] : [offer]
  })
  const [best] = offers.toSorted(
    (one, other) => one.length - other.length || areaOf(one) - areaOf(other) || compareIds(one, other),
  )
  return best ?? []
}

/** Largest first until the last one, which is the smallest that fills what is missing. */
function onOneFloor(squareMetres: number, units: readonly VacantUnit[]): readonly VacantUnit[] | undefined {
  const bySize = units.toSorted(
    (one, other) => other.areaSquareMetres - one.areaSquareMetres || one.id.localeCompare(other.id),
  )
  const taken: VacantUnit[] = []
  let missing = squareMetres
  while (missing > 0) {
    const left = bySize.filter((unit) => !taken.includes(unit))
    const next = left.findLast((unit) => unit.areaSquareMetres >= missing) ?? left[0]
    if (next === undefined) return undefined
    taken.push(next)
    missing -= next.areaSquareMetres
  }
  return taken
}

function areaOf(units: readonly VacantUnit[]): number {
  return units.reduce((sum, { areaSquareMetres }) => sum + areaSquareMetres, 0)
}

function compareIds(one: readonly VacantUnit[], other: readonly VacantUnit[]): number {
  return (one[0]?.id ?? '').localeCompare(other[0]?.id ?? '')
}

/** The units of buildings that nobody holds. */
export function vacantUnits(
  buildings: readonly Building[],
  isHeld: (unit: string) => boolean,
): readonly VacantUnit[] {
  return buildings.flatMap(({ id: building, carrier, floors }) =>
    floors.flatMap(({ id: floor, units }) =>
      units.filter(({ id }) => !isHeld(id)).map((unit) => ({ ...unit, building, floor, carrier })),
    ),
  )
}

const worth = (fits: boolean, points: number) => (fits ? points : 0)
