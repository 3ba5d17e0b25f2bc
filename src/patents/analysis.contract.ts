import { z } from 'zod'
import {
  anyone,
  del,
  download,
  get,
  pageInput,
  post,
  put,
  refusal,
  signedIn,
  text,
} from '#platform/contract.ts'
import { CellDraft, DIFFERENCES, MOST_CELLS, PANELS, SCOPES, SHARES } from './analysis.rules.ts'
import { Basis, Document, Landscape, landscapeRefusals } from './landscape.contract.ts'
import { LandscapeFilter } from './landscape-filter.rules.ts'

const clauses = ['S127', 'S98']
const moment = z.iso.datetime({ offset: true })
const id = z.uuid()
const version = z.int().min(1)
const name = text(200).min(1)
const cells = z.array(CellDraft).min(1).max(MOST_CELLS)

const Cell = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('note'), text: z.string() }),
  z.object({
    id,
    kind: z.literal('question'),
    title: z.string(),
    filter: LandscapeFilter,
    panels: z.array(z.enum(PANELS)),
    landscape: Landscape.describe('The figures as they were counted on the basis of the analysis.'),
  }),
])

const Summary = z.object({
  id,
  name: z.string(),
  share: z.enum(SHARES),
  organisation: z.object({ id, name: z.string() }).nullable(),
  by: z.string().nullable().describe('The name of its owner, for colleagues and for staff.'),
  mine: z.boolean(),
  basis: Basis,
  copiedFrom: id.nullable(),
  version,
  createdAt: moment,
  changedAt: moment,
  deletedAt: moment.nullable(),
})

export const Analysis = Summary.extend({
  cells: z.array(Cell),
  mayRetract: z.boolean().describe('Staff may take a public one out of the public.'),
  organisations: z
    .array(z.object({ id, name: z.string() }))
    .describe('With which the reader may share it; for its owner.'),
  mayShareWithStaff: z.boolean(),
})

const Moved = z.object({
  panel: z.enum(['total', ...PANELS]),
  key: z.string(),
  mark: LandscapeFilter.describe('The condition of the figure, beside those of the question.'),
  before: z.int(),
  after: z.int(),
})

const unknown = { UNKNOWN_ANALYSIS: refusal(404) }
const changing = {
  ...unknown,
  NOT_YOURS: refusal(403),
  CHANGED: refusal(409, z.object({ version })),
}
const one = z.object({ id })
const cellOf = { UNKNOWN_CELL: refusal(404) }

