import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'
import { crossesItself } from './zoning.rules.ts'

/** Carriers, stations, buildings with their floors and units, and the opening zoning map. */
export function lintPlaces(profile: ZoneProfile, report: Report): void {
  lintCarriers(profile, report)
  lintStations(profile, report)
  lintBuildings(profile, report)
  lintAreas(profile, report)
}

function lintCarriers(profile: ZoneProfile, report: Report): void {
  const file = 'carriers.json'
  reportDuplicates(
    profile.carriers.map(({ id }) => id),
    (index) => ({ file, field: `$.carriers[${index}].id` }),
    report,
  )
  for (const [index, { clauses }] of profile.carriers.entries()) {
    reportUnknownClauses(profile, clauses, { file, field: `$.carriers[${index}].clauses` }, report)
  }
  const centres = profile.carriers.filter(({ kind }) => kind === 'centre').length
  if (centres !== 1)
    report(file, '$.carriers', 'carrier/one-centre', `a zone has one centre; ${centres} are listed`)
}

function lintStations(profile: ZoneProfile, report: Report): void {
  const file = 'stations.json'
  reportDuplicates(
    profile.stations.map(({ id }) => id),
    (index) => ({ file, field: `$.stations[${index}].id` }),
    report,
  )
  for (const [index, station] of profile.stations.entries()) {
    const field = `$.stations[${index}]`
    reportUnknownClauses(profile, station.clauses, { file, field: `${field}.clauses` }, report)
    reportUnknownCarrier(profile, station.carrier, { file, field: `${field}.carrier` }, report)
    if (profile.stationKinds[station.kind] === undefined) {
      report(file, `${field}.kind`, 'station/kind', `kinds names no “${station.kind}”`)
    }
    for (const [session, { opens, closes }] of (station.hours?.sessions ?? []).entries()) {
      if (closes > opens) continue
      report(
        file,
        `${field}.hours.sessions[${session}].closes`,
        'hours/order',
        `${closes} is not after ${opens}`,
      )
    }
  }
}

function lintBuildings(profile: ZoneProfile, report: Report): void {
  const file = 'spaces.json'
  const { buildings } = profile.spaces
  const floors = buildings.flatMap((building, b) =>
    building.floors.map((floor, f) => ({ ...floor, field: `$.buildings[${b}].floors[${f}]` })),
  )
  const units = floors.flatMap((floor) =>
    floor.units.map((unit, u) => ({ ...unit, field: `${floor.field}.units[${u}]` })),
  )
  for (const places of [
    buildings.map((building, b) => ({ ...building, field: `$.buildings[${b}]` })),
    floors,
    units,
  ]) {
    reportDuplicates(
      places.map(({ id }) => id),
      (index) => ({ file, field: `${places[index]?.field}.id` }),
      report,
    )
  }
  for (const [index, building] of buildings.entries()) {
    const field = `$.buildings[${index}]`
    reportUnknownCarrier(profile, building.carrier, { file, field: `${field}.carrier` }, report)
    reportUnknownClauses(profile, building.clauses, { file, field: `${field}.clauses` }, report)
  }
  for (const floor of floors) {
    const unitArea = floor.units.reduce((sum, unit) => sum + unit.areaSquareMetres, 0)
    if (unitArea > floor.areaSquareMetres) {
      const message = `its units add up to ${unitArea} m², the floor has ${floor.areaSquareMetres} m²`
      report(file, `${floor.field}.units`, 'space/area', message)
    }
  }
  for (const unit of units) reportUnknownUse(profile, unit.use, `${unit.field}.use`, report)
}

function lintAreas(profile: ZoneProfile, report: Report): void {
  const file = 'spaces.json'
  const { areas, map } = profile.spaces
  reportDuplicates(
    areas.map(({ id }) => id),
    (index) => ({ file, field: `$.areas[${index}].id` }),
    report,
  )
  for (const [index, area] of areas.entries()) {
    const field = `$.areas[${index}]`
    reportUnknownCarrier(profile, area.carrier, { file, field: `${field}.carrier` }, report)
    reportUnknownClauses(profile, area.clauses, { file, field: `${field}.clauses` }, report)
    reportUnknownUse(profile, area.use, `${field}.use`, report)
    const outside = area.polygon.findIndex(([x, y]) => x < 0 || y < 0 || x > map.width || y > map.height)
    if (outside !== -1) {
      report(file, `${field}.polygon[${outside}]`, 'zoning/outside', 'the point lies outside the map')
    }
    if (crossesItself(area.polygon)) {
      report(file, `${field}.polygon`, 'zoning/crossing', 'the outline crosses itself')
    }
  }
}

function reportUnknownUse(profile: ZoneProfile, use: string, field: string, report: Report): void {
  if (profile.spaces.uses.some(({ code }) => code === use)) return
  report('spaces.json', field, 'space/use', `uses lists no “${use}”`)
}

function reportUnknownCarrier(
  profile: ZoneProfile,
  carrier: string | null,
  at: { file: string; field: string },
  report: Report,
): void {
  if (carrier === null || profile.carriers.some(({ id }) => id === carrier)) return
  report(at.file, at.field, 'carrier/unknown', `carriers.json has no carrier “${carrier}”`)
}
