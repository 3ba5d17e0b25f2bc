import { z } from 'zod'
import { anyone, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { NEAR_FIELDS, RELATIONS } from './near.rules.ts'
import { Right } from './record.rules.ts'

const clauses = ['S160', 'S162']
const readers = only('officer', 'inspector', 'operator', 'statistician', 'auditor')
const keepers = only('officer', 'inspector')
const dayShown = z.string().nullable().describe('YYYY-MM-DD')

const Rule = z.object({
  from: z.string(),
  sample: z.boolean(),
  source: z.object({ zh: z.string(), en: z.string() }),
  near: z.number().describe('From this resemblance on a pair is shown.'),
  alike: z.number().describe('From this one on the texts are plainly the same.'),
  leastShingles: z.int().describe('A text of fewer different shingles is not held against others.'),
})

const MarkedPart = z.object({
  field: z.enum(NEAR_FIELDS),
  language: z.string(),
  text: z.string(),
  marks: z
    .array(z.tuple([z.int(), z.int()]))
    .describe('What stands in the other text too: from, and behind the last.'),
})
const Texts = z
  .tuple([z.array(MarkedPart), z.array(MarkedPart)])
  .describe('Both texts in the order of the pair.')
const covered = z
  .tuple([z.number(), z.number()])
  .describe('How much of each text is shared, from 0 to 1, in characters.')
const measures = {
  similarity: z
    .number()
    .describe('Of all different runs of five characters of both texts, the share that stands in both.'),
  plainlyTheSame: z.boolean(),
  shared: z.int(),
  relation: z
    .enum(RELATIONS)
    .describe(
      'family: one family or a division. double-filing: an invention and a utility model of one applicant on one day. Both may rightly say the same.',
    ),
}

export const NearDuplicate = z.object({
  publicationNumber: z.string(),
  applicationNumber: z.string(),
  title: z.string(),
  applicants: z.array(z.string()),
  agency: z.string().nullable(),
  applicationDate: dayShown,
  right: Right,
  ...measures,
  covered,
  texts: Texts,
})

const Judged = z.object({
  set: z.string(),
  words: z.object({ zh: z.string(), en: z.string() }),
  pairs: z.int(),
  positives: z.int(),
  found: z.int().describe('Positives that were found.'),
  wrong: z.int().describe('Negatives that were shown as near duplicates.'),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
})
export const NearMeasured = z.object({
  on: z.iso.date(),
  commit: z.string(),
  rule: z.object({ near: z.number(), leastShingles: z.int() }),
  sets: z.array(Judged),
})
export type NearMeasured = z.infer<typeof NearMeasured>

const Run = z.object({
  id: z.uuid(),
  scope: z.enum(['applicant', 'agency', 'corpus']),
  name: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'finished', 'failed']),
  share: z.number().describe('How much is done, from 0 to 1.'),
  rule: Rule,
  dataVersion: z.int().nullable().describe('The version of the data that was searched.'),
  documents: z.int().nullable(),
  pairs: z.int().nullable(),
  clusters: z.int().nullable(),
  capped: z.boolean().describe('There were more pairs than are kept; these are the nearest.'),
  failure: z.enum(['time', 'memory', 'size', 'fault']).nullable(),
  orderedAt: z.iso.datetime({ offset: true }),
  finishedAt: z.iso.datetime({ offset: true }).nullable(),
})

const Cluster = z.object({
  number: z.int(),
  title: z.string(),
  documents: z.int(),
  applicants: z.int(),
  closest: z.number(),
  firstFiledOn: dayShown,
  lastFiledOn: dayShown,
})
const Member = z.object({
  publicationNumber: z.string(),
  title: z.string(),
  applicants: z.array(z.string()),
  agency: z.string().nullable(),
  filedOn: dayShown,
  right: Right,
})
const Pair = z.object({ one: z.string(), other: z.string(), ...measures })

const unknownRun = { UNKNOWN_RUN: refusal(404) }
const id = z.object({ id: z.uuid() })
const cluster = id.extend({ number: z.coerce.number().int().min(1).max(10_000_000) })
const publicationNumber = z.string().min(4).max(60).regex(/\d/)

export const nearDuplicates = {
  of: get('/patents/{publicationNumber}/near-duplicates', {
    summary: 'Filings whose text is nearly that of this one, with the shared passages side by side',
    allow: anyone,
    clauses,
  })
    .input(z.object({ publicationNumber, limit: z.coerce.number().int().min(1).max(50).default(10) }))
    .output(
      z.object({
        version: z.int().describe('The data version that was read.'),
        publicationNumber: z.string(),
        rule: Rule,
        held: z
          .enum(['yes', 'design', 'too-short'])
          .describe('Whether the document is held against others at all, and why not.'),
        total: z.int(),
        items: z.array(NearDuplicate),
      }),
    )
    .errors({
      UNKNOWN_PATENT: refusal(404, z.object({ publicationNumber: z.string() })),
      QUERY_TOO_HEAVY: refusal(422, z.object({ seconds: z.int() })),
    }),

  measured: get('/near-duplicates/measured', {
    summary: 'How well near duplicates are found: measured precision and recall, with the day and the data',
    allow: anyone,
    clauses,
  }).output(z.object({ measured: NearMeasured.nullable() })),

  runs: get('/near-duplicates/runs', {
    summary: 'Searches for near duplicates, the newest first',
    allow: readers,
    clauses,
  })
    .input(pageInput)
    .output(page(Run))
    .errors({ INVALID_CURSOR: refusal(400) }),

  order: post('/near-duplicates/runs', {
    summary: 'Search one applicant, one agency or the whole corpus for near duplicates',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        scope: z.enum(['applicant', 'agency', 'corpus']),
        name: text(300).nullable().default(null).describe('Of the applicant or the agency, or its code.'),
      }),
    )
    .output(Run)
    .errors({
      NAME_MISSING: refusal(422),
      NOTHING_OF_THAT_NAME: refusal(422, z.object({ name: z.string() })),
      ALREADY_UNDER_WAY: refusal(409, z.object({ id: z.uuid() })),
    }),

  run: get('/near-duplicates/runs/{id}', { summary: 'One search and its result', allow: readers, clauses })
    .input(id)
    .output(Run)
    .errors(unknownRun),

  clusters: get('/near-duplicates/runs/{id}/clusters', {
    summary: 'What a search found to stand together, the largest first',
    allow: readers,
    clauses,
  })
    .input(pageInput.extend({ id: z.uuid() }))
    .output(page(Cluster))
    .errors({ ...unknownRun, INVALID_CURSOR: refusal(400) }),

  cluster: get('/near-duplicates/runs/{id}/clusters/{number}', {
    summary: 'The filings of one cluster and the pairs that join them',
    allow: readers,
    clauses,
  })
    .input(cluster)
    .output(
      Cluster.extend({
        dataVersion: z.int(),
        members: z.array(Member),
        pairs: z.object({ total: z.int(), items: z.array(Pair) }),
      }),
    )
    .errors({ ...unknownRun, UNKNOWN_CLUSTER: refusal(404) }),

  pair: get('/near-duplicates/runs/{id}/pairs', {
    summary: 'Two filings of a result side by side, as they stood when they were searched',
    allow: readers,
    clauses,
  })
    .input(id.extend({ one: publicationNumber, other: publicationNumber }))
    .output(Pair.extend({ dataVersion: z.int(), covered, texts: Texts }))
    .errors({ ...unknownRun, UNKNOWN_PAIR: refusal(404) }),
}
