import { z } from 'zod'

import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'
import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

/** `H02J`, `H01M10`, `G06F17/30`: a symbol of the IPC, or the beginning of one. */
export const IpcPrefix = z.string().regex(/^[A-H](\d{2}([A-Z](\d{1,4}(\/\d{0,6})?)?)?)?$/)

/**
 * Which patents belong to an industry: those with a class under one of the prefixes, or with one of the keywords in their
 * title or abstract. No official concordance of the zone's industries to the IPC is known, so a definition is a sample
 * until its owner confirms it.
 */
export const IndustryPatents = z.strictObject({
  /** The member of an industry system (industries.json). */
  industry: Code,
  ipc: z.array(IpcPrefix),
  keywords: z.array(z.string().min(2).max(40)),
})
export type IndustryPatents = z.infer<typeof IndustryPatents>

const dated = { from: Day, sample: Sample, source: Source, clauses: z.array(ClauseId).min(1) }

export const IndustryDefinitions = z.strictObject({ ...dated, industries: z.array(IndustryPatents) })
export type IndustryDefinitions = z.infer<typeof IndustryDefinitions>

export const IndustryPatentsFile = z.strictObject({
  note: Bilingual,
  versions: z.array(IndustryDefinitions).min(1),
})

/** What can be known of a patent when it is graded; an unknown fact earns no points and is said to be unknown. */
export const GRADED_FACTS = [
  'invention',
  'inForce',
  'yearsLeft',
  'keyIndustry',
  'familySize',
  'timesCited',
  'claims',
  'used',
] as const
export type GradedFact = (typeof GRADED_FACTS)[number]

export const GradingRules = z.strictObject({
  ...dated,
  /** Points are earned when the fact reaches the amount (a yes counts as one). */
  points: z
    .array(
      z.strictObject({
        fact: z.enum(GRADED_FACTS),
        names: Bilingual,
        atLeast: z.number().min(0),
        points: z.int().positive(),
      }),
    )
    .min(1),
  /** From the highest to the lowest; the last one takes whatever reaches no other. */
  grades: z
    .array(z.strictObject({ grade: z.string().regex(/^[A-Z]$/), names: Bilingual, atLeast: z.int().min(0) }))
    .min(2),
})
export type GradingRules = z.infer<typeof GradingRules>

/** How long a listing stands on its owner's word, and how long before that day he is asked again. */
export const ListingTerms = z.strictObject({
  ...dated,
  confirmDays: z.int().positive(),
  remindDaysBefore: z.int().min(0),
})
export type ListingTerms = z.infer<typeof ListingTerms>

/**
 * When two filings are shown as near duplicates. Texts are held against each other by their shingles (every run of five
 * characters): how alike they are is the share of all different shingles of both that stand in both.
 */
export const NearDuplicateRules = z.strictObject({
  ...dated,
  /** From this share on a pair is shown; below a third the search could miss too many. */
  near: z.number().min(0.34).max(1),
  /** From this share on the texts are plainly the same. */
  alike: z.number().min(0.34).max(1),
  /** A text of fewer different shingles says too little to be held against another. */
  leastShingles: z.int().min(20).max(1000),
})
export type NearDuplicateRules = z.infer<typeof NearDuplicateRules>

export const PatentRulesFile = z.strictObject({
  note: Bilingual,
  grading: z.array(GradingRules).min(1),
  listings: z.array(ListingTerms).min(1),
  nearDuplicates: z.array(NearDuplicateRules).min(1),
})

/** The version in force on a day; versions stand from the earliest to the latest. */
export function inForceOn<Version extends { readonly from: string }>(
  versions: readonly Version[],
  on: string,
): Version | undefined {
  return versions.findLast(({ from }) => from <= on)
}

export function lintPatents(profile: ZoneProfile, report: Report): void {
  lintDefinitions(profile, report)
  const file = 'patent-rules.json'
  lintVersions(profile, profile.grading, { file, field: '$.grading' }, report)
  lintVersions(profile, profile.listingTerms, { file, field: '$.listings' }, report)
  lintVersions(profile, profile.nearDuplicates, { file, field: '$.nearDuplicates' }, report)
  for (const [index, { near, alike }] of profile.nearDuplicates.entries())
    if (alike < near)
      report(file, `$.nearDuplicates[${index}].alike`, 'near-duplicates/order', 'alike is not below near')
  for (const [index, { grades }] of profile.grading.entries()) {
    const field = `$.grading[${index}].grades`
    const falling = grades.every(({ atLeast }, at) => at === 0 || atLeast < (grades[at - 1]?.atLeast ?? 0))
    if (!falling) report(file, field, 'grading/order', 'grades stand from the highest to the lowest')
    if (grades.at(-1)?.atLeast !== 0) report(file, field, 'grading/last', 'the last grade begins at 0')
    reportDuplicates(
      grades.map(({ grade }) => grade),
      (at) => ({ file, field: `${field}[${at}].grade` }),
      report,
    )
  }
}

function lintDefinitions(profile: ZoneProfile, report: Report): void {
  const file = 'industry-patents.json'
  lintVersions(profile, profile.industryPatents, { file, field: '$.versions' }, report)
  const known = new Set(
    profile.industries.flatMap(({ groups }) =>
      groups.flatMap(({ members }) => members.map(({ code }) => code)),
    ),
  )
  for (const [v, { industries }] of profile.industryPatents.entries()) {
    const at = (index: number) => ({ file, field: `$.versions[${v}].industries[${index}]` })
    reportDuplicates(
      industries.map(({ industry }) => industry),
      at,
      report,
    )
    for (const [index, { industry, ipc, keywords }] of industries.entries()) {
      const { field } = at(index)
      if (!known.has(industry))
        report(file, `${field}.industry`, 'industry/unknown', `industries.json names no “${industry}”`)
      if (ipc.length + keywords.length === 0)
        report(file, field, 'industry/empty', 'a definition needs a class or a keyword')
    }
  }
}

function lintVersions(
  profile: ZoneProfile,
  versions: readonly { readonly from: string; readonly clauses: readonly string[] }[],
  { file, field }: { readonly file: string; readonly field: string },
  report: Report,
): void {
  for (const [index, { from, clauses }] of versions.entries()) {
    reportUnknownClauses(profile, clauses, { file, field: `${field}[${index}].clauses` }, report)
    const before = versions[index - 1]
    if (before && before.from >= from)
      report(file, `${field}[${index}].from`, 'date/order', `${from} is not after ${before.from}`)
  }
}
