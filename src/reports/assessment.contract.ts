import { z } from 'zod'
import { day, del, download, get, post, put, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const keepers = only('statistician', 'officer')
const readers = only('statistician', 'officer', 'leader', 'auditor')

const Figure = z.object({
  code: z.string(),
  names: Words,
  value: z.string(),
  goal: z.string(),
  verdict: z.enum(['met', 'notMet', 'unknown']),
  digest: z.string(),
  recordsUrl: z.string(),
})

const Evidence = z.object({
  id: z.uuid(),
  title: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  addedAt: z.string(),
  url: z.string(),
})

const Item = z.object({
  code: z.string(),
  names: Words,
  clauses: z.array(z.string()),
  asks: z.array(Words),
  figures: z.array(Figure),
  evidence: z.array(Evidence),
  answer: z.object({ text: z.string(), version: z.int(), writtenAt: z.string() }).nullable(),
  gaps: z.array(z.enum(['noFigure', 'figureUnknown', 'goalNotMet', 'noEvidence', 'noAnswer'])),
})

const Summary = z.object({
  id: z.uuid(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  snapshot: z.object({ id: z.string(), asOf: day, digest: z.string(), title: z.string() }),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  /** How many items have nothing left to do, of how many. */
  complete: z.int(),
  items: z.int(),
})

const Assessment = Summary.extend({
  version: z.int(),
  criteria: z.object({ names: Words, version: z.string(), sample: z.boolean(), source: Words }),
  dimensions: z.array(z.object({ code: z.string(), names: Words, items: z.array(Item) })),
  /** Codes of the items, those with the most to do first. */
  gapsFirst: z.array(z.string()),
  pack: z.object({ sha256: z.string(), entryId: z.string(), proofUrl: z.string() }).nullable(),
})

const id = z.object({ id: z.uuid() })
const unknown = { UNKNOWN_ASSESSMENT: refusal(404) }
const closed = { ASSESSMENT_CLOSED: refusal(409) }
const unknownItem = { UNKNOWN_ITEM: refusal(404, z.object({ item: z.string() })) }

export const assessmentOperations = {
  assessments: get('/assessments', {
    summary: 'Self-assessments against the national indicators, latest first',
    allow: readers,
    clauses: ['S9', 'S19'],
  }).output(z.object({ total: z.int(), items: z.array(Summary) })),

  assessment: get('/assessments/{id}', {
    summary: 'One self-assessment: each item with its figures, its evidence, and what it still lacks',
    allow: readers,
    clauses: ['S9', 'S19'],
  })
    .input(id.extend({ language: z.enum(['zh', 'en']).default('zh') }))
    .output(Assessment)
    .errors(unknown),

  beginAssessment: post('/assessments', {
    summary: 'Begin a self-assessment from a frozen snapshot, by the criteria in force',
    allow: keepers,
    clauses: ['S9', 'S19'],
    status: 201,
  })
    .input(z.object({ title: text(200).min(1), snapshotId: z.uuid() }))
    .output(id)
    .errors({ UNKNOWN_SNAPSHOT: refusal(404) }),

  answerItem: put('/assessments/{id}/items/{item}/answer', {
    summary: 'Answer one item',
    allow: keepers,
    clauses: ['S9', 'S19'],
  })
    .input(id.extend({ item: z.string().max(80), version: z.int().min(0), answer: text(4000).min(1) }))
    .output(z.object({ version: z.int() }))
    .errors({
      ...unknown,
      ...unknownItem,
      ...closed,
      CHANGED_MEANWHILE: refusal(409, z.object({ version: z.int() })),
    }),

  addEvidence: post('/assessments/{id}/items/{item}/evidence', {
    summary: 'File a piece of evidence for an item',
    description: 'As a form with the fields `title` and `file`; at most 20 MB.',
    allow: keepers,
    clauses: ['S9', 'S19'],
    status: 201,
  })
    .input(id.extend({ item: z.string().max(80), title: text(200).min(1), file: z.instanceof(File) }))
    .output(Evidence)
    .errors({
      ...unknown,
      ...unknownItem,
      ...closed,
      FILE_REFUSED: refusal(
        422,
        z.object({
          reason: z.enum(['empty', 'tooLarge', 'lyingName', 'unknownType', 'unreadable', 'harmful']),
        }),
      ),
    }),

  removeEvidence: del('/assessments/{id}/evidence/{evidence}', {
    summary: 'Take a piece of evidence back, with the reason; it stays in the history',
    allow: keepers,
    clauses: ['S9', 'S19'],
  })
    .input(id.extend({ evidence: z.uuid(), reason: text(500).min(2) }))
    .output(z.object({ removed: z.boolean() }))
    .errors({ ...unknown, ...closed, UNKNOWN_EVIDENCE: refusal(404) }),

  evidenceFile: get('/assessments/{id}/evidence/{evidence}/file', {
    summary: 'The file of a piece of evidence',
    allow: readers,
    clauses: ['S9', 'S19'],
  })
    .input(id.extend({ evidence: z.uuid() }))
    .output(download)
    .errors({ ...unknown, UNKNOWN_EVIDENCE: refusal(404) }),

  pack: get('/assessments/{id}/pack', {
    summary: 'One zip that opens offline: an index, the figures, the evidence, and the hash of every file',
    allow: readers,
    clauses: ['S9', 'S19'],
  })
    .input(id)
    .output(download)
    .errors(unknown),

  closeAssessment: post('/assessments/{id}/closing', {
    summary: 'Close the self-assessment: the pack is stored and committed to in the ledger',
    allow: only('statistician'),
    clauses: ['S9', 'S19'],
  })
    .input(id.extend({ version: z.int() }))
    .output(z.object({ sha256: z.string(), entryId: z.string() }))
    .errors({ ...unknown, ...closed, CHANGED_MEANWHILE: refusal(409, z.object({ version: z.int() })) }),
}
