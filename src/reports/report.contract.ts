import { z } from 'zod'
import { anyone, day, download, get, post, put, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const Language = z.enum(['zh', 'en'])
const keepers = only('statistician')

const ReportFile = z.object({
  language: Language,
  /** SHA-256 of the document; the open entry of the ledger commits to it. */
  sha256: z.string(),
  bytes: z.int(),
  entryId: z.string(),
  url: z.string(),
  proofUrl: z.string(),
})

const Summary = z.object({
  id: z.uuid(),
  year: z.int(),
  edition: z.int(),
  state: z.enum(['draft', 'published']),
  snapshot: z.object({ id: z.string(), asOf: day, digest: z.string(), title: z.string() }),
  publishedAt: z.string().nullable(),
  /** True where a later edition of the year has been published. */
  superseded: z.boolean(),
  files: z.array(ReportFile),
})

const Line = z.object({
  code: z.string(),
  name: z.string(),
  value: z.string(),
  goal: z.string(),
  verdict: z.enum(['met', 'notMet', 'unknown']),
  verdictWords: z.string(),
  digest: z.string(),
  revision: z.int(),
  /** Answers with as many records as the figure counts. */
  recordsUrl: z.string(),
})

const Report = Summary.extend({
  version: z.int(),
  contentDigest: z.string().nullable(),
  commentary: z.record(z.string(), Words),
  content: z.object({
    title: z.string(),
    tally: z.object({ met: z.int(), notMet: z.int(), unknown: z.int() }),
    foreword: z.string(),
    sections: z.array(
      z.object({ code: z.string(), title: z.string(), commentary: z.string(), figures: z.array(Line) }),
    ),
  }),
  /** What was put right since the report was published; it changes nothing in the report. */
  restatedSince: z.array(
    z.object({ code: z.string(), names: Words, cause: z.string(), madeAt: z.string(), entryId: z.string() }),
  ),
})

const id = z.object({ id: z.uuid() })
const unknownReport = { UNKNOWN_REPORT: refusal(404) }
const changed = { CHANGED_MEANWHILE: refusal(409, z.object({ version: z.int() })) }
const notADraft = { ALREADY_PUBLISHED: refusal(409) }
const paragraph = text(6000)

export const reportOperations = {
  list: get('/reports', {
    summary: 'Development reports, latest first; drafts for those who write them',
    allow: anyone,
    clauses: ['S98', 'S99'],
  }).output(z.object({ total: z.int(), items: z.array(Summary) })),

  get: get('/reports/{id}', {
    summary: 'One development report: what it says, and what was put right since',
    allow: anyone,
    clauses: ['S98', 'S99'],
  })
    .input(id.extend({ language: Language.default('zh') }))
    .output(Report)
    .errors(unknownReport),

  file: get('/reports/{id}/file', {
    summary: 'The published document, byte for byte as the ledger recorded it; of a draft, a preview',
    allow: anyone,
    clauses: ['S98', 'S99'],
  })
    .input(id.extend({ language: Language.default('zh') }))
    .output(download)
    .errors(unknownReport),

  begin: post('/reports', {
    summary: 'Begin the report of a year from a frozen snapshot; a further one is a new edition',
    allow: keepers,
    clauses: ['S98'],
    status: 201,
  })
    .input(z.object({ year: z.int().min(2000).max(2100), snapshotId: z.uuid() }))
    .output(id)
    .errors({
      UNKNOWN_SNAPSHOT: refusal(404),
      SNAPSHOT_OF_ANOTHER_YEAR: refusal(422, z.object({ asOf: day })),
      DRAFT_EXISTS: refusal(409, z.object({ id: z.string() })),
    }),

  write: put('/reports/{id}/commentary', {
    summary: 'Write the foreword and the text of each pillar',
    allow: keepers,
    clauses: ['S98'],
  })
    .input(
      id.extend({
        version: z.int(),
        commentary: z.record(z.string().max(60), z.object({ zh: paragraph, en: paragraph })),
      }),
    )
    .output(z.object({ version: z.int() }))
    .errors({
      ...unknownReport,
      ...changed,
      ...notADraft,
      UNKNOWN_SECTION: refusal(422, z.object({ section: z.string() })),
    }),

  publish: post('/reports/{id}/publication', {
    summary: 'Publish the report: both documents are set, stored, and committed to in the ledger',
    allow: keepers,
    clauses: ['S98', 'S99'],
  })
    .input(id.extend({ version: z.int() }))
    .output(z.object({ files: z.array(ReportFile) }))
    .errors({ ...unknownReport, ...changed, ...notADraft }),
}
