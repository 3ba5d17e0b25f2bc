import { addMonths, type CalendarDate, date, endOfMonth } from '#platform/calendar.ts'
import type { Building, Spaces } from './place.rules.ts'

/** What occupancy needs of a lease; `validTo` is the first day it no longer holds. */
export interface Held {
  readonly unit: string
  readonly validFrom: string
  readonly validTo: string | null
}

export interface Occupancy {
  unitCount: number
  letCount: number
  areaSquareMetres: number
  letSquareMetres: number
}

export function unitsOf(building: Building) {
  return building.floors.flatMap(({ units }) => units)
}

/** The unit of this id with the building and floor it lies in. */
export function findUnit(spaces: Spaces, id: string) {
  for (const building of spaces.buildings) {
    for (const floor of building.floors) {
      const unit = floor.units.find((candidate) => candidate.id === id)
      if (unit) return { building, floor, unit }
    }
  }
  return undefined
}

export function holdsOn(lease: Held, day: CalendarDate): boolean {
  return lease.validFrom <= day && (lease.validTo === null || lease.validTo > day)
}

/** How much of the given units is let on a day. Each unit counts once, however many leases name it. */
export function occupancyOn(
  units: readonly { id: string; areaSquareMetres: number }[],
  leases: readonly Held[],
  day: CalendarDate,
): Occupancy {
  const held = new Set(leases.filter((lease) => holdsOn(lease, day)).map(({ unit }) => unit))
  const rented = units.filter(({ id }) => held.has(id))
  const areaOf = (some: typeof units) => some.reduce((sum, unit) => sum + unit.areaSquareMetres, 0)
  return {
    unitCount: units.length,
    letCount: rented.length,
    areaSquareMetres: areaOf(units),
    letSquareMetres: areaOf(rented),
  }
}

/** The last day of each month from `from` to `to`, and `to` itself when it lies within a month. */
export function monthEnds(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const ends: CalendarDate[] = []
  for (let day = date(`${from.slice(0, 7)}-01`); day <= to; day = addMonths(day, 1)) {
    const end = endOfMonth(day)
    ends.push(end < to ? end : to)
  }
  return ends
}
