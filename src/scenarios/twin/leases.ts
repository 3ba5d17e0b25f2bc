import { unitsOf } from '../../zone/occupancy.rules.ts'
import type { Agency } from './agencies.ts'
import type { Making } from './generate.ts'

/** Square metres one person takes, and what a square metre costs a month. */
const METRES_PER_PERSON = 9
const RENT_FEN_PER_METRE = { from: 3200, to: 5600 }

interface Span {
  readonly validFrom: string
  readonly validTo: string | null
}

/**
 * Gives each agency units of its carrier's buildings for the time it is there, in the order in which they moved in. A
 * house that is full takes nobody more: such an agency has its place in the directory and no lease.
 */
export function makeLeases(making: Making, agencies: readonly Agency[]): void {
  const { rows, zone, recordedAt } = making
  const random = making.random('leases')
  const taken = new Map<string, Span[]>()
  const moves = rows.agencyMembership.toSorted((a, b) =>
    a.movedIn < b.movedIn ? -1 : a.movedIn > b.movedIn ? 1 : 0,
  )
  for (const [index, move] of moves.entries()) {
    const agency = agencies.find(({ id }) => id === move.agencyId)
    const party = rows.agency.find(({ id }) => id === move.agencyId)?.partyId
    const creditCode = rows.party.find(({ id }) => id === party)?.creditCode
    if (agency === undefined || typeof creditCode !== 'string') continue
    const span = { validFrom: move.movedIn, validTo: move.movedOut ?? null }
    const own = zone.spaces.buildings.filter(({ carrier }) => carrier === move.carrierCode).flatMap(unitsOf)
    const free = own.filter(
      ({ id, use }) =>
        use !== 'public-service' && (taken.get(id) ?? []).every((other) => !overlap(other, span)),
    )
    const wanted = Math.max(
      1,
      Math.round((agency.staff * METRES_PER_PERSON) / (own[0]?.areaSquareMetres ?? 100)),
    )
    const units = free.slice(0, Math.min(wanted, 4))
    move.unit = units.map(({ number }) => number).join('、') || null
    for (const [part, unit] of units.entries()) {
      taken.set(unit.id, [...(taken.get(unit.id) ?? []), span])
      rows.spaceLease.push({
        id: random.uuid(),
        zone: zone.id,
        unit: unit.id,
        number: `ZL-${String(index + 1).padStart(4, '0')}-${part + 1}`,
        tenantName: agency.name,
        tenantCreditCode: creditCode,
        monthlyRentFen: Math.round(
          unit.areaSquareMetres * random.integer(RENT_FEN_PER_METRE.from, RENT_FEN_PER_METRE.to),
        ),
        ...span,
        endReason: span.validTo === null ? null : (move.reasonOut ?? '迁出'),
        recordedAt,
      })
    }
  }
}

/** The last day of a lease is not included, so one may begin on the day on which another ends. */
function overlap(one: Span, other: Span): boolean {
  return (
    (one.validTo === null || one.validTo > other.validFrom) &&
    (other.validTo === null || other.validTo > one.validFrom)
  )
}
