import { z } from 'zod'

import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'
import { Bilingual, ClauseId, Code, Day, Sample } from './words.rules.ts'

/** special-services.json: which of the special services the zone offers, and which agencies may quote for each. */
export const SpecialServicesFile = z.strictObject({
  note: Bilingual,
  services: z
    .array(
      z.strictObject({
        code: z.enum(['strategy', 'data-processing', 'trusteeship', 'early-warning']),
        /** What a client gets, in a sentence or two. */
        summary: Bilingual,
        /** A class of the zone's taxonomy: its agencies see the requests. */
        class: Code,
        clauses: z.array(ClauseId).min(1),
        sample: Sample,
      }),
    )
    .min(1),
})
export type SpecialServices = z.infer<typeof SpecialServicesFile>

/** A dated version of how slots are cut and how far rotation looks back. */
const BookingRules = z.strictObject({
  from: Day,
  slotMinutes: z.int().min(10).max(240),
  /** Calendar days ahead for which one may book. */
  aheadDays: z.int().min(1).max(120),
  /** Assignments of this many past days are counted for a fair turn. */
  rollingDays: z.int().min(1).max(366),
  sample: Sample,
})
export type BookingRules = z.infer<typeof BookingRules>

/** bookings.json: what people and rooms of stations can be booked for. */
export const BookingsFile = z.strictObject({
  note: Bilingual,
  versions: z.array(BookingRules).min(1),
  subjects: z
    .array(
      z.strictObject({
        code: Code,
        names: Bilingual,
        kind: z.enum(['person', 'room']),
        /** What the person must be able to do; null for rooms. */
        skill: Code.nullable(),
        clauses: z.array(ClauseId).min(1),
      }),
    )
    .min(1),
})
export type Bookings = z.infer<typeof BookingsFile>

/** Classes, clauses and orders that no single file can state. */
export function lintServiceOffers(profile: ZoneProfile, report: Report): void {
  const services = 'special-services.json'
  const classes = new Set(profile.services.map(({ code }) => code))
  const offered = profile.specialServices.services
  reportDuplicates(
    offered.map(({ code }) => code),
    (index) => ({ file: services, field: `$.services[${index}].code` }),
    report,
  )
  for (const [index, one] of offered.entries()) {
    const field = `$.services[${index}]`
    reportUnknownClauses(profile, one.clauses, { file: services, field: `${field}.clauses` }, report)
    if (!classes.has(one.class))
      report(services, `${field}.class`, 'offer/class', `the taxonomy has no class ${one.class}`)
  }
  lintBookings(profile, report)
}

function lintBookings(profile: ZoneProfile, report: Report): void {
  const file = 'bookings.json'
  const { subjects, versions } = profile.bookings
  reportDuplicates(
    subjects.map(({ code }) => code),
    (index) => ({ file, field: `$.subjects[${index}].code` }),
    report,
  )
  for (const [index, { clauses, kind, skill }] of subjects.entries()) {
    const field = `$.subjects[${index}]`
    reportUnknownClauses(profile, clauses, { file, field: `${field}.clauses` }, report)
    if ((kind === 'room') !== (skill === null))
      report(file, `${field}.skill`, 'booking/skill', 'a person needs a skill, and a room has none')
  }
  for (const [index, { from }] of versions.entries()) {
    const before = versions[index - 1]
    if (before !== undefined && before.from >= from)
      report(file, `$.versions[${index}].from`, 'booking/order', `${from} is not after ${before.from}`)
  }
}
