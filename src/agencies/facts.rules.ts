import { z } from 'zod'
import { addDays, type CalendarDate } from '#platform/calendar.ts'
import type { Threshold } from '../zone/measure.rules.ts'
import { thresholdOn } from './threshold.rules.ts'

/** The public code of an agency, which never changes. */
export const AgencyCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/)

const line = (max: number) =>
  z.string().trim().min(1).max(max).refine(isOneLine, 'one line without control characters')
const day = z.iso.date()
const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const count = z.int().min(0).max(1_000_000)

/** Only addresses that a browser opens as a page: a `javascript:` link in a public register would be an attack. */
const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300)

const Price = z.object({
  service: line(100),
  /** Null where the agency states no figure (by agreement). */
  amountFen: z.int().min(0).nullable(),
  unit: line(40).nullable(),
  note: line(200).nullable(),
})

/** Every field of an agency that the register keeps, with the shape of its value. Null is a fact too: known to have none. */
export const FACTS = {
  name: line(200),
  nameEn: line(200).nullable(),
  legalForm: z.enum(['company', 'partnership', 'law-firm', 'branch', 'representative-office', 'other']),
  foundedOn: day,
  classes: z.array(code).min(1).max(20).refine(isSet, 'each class once'),
  /** The five digits of a patent agency: province and serial (register of the national office). */
  patentLicence: z.object({ agencyCode: z.string().regex(/^\d{5}$/), grantedOn: day.nullable() }).nullable(),
  /** A recordal of a trademark agency holds for three years (SAMR Order 63, art. 5): half-open days. */
  trademarkRecordal: z
    .object({ number: line(60).nullable(), validFrom: day, validTo: day })
    .refine(({ validFrom, validTo }) => validFrom < validTo, 'ends after it begins')
    .nullable(),
  address: line(300),
  telephone: line(60).nullable(),
  email: z.email().max(200).nullable(),
  website: webAddress.nullable(),
  /** ISO 639-1. */
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .max(40)
    .refine(isSet, 'each language once'),
  prices: z.array(Price).max(200),
  staffCount: count,
  attorneyCount: count,
  contactName: line(100).nullable(),
  contactPhone: line(60).nullable(),
  contactEmail: z.email().max(200).nullable(),
} as const

export type FactName = keyof typeof FACTS
export type FactValue<Name extends FactName> = z.infer<(typeof FACTS)[Name]>
export const FACT_NAMES = Object.keys(FACTS) as [FactName, ...FactName[]]

/** The person behind an agency is not part of the public register (PIPL; S64 asks for the agency's own contacts). */
export const PERSONAL_FACTS = [
  'contactName',
  'contactPhone',
  'contactEmail',
] as const satisfies readonly FactName[]

/** Values of some fields, all optional; what is absent is not stated. */
export const FactValues = z.strictObject(FACTS).partial()
export type FactValues = z.infer<typeof FactValues>

/** What is reported once a year (Order 6, art. 35) is not stale after half of one; a founding day does not change. */
const SELDOM: ReadonlySet<FactName> = new Set<FactName>([
  'name',
  'nameEn',
  'legalForm',
  'classes',
  'patentLicence',
  'trademarkRecordal',
  'staffCount',
  'attorneyCount',
])
const NEVER: ReadonlySet<FactName> = new Set<FactName>(['foundedOn'])

/**
 * Whether a field seen at its source on a day has to be looked at again. The plan asks for timely publication
 * (及时向社会公开, S203) without a figure, so the limits are dated data of the zone; age means nothing where it sets none.
 */
export function staleness(
  on: CalendarDate,
  thresholds: readonly Threshold[],
): (field: FactName, observedOn: CalendarDate) => boolean {
  const oldest = (code: string) => {
    const limit = thresholdOn(thresholds, code, on)
    return limit === undefined ? undefined : addDays(on, -limit.value)
  }
  const often = oldest('directory-freshness')
  const seldom = oldest('directory-freshness-yearly') ?? often
  return (field, observedOn) => {
    if (NEVER.has(field)) return false
    const limit = SELDOM.has(field) ? seldom : often
    return limit !== undefined && observedOn < limit
  }
}

function isSet(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}

function isOneLine(value: string): boolean {
  return !/\p{Cc}/u.test(value)
}
