import { z } from 'zod'
import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'
import { Bilingual, ClauseId, Code, Sample } from './words.rules.ts'

/** One thing that the assessment asks: which figures answer it, and what has to be shown beside them. */
const Item = z.strictObject({
  code: Code,
  names: Bilingual,
  /** Targets of the zone whose figures answer the item; empty where only evidence can. */
  indicators: z.array(Code),
  /** Kinds of evidence that must be filed, as the person who collects them reads it. */
  evidence: z.array(Bilingual),
  clauses: z.array(ClauseId).min(1),
})

/** What a zone measures itself against. The official table is binding where it is known; a sample says that it is one. */
export const AssessmentCriteria = z.strictObject({
  names: Bilingual,
  version: z.string().min(1).max(40),
  sample: Sample,
  source: Bilingual,
  dimensions: z.array(z.strictObject({ code: Code, names: Bilingual, items: z.array(Item).min(1) })).min(1),
})
export type AssessmentCriteria = z.infer<typeof AssessmentCriteria>

/** Every item can be answered, and what it names is there. */
export function lintAssessment(profile: ZoneProfile, report: Report): void {
  const file = 'assessment.json'
  const items = profile.assessment.dimensions.flatMap((dimension, at) =>
    dimension.items.map((item, index) => ({ item, field: `$.dimensions[${at}].items[${index}]` })),
  )
  reportDuplicates(
    items.map(({ item }) => item.code),
    (index) => ({ file, field: `${items[index]?.field ?? '$'}.code` }),
    report,
  )
  const targets = new Set(profile.targets.map(({ code }) => code))
  for (const { item, field } of items) {
    if (item.indicators.length + item.evidence.length === 0)
      report(
        file,
        field,
        'assessment/answerable',
        'neither a figure nor evidence could ever answer this item',
      )
    for (const [index, code] of item.indicators.entries()) {
      if (!targets.has(code))
        report(file, `${field}.indicators[${index}]`, 'target/unknown', `targets.json has no target ${code}`)
    }
    reportUnknownClauses(profile, item.clauses, { file, field: `${field}.clauses` }, report)
  }
}
