import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

import { readConfig } from '#platform/config.ts'
import { loadZone } from '../../zone/public.ts'
import { findUnit } from '../../zone/occupancy.rules.ts'
import type { ZoneProfile } from '../../zone/rules.ts'
import { generateTwin } from './generate.ts'
import type { TwinRows } from './model.ts'
import { TwinParameters } from './parameters.ts'

let zone: ZoneProfile
let rows: TwinRows
beforeAll(async () => {
  const { zoneFolder, scenario } = readConfig({})
  zone = await loadZone(zoneFolder)
  const parameters = JSON.parse(readFileSync(join(zoneFolder, 'scenarios', `${scenario}.json`), 'utf8'))
  rows = generateTwin(TwinParameters.parse(parameters), zone).rows
})

test('no unit is let twice for the same day', () => {
  const clashes = rows.spaceLease.filter((lease) =>
    rows.spaceLease.some(
      (other) =>
        other !== lease &&
        other.unit === lease.unit &&
        other.validFrom <= lease.validFrom &&
        (other.validTo == null || other.validTo > lease.validFrom),
    ),
  )
  expect(rows.spaceLease.length).toBeGreaterThan(50)
  expect(clashes).toEqual([])
})

test('[F013] a lease lies in a house of the carrier that the agency was placed at, for as long as it was there', () => {
  const places = new Map(rows.agencyMembership.map((place) => [place.agencyId, place]))
  const parties = new Map(rows.party.map(({ id, creditCode }) => [creditCode, id]))
  const agencies = new Map(rows.agency.map(({ id, partyId }) => [partyId, id]))
  for (const lease of rows.spaceLease) {
    const place = places.get(agencies.get(parties.get(lease.tenantCreditCode) ?? '') ?? '')
    const found = findUnit(zone.spaces, lease.unit)
    expect(found?.building.carrier).toBe(place?.carrierCode)
    expect(place?.unit).toContain(found?.unit.number)
    expect([lease.validFrom, lease.validTo]).toEqual([place?.movedIn, place?.movedOut])
  }
})
