import { implementation } from '#platform/api.ts'
import { addMonths, type CalendarDate, date } from '#platform/calendar.ts'
import { recordAudit } from '../ledger/public.ts'
import './context.ts'
import { listLeasesBetween, type Lease as LeaseRow } from './lease.store.ts'
import { holdsOn, monthEnds, occupancyOn, unitsOf } from './occupancy.rules.ts'
import type { Building } from './place.rules.ts'
import { leaseApi } from './lease.api.ts'
import { spaceOperations } from './space.contract.ts'
import { changedArea, refuseChange } from './zoning.rules.ts'
import { type AreaState, listAreaChanges, listAreas, lockLatestArea, replaceArea } from './zoning.store.ts'

const os = implementation(spaceOperations)

/** Ten years of months; a longer span is a slip of the keyboard. */
const LONGEST_SPAN_MONTHS = 120

const zoning = os.zoning.handler(async ({ input, context: { db, zone, today } }) => {
  const asOf = date(input.asOf ?? today)
  const [areas, changes] = await Promise.all([listAreas(db, zone.id, asOf), listAreaChanges(db, zone.id)])
  return {
    asOf,
    map: zone.spaces.map,
    uses: zone.spaces.uses,
    areas: areas.map(onMap),
    changeDays: [...new Set(changes.map(({ validFrom }) => validFrom))],
  }
})

const zoningHistory = os.zoningHistory.handler(async ({ input, context: { db, zone }, errors }) => {
  const states = await listAreaChanges(db, zone.id, input.area)
  if (states.length === 0) throw errors.UNKNOWN_AREA()
  return { items: states.map(onMap) }
})

const changeZoning = os.changeZoning.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { zone, today } = context
    const current = await lockLatestArea(tx, zone.id, input.area)
    if (current === undefined) throw errors.UNKNOWN_AREA()
    if (input.use !== undefined && !zone.spaces.uses.some(({ code }) => code === input.use)) {
      throw errors.UNKNOWN_USE({ data: { use: input.use } })
    }
    if (input.carrier && !zone.carriers.some(({ id }) => id === input.carrier)) {
      throw errors.UNKNOWN_CARRIER({ data: { carrier: input.carrier } })
    }
    const next = changedArea(current, input)
    const refused = refuseChange(current, next, { basedOn: input.basedOn, today, map: zone.spaces.map })
    if (refused !== undefined) {
      const { validFrom } = current
      switch (refused.code) {
        case 'BACKDATED':
          throw errors.BACKDATED({ data: { today } })
        case 'CHANGED_MEANWHILE':
          throw errors.CHANGED_MEANWHILE({ data: { validFrom } })
        case 'NOT_AFTER_CURRENT':
          throw errors.NOT_AFTER_CURRENT({ data: { validFrom } })
        case 'OUTSIDE_MAP':
          throw errors.OUTSIDE_MAP({ data: { corner: refused.corner } })
        case 'CROSSES_ITSELF':
          throw errors.CROSSES_ITSELF()
        case 'UNCHANGED':
          throw errors.UNCHANGED()
      }
    }
    const id = await replaceArea(tx, zone.id, current, next)
    await recordAudit(tx, context, {
      action: 'zoning.changed',
      subject: { kind: 'zoning-area', id: input.area },
      detail: { from: input.from, reason: input.reason },
      seals: [current.id, id].map((row) => ({ table: 'zoning_area', id: row })),
    })
    return onMap({ ...next, area: current.area, validTo: null })
  }),
)

const spaces = os.spaces.handler(async ({ input, context: { db, zone, today } }) => {
  const asOf = date(input.asOf ?? today)
  const leases = await listLeasesBetween(db, zone.id, asOf, asOf)
  const { buildings, sample, note, uses } = zone.spaces
  return {
    asOf,
    sample,
    note,
    uses,
    ...occupancyOn(buildings.flatMap(unitsOf), leases, asOf),
    buildings: buildings.map((building) => buildingOn(building, leases, asOf)),
  }
})

const occupancy = os.occupancy.handler(async ({ input, context: { db, zone, today }, errors }) => {
  const to = date(input.to ?? today)
  const from = date(input.from ?? addMonths(to, -11))
  if (from > to) throw errors.SPAN_REVERSED()
  if (addMonths(from, LONGEST_SPAN_MONTHS) < to) {
    throw errors.SPAN_TOO_LONG({ data: { months: LONGEST_SPAN_MONTHS } })
  }
  const { buildings } = zone.spaces
  const leases = await listLeasesBetween(db, zone.id, from, to)
  return {
    from,
    to,
    items: monthEnds(from, to).map((on) => ({
      on,
      ...occupancyOn(buildings.flatMap(unitsOf), leases, on),
      buildings: buildings.map((building) => ({
        id: building.id,
        ...occupancyOn(unitsOf(building), leases, on),
      })),
    })),
  }
})

export const spaceApi = { zoning, zoningHistory, changeZoning, spaces, occupancy, ...leaseApi }

function onMap({
  area,
  nameZh,
  nameEn,
  carrier,
  use,
  polygon,
  sample,
  reason,
  validFrom,
  validTo,
}: Omit<AreaState, 'id'>) {
  return {
    area,
    names: { zh: nameZh, en: nameEn },
    carrier,
    use,
    polygon,
    sample,
    reason,
    validFrom,
    validTo,
  }
}

function buildingOn(building: Building, leases: readonly LeaseRow[], asOf: CalendarDate) {
  const { id, names, carrier, sample } = building
  return {
    id,
    names,
    carrier,
    sample,
    ...occupancyOn(unitsOf(building), leases, asOf),
    floors: building.floors.map((floor) => ({
      id: floor.id,
      level: floor.level,
      names: floor.names,
      ...occupancyOn(floor.units, leases, asOf),
      units: floor.units.map((unit) => ({ ...unit, tenant: tenantOf(unit.id, leases, asOf) })),
    })),
  }
}

function tenantOf(unit: string, leases: readonly LeaseRow[], asOf: CalendarDate) {
  const lease = leases.find((candidate) => candidate.unit === unit && holdsOn(candidate, asOf))
  return lease ? { name: lease.tenantName, creditCode: lease.tenantCreditCode, since: lease.validFrom } : null
}
