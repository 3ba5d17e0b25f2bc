import { z } from 'zod'
import { get, pageInput, post, refusal } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'

const keepers = only('officer', 'operator')
const readers = only('officer', 'operator', 'statistician', 'auditor')

const Words = z.object({ zh: z.string(), en: z.string() })
const Place = z.object({ line: z.int(), sheet: z.string().optional() })

const Finding = z.object({
  code: z.string(),
  count: z.int(),
  places: z.array(Place).describe('The first of them.'),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

const Refusal = z.object({
  line: z.int(),
  sheet: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  words: Words,
})

const ImportKind = z.object({ kind: z.string(), title: Words, columns: z.array(z.string()) })

const ImportRun = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: Words,
  fileName: z.string(),
  fileBytes: z.int(),
  fileSha256: z.string(),
  rows: z.int(),
  accepted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  matched: z.int().nullable(),
  importedBy: z.string(),
  startedAt: z.iso.datetime({ offset: true }),
  finishedAt: z.iso.datetime({ offset: true }),
})

export const ImportReport = ImportRun.extend({
  findings: z.array(Finding),
  unmatched: z.array(z.string()),
  refusals: z.array(Refusal),
  nextRefusals: z.int().nullable().describe('Pass as `refusalsAfter` for the next ones.'),
})

const kind = z.string().max(60)

export const imports = {
  list: get('/imports', {
    summary: 'The files that were imported, newest first',
    allow: readers,
    clauses: ['S149'],
  })
    .input(z.object({ kind: kind.optional(), ...pageInput.shape }))
    .output(
      z.object({
        total: z.int(),
        items: z.array(ImportRun),
        next: z.string().nullable(),
        kinds: z.array(ImportKind),
      }),
    )
    .errors({ INVALID_CURSOR: refusal(400) }),

  get: get('/imports/{id}', {
    summary: 'What became of every row of an imported file',
    allow: readers,
    clauses: ['S149'],
  })
    .input(
      z.object({
        id: z.uuid(),
        refusalsAfter: z.coerce.number().int().min(-1).default(-1),
        limit: z.coerce.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(ImportReport)
    .errors({ UNKNOWN_IMPORT: refusal(404) }),

  run: post('/imports/{kind}', {
    summary: 'Take in a file and account for every row of it',
    description: 'As a form with one field `file`. The same file twice changes nothing.',
    allow: keepers,
    clauses: ['S149'],
    status: 201,
  })
    .input(z.object({ kind, file: z.instanceof(File) }))
    .output(ImportReport)
    .errors({
      UNKNOWN_KIND: refusal(404, z.object({ kind: z.string() })),
      UNREADABLE_FILE: refusal(422, z.object({ reason: z.string(), words: Words })),
    }),
}