export const analyses = {
  list: get('/analyses', {
    summary: 'Saved analyses: one’s own, those shared with one, and those that are public',
    allow: anyone,
    clauses,
  })
    .input(z.object({ scope: z.enum(SCOPES).default('public'), ...pageInput.shape }))
    .output(
      z.object({
        total: z.int(),
        scopes: z.record(z.enum(SCOPES), z.int()),
        items: z.array(Summary.extend({ questions: z.int() })),
        next: z.string().nullable(),
      }),
    )
    .errors({ INVALID_CURSOR: refusal(400) }),

  get: get('/analyses/{id}', {
    summary: 'A saved analysis with its figures as they were counted',
    allow: anyone,
    clauses,
  })
    .input(one)
    .output(Analysis)
    .errors(unknown),

  create: post('/analyses', {
    summary: 'Save questions and notes with the state of the data of this moment',
    allow: signedIn,
    clauses,
    status: 201,
  })
    .input(z.object({ name, cells }))
    .output(Analysis)
    .errors({ ...landscapeRefusals, TOO_MANY: refusal(409, z.object({ most: z.int() })) }),

  save: put('/analyses/{id}', {
    summary:
      'Rename it, and add, change, order or remove its cells; new questions are counted on its own basis',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ id, version, name, cells }))
    .output(Analysis)
    .errors({ ...changing, ...landscapeRefusals }),

  share: put('/analyses/{id}/share', {
    summary: 'Say who may read it by its link',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ id, version, share: z.enum(SHARES), organisationId: id.optional() }))
    .output(Analysis)
    .errors({ ...changing, NOT_A_MEMBER: refusal(403), NOT_STAFF: refusal(403) }),

  copy: post('/analyses/{id}/copy', {
    summary: 'A copy of one’s own, on the same state of the data or on today’s',
    allow: signedIn,
    clauses,
    status: 201,
  })
    .input(z.object({ id, name, on: z.enum(['same', 'today']).default('same') }))
    .output(Analysis)
    .errors({ ...unknown, ...landscapeRefusals, TOO_MANY: refusal(409, z.object({ most: z.int() })) }),

  remove: del('/analyses/{id}', {
    summary: 'Delete it; its owner can take that back',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ id, version }))
    .output(Analysis)
    .errors(changing),

  restore: post('/analyses/{id}/restore', {
    summary: 'Take a deletion back',
    allow: signedIn,
    clauses,
  })
    .input(one)
    .output(Analysis)
    .errors(unknown),

  rerun: get('/analyses/{id}/rerun', {
    summary:
      'Count every question again on the same state of the data, and say whether the figures are the same',
    allow: anyone,
    clauses,
  })
    .input(one)
    .output(
      z.object({
        basis: Basis,
        at: moment,
        identical: z.boolean(),
        figures: z.int(),
        cells: z.array(
          z.object({ cell: id, figures: z.int(), identical: z.boolean(), moved: z.array(Moved) }),
        ),
      }),
    )
    .errors({ ...unknown, ...landscapeRefusals }),

  today: get('/analyses/{id}/today', {
    summary:
      'Count every question on today’s data: which figures moved, and which documents came, left or changed',
    allow: anyone,
    clauses,
  })
    .input(one)
    .output(
      z.object({
        before: Basis,
        after: Basis,
        to: z.string().describe('Names today’s state of the data; pass it to the lists of differences.'),
        cells: z.array(
          z.object({
            cell: id,
            before: z.int(),
            after: z.int(),
            documents: z.record(z.enum(DIFFERENCES), z.int()),
            moved: z.array(Moved),
          }),
        ),
      }),
    )
    .errors({ ...unknown, ...landscapeRefusals }),

  documents: get('/analyses/{id}/documents', {
    summary: 'The documents that a figure of a saved analysis counts, as they were known to it',
    allow: anyone,
    clauses,
  })
    .input(LandscapeFilter.extend({ id, cell: id, ...pageInput.shape }))
    .output(z.object({ basis: Basis, total: z.int(), items: z.array(Document), next: z.string().nullable() }))
    .errors({ ...unknown, ...cellOf, ...landscapeRefusals, INVALID_CURSOR: refusal(400) }),

  differences: get('/analyses/{id}/differences', {
    summary: 'The documents that came, left or changed between a saved analysis and today',
    allow: anyone,
    clauses,
  })
    .input(
      LandscapeFilter.extend({
        id,
        cell: id,
        difference: z.enum(DIFFERENCES),
        to: z.string().max(100).optional(),
        ...pageInput.shape,
      }),
    )
    .output(
      z.object({
        before: Basis,
        after: Basis,
        to: z.string(),
        counts: z.record(z.enum(DIFFERENCES), z.int()),
        total: z.int(),
        items: z.array(
          z.object({
            publicationNumber: z.string(),
            title: z.string(),
            titleEn: z.string(),
            status: z.string(),
            facts: z
              .array(
                z.object({
                  fact: z.string(),
                  before: z.string().nullable(),
                  after: z.string().nullable(),
                }),
              )
              .describe('Of a document that changed: what is different in it.'),
          }),
        ),
        next: z.string().nullable(),
      }),
    )
    .errors({
      ...unknown,
      ...cellOf,
      ...landscapeRefusals,
      INVALID_CURSOR: refusal(400),
      UNKNOWN_STATE: refusal(400),
    }),

  csv: get('/analyses/{id}/figures.csv', {
    summary: 'Every figure of a saved analysis as CSV',
    allow: anyone,
    clauses: [...clauses, 'S150'],
  })
    .input(one)
    .output(download)
    .errors(unknown),
}
