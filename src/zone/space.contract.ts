import { z } from 'zod'

import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Polygon } from './place.rules.ts'
import { Bilingual, Code } from './words.rules.ts'

const officers = only('operator', 'officer')

const AreaOnMap = z.object({
  area: z.string(),
  names: Bilingual,
  carrier: z.string().nullable(),
  use: z.string(),
  polygon: Polygon,
  sample: z.boolean(),
  reason: z.string(),
  validFrom: day,
  /** The first day on which it no longer held. */
  validTo: day.nullable(),
})

const Use = z.object({ code: z.string(), names: Bilingual })

const Occupancy = z.object({
  unitCount: z.int(),
  letCount: z.int(),
  areaSquareMetres: z.number(),
  letSquareMetres: z.number(),
})

const UnitOnDay = z.object({
  id: z.string(),
  number: z.string(),
  areaSquareMetres: z.number(),
  use: z.string(),
  /** Null where the unit is vacant on the day. */
  tenant: z.object({ name: z.string(), creditCode: z.string(), since: day }).nullable(),
})

const BuildingOnDay = Occupancy.extend({
  id: z.string(),
  names: Bilingual,
  carrier: z.string(),
  sample: z.boolean(),
  floors: z.array(
    Occupancy.extend({ id: z.string(), level: z.int(), names: Bilingual, units: z.array(UnitOnDay) }),
  ),
})

export const Lease = z.object({
  id: z.uuid(),
  unit: z.string(),
  number: z.string(),
  tenantName: z.string(),
  tenantCreditCode: z.string(),
  monthlyRentFen: z.int(),
  currency: z.string(),
  validFrom: day,
  validTo: day.nullable(),
  endReason: z.string().nullable(),
})

const reason = text(500).min(4)
const asOf = z.object({ asOf: day.optional() })

export const spaceOperations = {
  zoning: get('/zoning', {
    summary: 'The zoning map as it was in force on a day, today unless told',
    allow: anyone,
    clauses: ['S61', 'S55', 'S58'],
  })
    .input(asOf)
    .output(
      z.object({
        asOf: day,
        map: z.object({ width: z.number(), height: z.number(), note: Bilingual }),
        uses: z.array(Use),
        areas: z.array(AreaOnMap),
        /** Days on which the map changed, the latest first. */
        changeDays: z.array(day),
      }),
    ),

  zoningHistory: get('/zoning/{area}/history', {
    summary: 'Every state of one zoning area with its reason, the latest first',
    allow: anyone,
    clauses: ['S61'],
  })
    .input(z.object({ area: z.string().max(80) }))
    .output(z.object({ items: z.array(AreaOnMap) }))
    .errors({ UNKNOWN_AREA: refusal(404) }),

  changeZoning: post('/zoning/{area}/changes', {
    summary: 'Change a zoning area from a day on, with a reason; earlier maps stay as they were',
    allow: officers,
    clauses: ['S61'],
    status: 201,
  })
    .input(
      z.object({
        area: z.string().max(80),
        /** From which day on; never a day that has passed, so that no past map changes. */
        from: day,
        /** `validFrom` of the state that the officer saw, so that two officers do not undo each other. */
        basedOn: day,
        reason,
        names: z.object({ zh: text(60).min(1), en: text(80).min(1) }).optional(),
        use: Code.optional(),
        carrier: Code.nullable().optional(),
        polygon: Polygon.max(200).optional(),
      }),
    )
    .output(AreaOnMap)
    .errors({
      UNKNOWN_AREA: refusal(404),
      UNKNOWN_USE: refusal(422, z.object({ use: z.string() })),
      UNKNOWN_CARRIER: refusal(422, z.object({ carrier: z.string() })),
      BACKDATED: refusal(422, z.object({ today: day })),
      NOT_AFTER_CURRENT: refusal(409, z.object({ validFrom: day })),
      CHANGED_MEANWHILE: refusal(409, z.object({ validFrom: day })),
      UNCHANGED: refusal(409),
      OUTSIDE_MAP: refusal(422, z.object({ corner: z.int() })),
      CROSSES_ITSELF: refusal(422),
    }),

  spaces: get('/spaces', {
    summary: 'Buildings, floors and units with who holds them on a day, today unless told',
    allow: anyone,
    clauses: ['S57', 'S58'],
  })
    .input(asOf)
    .output(
      Occupancy.extend({
        asOf: day,
        sample: z.boolean(),
        note: Bilingual,
        uses: z.array(Use),
        buildings: z.array(BuildingOnDay),
      }),
    ),

  occupancy: get('/spaces/occupancy', {
    summary: 'Occupancy at the end of each month, in all and by building',
    allow: anyone,
    clauses: ['S57'],
  })
    .input(z.object({ from: day.optional(), to: day.optional() }))
    .output(
      z.object({
        from: day,
        to: day,
        items: z.array(
          Occupancy.extend({ on: day, buildings: z.array(Occupancy.extend({ id: z.string() })) }),
        ),
      }),
    )
    .errors({ SPAN_TOO_LONG: refusal(422, z.object({ months: z.int() })), SPAN_REVERSED: refusal(422) }),

  leases: get('/leases', {
    summary: 'Leases by number, with rent',
    allow: only('operator', 'officer', 'auditor', 'leader'),
    clauses: ['S57', 'S56'],
  })
    .input(pageInput.extend({ unit: z.string().max(80).optional() }))
    .output(page(Lease)),

  startLease: post('/leases', {
    summary: 'Let a unit to an organisation',
    allow: officers,
    clauses: ['S57', 'S56'],
    status: 201,
  })
    .input(
      z.object({
        unit: z.string().max(80),
        number: text(40).min(1),
        tenantName: text(200).min(1),
        tenantCreditCode: z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, 'eighteen digits and letters'),
        monthlyRentFen: z.int().min(0),
        validFrom: day,
        /** The first day on which the unit is free again. */
        validTo: day.nullable().default(null),
      }),
    )
    .output(Lease)
    .errors({
      UNKNOWN_UNIT: refusal(404),
      UNIT_TAKEN: refusal(409, z.object({ number: z.string(), validFrom: day, validTo: day.nullable() })),
      NUMBER_TAKEN: refusal(409),
      ENDS_BEFORE_START: refusal(422),
    }),

  endLease: post('/leases/{id}/end', {
    summary: 'End a lease on a day, with a reason',
    allow: officers,
    clauses: ['S57', 'S202'],
  })
    .input(z.object({ id: z.uuid(), on: day, reason }))
    .output(Lease)
    .errors({
      UNKNOWN_LEASE: refusal(404),
      ALREADY_ENDED: refusal(409, z.object({ validTo: day })),
      ENDS_BEFORE_START: refusal(422),
    }),
}
