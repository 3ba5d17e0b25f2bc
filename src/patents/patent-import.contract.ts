import { z } from 'zod'
import { day, get, page, pageInput, post, refusal } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { FIELD_NAMES } from './fields.rules.ts'

const keepers = only('officer', 'operator')
const readers = only('officer', 'operator', 'statistician', 'auditor')
const clauses = ['S127', 'S134']

const Words = z.object({ zh: z.string(), en: z.string() })
const Detail = z.record(z.string(), z.union([z.string(), z.number()]))
const Field = z.enum(FIELD_NAMES as [string, ...string[]])
const Mapping = z
  .record(z.string().max(300), Field.nullable())
  .describe('Field by column; null leaves a column unread.')

const Sheet = z.object({
  sheet: z.string().nullable(),
  signature: z.string().describe('The same for every table with these columns.'),
  columns: z.array(z.string()),
  mapping: Mapping,
  origin: z.enum(['proposed', 'kept', 'given']),
  warnings: z.array(z.object({ code: z.string(), columns: z.array(z.string()) })),
  sample: z.array(z.record(z.string(), z.string())),
})

const Finding = z.object({
  code: z.string(),
  count: z.int(),
  places: z.array(z.object({ line: z.int(), sheet: z.string().optional() })),
  detail: Detail.optional(),
})

const PreviewRow = z.object({
  line: z.int(),
  sheet: z.string().nullable(),
  records: z.array(
    z.object({
      publicationNumber: z.string(),
      applicationNumber: z.string(),
      numberState: z.string(),
      title: z.string(),
      applicants: z.array(z.string()),
      filedOn: z.string().nullable(),
      publishedOn: z.string().nullable(),
      ipc: z.array(z.string()),
      legalStatus: z.string(),
    }),
  ),
  refused: z.object({ field: z.string().nullable(), value: z.string().nullable(), words: Words }).nullable(),
})

const Preview = z.object({
  rows: z.array(PreviewRow),
  rowsLookedAt: z.int(),
  whole: z.boolean().describe('Whether those are all rows of the file.'),
})

const ImportRun = z.object({
  id: z.uuid(),
  fileName: z.string(),
  fileBytes: z.int(),
  fileSha256: z.string(),
  format: z.string(),
  encoding: z.string().nullable(),
  state: z.enum(['prepared', 'waiting', 'running', 'finished', 'failed', 'stopped']),
  observedOn: day.nullable(),
  rows: z.int(),
  accepted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  share: z.number().nullable().describe('How much of the file is dealt with, from 0 to 1.'),
  secondsLeft: z.int().nullable(),
  failure: Words.nullable(),
  preparedAt: z.iso.datetime({ offset: true }),
  startedAt: z.iso.datetime({ offset: true }).nullable(),
  finishedAt: z.iso.datetime({ offset: true }).nullable(),
})

const ImportDetail = ImportRun.extend({
  sheets: z.array(Sheet),
  findings: z.array(Finding),
  reasons: z.array(z.object({ reason: z.string(), count: z.int(), words: Words })),
  versionBefore: z.int().nullable(),
  versionAfter: z.int().nullable(),
})

const Refusal = z.object({
  line: z.int(),
  sheet: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  words: Words,
})

const id = z.uuid()
const mappings = z.record(z.string().regex(/^[0-9a-f]{32}$/), Mapping)
const UNREADABLE = refusal(422, z.object({ reason: z.string(), words: Words }))

export const patentImports = {
  list: get('/patent-imports', { summary: 'Imports of patents, newest first', allow: readers, clauses })
    .input(z.object({ ...pageInput.shape }))
    .output(page(ImportRun))
    .errors({ INVALID_CURSOR: refusal(400) }),

  prepare: post('/patent-imports', {
    summary: 'Look at a file of patents: what it is, how its columns are read, what its first rows become',
    description: 'As a form with one field `file`. Nothing of it is taken before it is started.',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(z.object({ file: z.instanceof(File) }))
    .output(ImportDetail.extend({ preview: Preview }))
    .errors({ UNREADABLE_FILE: UNREADABLE }),

  get: get('/patent-imports/{id}', {
    summary: 'One import: how far it is, what it did',
    allow: readers,
    clauses,
  })
    .input(z.object({ id }))
    .output(ImportDetail)
    .errors({ UNKNOWN_IMPORT: refusal(404) }),

  preview: post('/patent-imports/{id}/preview', {
    summary: 'What the first rows become under an edited mapping',
    allow: keepers,
    clauses,
    unauditedBecause: 'it reads a kept file and writes nothing',
  })
    .input(z.object({ id, mappings: mappings.default({}) }))
    .output(Preview)
    .errors({ UNKNOWN_IMPORT: refusal(404), UNREADABLE_FILE: UNREADABLE }),

  start: post('/patent-imports/{id}/start', {
    summary: 'Import the file under this mapping',
    allow: keepers,
    clauses,
  })
    .input(
      z.object({
        id,
        mappings: mappings.default({}),
        observedOn: day
          .nullable()
          .default(null)
          .describe('The day whose state the file shows; otherwise the latest day in each row.'),
        keep: z.boolean().default(false).describe('Keep the mappings for the next file with these columns.'),
      }),
    )
    .output(z.object({ id }))
    .errors({
      UNKNOWN_IMPORT: refusal(404),
      STARTED_BEFORE: refusal(409),
      NO_NUMBER: refusal(422, z.object({ sheet: z.string().nullable() })),
      OBSERVED_AHEAD: refusal(422),
    }),

  stop: post('/patent-imports/{id}/stop', {
    summary: 'Stop an import after the batch that is under way; what was taken stays',
    allow: keepers,
    clauses,
  })
    .input(z.object({ id }))
    .output(z.object({ id }))
    .errors({ UNKNOWN_IMPORT: refusal(404), ENDED_BEFORE: refusal(409) }),

  refusals: get('/patent-imports/{id}/refusals', {
    summary: 'The refused rows of an import, in the order of the file',
    allow: readers,
    clauses,
  })
    .input(
      z.object({
        id,
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(z.object({ total: z.int(), items: z.array(Refusal), next: z.int().nullable() }))
    .errors({ UNKNOWN_IMPORT: refusal(404) }),
}
