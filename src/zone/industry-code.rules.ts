import { z } from 'zod'

import { type Report, reportDuplicates } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'
import { Bilingual, Code, Sample, Source } from './words.rules.ts'

/** `C`, `C39`, `C3973`: a class of GB/T 4754, or the beginning of one. */
const IndustryCode = z.string().regex(/^[A-T]\d{0,4}$/)

/**
 * Which firms belong to an industry: those whose class begins with one of the codes. No official concordance of the zone's
 * industries to GB/T 4754 is known, so each is a sample until its owner confirms it.
 */
export const IndustryCodes = z.strictObject({
  /** The member of an industry system (industries.json). */
  industry: Code,
  codes: z.array(IndustryCode).min(1),
  sample: Sample,
})
export type IndustryCodes = z.infer<typeof IndustryCodes>

export const IndustryCodesFile = z.strictObject({
  note: Bilingual,
  source: Source,
  industries: z.array(IndustryCodes),
})

/** Each industry once, and of those that the zone names. */
export function lintIndustryCodes({ industries, industryCodes }: ZoneProfile, report: Report): void {
  const file = 'industry-codes.json'
  const members = new Set(
    industries.flatMap(({ groups }) => groups.flatMap(({ members: all }) => all.map(({ code }) => code))),
  )
  reportDuplicates(
    industryCodes.map(({ industry }) => industry),
    (index) => ({ file, field: `$.industries[${index}].industry` }),
    report,
  )
  for (const [index, { industry }] of industryCodes.entries()) {
    if (members.has(industry)) continue
    report(
      file,
      `$.industries[${index}].industry`,
      'industry/unknown',
      `industries.json has no member ${industry}`,
    )
  }
}
