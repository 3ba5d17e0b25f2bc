import { z } from 'zod'

import { anyone, get, page, pageInput, refusal, text } from '#platform/contract.ts'
import { COVERAGE_STATUSES } from './coverage.rules.ts'
import { Area, PlanFile } from './plan.rules.ts'
import { Bilingual, ClauseId, FeatureId } from './words.rules.ts'

const Status = z.enum(COVERAGE_STATUSES)
const Span = z.object({ start: z.int(), end: z.int() })

const Tally = z.object({
  total: z.int(),
  proved: z.int(),
  served: z.int(),
  open: z.int(),
})

export const ClauseSummary = z.object({
  id: ClauseId,
  line: z.int(),
  term: z.string(),
  termEn: z.string(),
  must: z.string(),
  mustZh: z.string().nullable(),
  area: Area,
  status: Status,
  /** How much of each kind serves it. */
  operations: z.int(),
  indicators: z.int(),
  pages: z.int(),
  testsPassed: z.int(),
  testsFailed: z.int(),
})

const TestEvidence = z.object({
  name: z.string(),
  file: z.string(),
  result: z.enum(['passed', 'failed', 'skipped']),
  on: z.iso.date(),
  marks: z.array(z.string()),
})

const FeatureEvidence = z.object({
  id: FeatureId,
  names: z.object({ zh: z.string().nullable(), en: z.string() }),
  check: z.string(),
  tests: z.array(TestEvidence),
})

export const ClauseDetail = ClauseSummary.omit({
  operations: true,
  indicators: true,
  pages: true,
}).extend({
  /** The line of the plan in full; the spans are UTF-16 positions in it, end exclusive. */
  text: z.string(),
  spans: z.array(Span),
  section: z.object({ id: z.string(), names: Bilingual }).nullable(),
  plan: z.object({ number: z.string(), names: Bilingual }),
  features: z.array(FeatureEvidence),
  servedBy: z.object({
    operations: z.array(z.object({ method: z.string(), path: z.string(), summary: z.string() })),
    indicators: z.array(z.object({ code: z.string(), names: Bilingual, records: z.int().nullable() })),
    pages: z.array(z.object({ path: z.string(), names: Bilingual })),
    targets: z.array(z.object({ code: z.string(), names: Bilingual })),
  }),
  tests: z.array(TestEvidence),
  previous: ClauseId.nullable(),
  next: ClauseId.nullable(),
})

export const clauseOperations = {
  plan: get('/plan', {
    summary: 'The plan line by line, with the clauses that stand in each line',
    allow: anyone,
    clauses: ['S1'],
  }).output(
    PlanFile.omit({ sections: true }).extend({
      lines: z.array(
        z.object({
          number: z.int(),
          text: z.string(),
          heading: z.object({ id: z.string(), level: z.int(), names: Bilingual }).nullable(),
          clauses: z.array(z.object({ id: ClauseId, termEn: z.string(), spans: z.array(Span) })),
        }),
      ),
    }),
  ),

  clauses: get('/clauses', {
    summary: 'The clauses of the plan with what covers each; gaps first',
    allow: anyone,
    clauses: ['S1', 'S62'],
  })
    .input(
      pageInput.extend({
        area: z.union([Area, z.array(Area)]).optional(),
        status: z.union([Status, z.array(Status)]).optional(),
        q: text(100).optional(),
        order: z.enum(['gaps', 'plan']).default('gaps'),
      }),
    )
    .output(page(ClauseSummary)),

  coverage: get('/clauses/coverage', {
    summary: 'How many clauses are proved, served and open, in all and by area',
    allow: anyone,
    clauses: ['S1'],
  }).output(
    Tally.extend({
      /** The day of the newest test result; null where no tests have been recorded. */
      evidenceOn: z.iso.date().nullable(),
      areas: z.array(Tally.extend({ area: Area })),
      features: z.object({ total: z.int(), proved: z.int() }),
    }),
  ),

  clause: get('/clauses/{id}', {
    summary: 'One clause of the plan: its words, what serves it, and the evidence',
    allow: anyone,
    clauses: ['S1', 'S3', 'S62', 'S2'],
  })
    .input(z.object({ id: z.string().max(12) }))
    .output(ClauseDetail)
    .errors({ UNKNOWN_CLAUSE: refusal(404) }),
}
