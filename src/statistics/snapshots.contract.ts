import { z } from 'zod'
import { anyone, day, get, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { STATISTICS_KEEPERS } from './access.rules.ts'
import {
  code,
  Confidentiality,
  invalidCursor,
  notYet,
  PartNames,
  RecordList,
  SnapshotReference,
  Suppressed,
  Unit,
  unknownIndicator,
  Verdict,
  Words,
} from './figures.contract.ts'

const SnapshotFigure = z.object({
  code: z.string(),
  names: Words,
  revision: z.int(),
  definitionVersion: z.int(),
  value: z.number().nullable(),
  suppressed: Suppressed.nullable(),
  unit: Unit,
  operator: z.string().nullable(),
  target: z.number().nullable(),
  verdict: Verdict,
  confidentiality: Confidentiality,
  digest: z.string(),
  /** Null for readers who may not see the records: with it a short list could be guessed from the digest. */
  salt: z.string().nullable(),
  parts: z.array(
    z.object({
      part: PartNames,
      kind: z.string(),
      value: z.number().nullable(),
      total: z.int().nullable(),
      digest: z.string(),
    }),
  ),
  recordsUrl: z.string(),
})

const Restatement = z.object({
  id: z.string(),
  snapshotId: z.string(),
  asOf: day,
  code: z.string(),
  names: Words,
  unit: Unit,
  oldValue: z.number().nullable(),
  newValue: z.number().nullable(),
  suppressed: z.boolean(),
  cause: z.string(),
  added: z.int().nullable(),
  removed: z.int().nullable(),
  changed: z.int().nullable(),
  oldDigest: z.string(),
  newDigest: z.string(),
  entryId: z.string(),
  madeAt: z.string(),
})

const SnapshotSummary = SnapshotReference.extend({
  takenAt: z.string(),
  zoneVersion: z.string(),
  figures: z.int(),
  restatements: z.int(),
  entryId: z.string(),
})

const Snapshot = SnapshotSummary.extend({
  items: z.array(SnapshotFigure),
  restated: z.array(Restatement),
})

const Difference = z.object({
  code: z.string(),
  names: Words,
  unit: Unit,
  frozenValue: z.number().nullable(),
  liveValue: z.number().nullable(),
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
  /** The definition has changed since: the difference is then no correction of records. */
  redefined: z.boolean(),
  records: z.array(
    z.object({
      part: PartNames,
      change: z.enum(['added', 'removed', 'changed']),
      id: z.string(),
      label: z.string(),
    }),
  ),
})

const keepers = only(...STATISTICS_KEEPERS)
const statistician = only('statistician')
const unknownSnapshot = { UNKNOWN_SNAPSHOT: refusal(404) }

export const snapshots = {
  snapshots: get('/snapshots', {
    summary: 'Frozen snapshots, latest first',
    allow: anyone,
    clauses: ['S98', 'S198'],
  }).output(z.object({ total: z.int(), items: z.array(SnapshotSummary) })),

  snapshot: get('/snapshots/{id}', {
    summary: 'One snapshot as frozen, with its restatements',
    allow: anyone,
    clauses: ['S98', 'S198'],
  })
    .input(z.object({ id: z.uuid() }))
    .output(Snapshot)
    .errors(unknownSnapshot),

  snapshotRecords: get('/snapshots/{id}/figures/{code}/records', {
    summary: 'The records a frozen figure counts',
    allow: anyone,
    clauses: ['S98', 'S198'],
  })
    .input(
      z.object({
        id: z.uuid(),
        code,
        part: PartNames.optional(),
        revision: z.coerce.number().int().min(0).optional(),
        ...pageInput.shape,
      }),
    )
    .output(RecordList)
    .errors({ ...unknownSnapshot, ...unknownIndicator, ...invalidCursor }),

  takeSnapshot: post('/snapshots', {
    summary: 'Freeze figures on a day',
    allow: statistician,
    clauses: ['S98', 'S198'],
    status: 201,
  })
    .input(z.object({ asOf: day, title: text(200).min(1), codes: z.array(code).min(1).max(500).optional() }))
    .output(Snapshot)
    .errors({ ...unknownIndicator, ...notYet }),

  differences: get('/snapshots/{id}/differences', {
    summary: 'What would change if the snapshot were taken today',
    allow: keepers,
    clauses: ['S98', 'S198'],
  })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ items: z.array(Difference) }))
    .errors(unknownSnapshot),

  restate: post('/snapshots/{id}/restatements', {
    summary: 'Restate a published figure, with its cause',
    allow: statistician,
    clauses: ['S98', 'S198'],
    status: 201,
  })
    .input(z.object({ id: z.uuid(), code, cause: text(2000).min(1) }))
    .output(Restatement)
    .errors({ ...unknownSnapshot, ...unknownIndicator, NOTHING_CHANGED: refusal(409) }),

  restatements: get('/restatements', {
    summary: 'Every restatement of a published figure, latest first',
    allow: anyone,
    clauses: ['S98', 'S198'],
  }).output(z.object({ total: z.int(), items: z.array(Restatement) })),
}
