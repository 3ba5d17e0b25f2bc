import { createHash } from 'node:crypto'
import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { contentTypeOf, type FileType } from '#platform/file-types.ts'
import { recordAudit, recordOpenEntry } from '../ledger/public.ts'
import { type FileFault, judgeFile } from '../matters/attachment.rules.ts'
import { snapshotRows } from '../statistics/public.ts'
import { hasItem } from './assessment.rules.ts'
import {
  type AssessmentRow,
  closeAssessment,
  findAssessment,
  findEvidence,
  insertAssessment,
  insertEvidence,
  listAssessments,
  lockAssessment,
  putAnswer,
  removeEvidence,
  touchAssessment,
} from './assessment.store.ts'
import { assessmentView, evidenceView, summarise } from './assessment.view.ts'
import { reports } from './contract.ts'
import { packAssessment } from './pack.ts'

const os = implementation(reports)
const LARGEST_EVIDENCE = 20 * 1024 * 1024
const LARGEST_PACK = 512 * 1024 * 1024

const accountOf = ({ actor }: Context) => {
  if (actor.kind !== 'account') throw new BrokenInvariant('an assessment is written by somebody')
  return actor.accountId
}

interface OpenRefusals {
  UNKNOWN_ASSESSMENT: () => Error
  ASSESSMENT_CLOSED: () => Error
}

async function openAssessment(tx: Tx, id: string, errors: OpenRefusals): Promise<AssessmentRow> {
  const row = await lockAssessment(tx, id)
  if (row === undefined) throw errors.UNKNOWN_ASSESSMENT()
  if (row.closedAt !== null) throw errors.ASSESSMENT_CLOSED()
  return row
}

const audited = (tx: Tx, context: Context, action: string, id: string, detail: Record<string, string>) =>
  recordAudit(tx, context, { action, subject: { kind: 'self-assessment', id }, detail })

const assessments = os.assessments.handler(async ({ context }) => {
  const items = await summarise(context.db, context.zone, await listAssessments(context.db))
  return { total: items.length, items }
})

const assessment = os.assessment.handler(async ({ input: { id, language }, context, errors }) => {
  const row = await findAssessment(context.db, id)
  const view = row && (await assessmentView(context.db, context.zone, row, language))
  if (view === undefined) throw errors.UNKNOWN_ASSESSMENT()
  return view
})

const beginAssessment = os.beginAssessment.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const snapshot = (await snapshotRows(tx)).find(({ id }) => id === input.snapshotId)
    if (snapshot === undefined) throw errors.UNKNOWN_SNAPSHOT()
    const { assessment: criteria, version: zoneVersion } = context.zone
    const made = { createdBy: accountOf(context), createdAt: context.now }
    const id = await insertAssessment(tx, { ...input, criteria, zoneVersion, ...made })
    await audited(tx, context, 'self-assessment.begun', id, {
      snapshot: snapshot.id,
      criteria: criteria.version,
    })
    return { id }
  }),
)

const answerItem = os.answerItem.handler(({ input: { id, item, version, answer }, context, errors }) =>
  context.write(async (tx) => {
    const row = await openAssessment(tx, id, errors)
    if (!hasItem(row.criteria, item)) throw errors.UNKNOWN_ITEM({ data: { item } })
    const given = { assessmentId: id, item, answer, writtenBy: accountOf(context), writtenAt: context.now }
    const put = await putAnswer(tx, given, version)
    if (!put.written) throw errors.CHANGED_MEANWHILE({ data: { version: put.version } })
    await touchAssessment(tx, id)
    await audited(tx, context, 'self-assessment.answered', id, { item })
    return { version: put.version }
  }),
)

/** What may be kept as evidence: documents, pictures and tables that open without running anything. */
const EVIDENCE_TYPES: readonly FileType[] = ['pdf', 'png', 'jpeg', 'webp', 'docx', 'xlsx', 'pptx', 'text']

const REFUSED_AS = {
  empty: 'empty',
  'too-large': 'tooLarge',
  'name-lies': 'lyingName',
  'not-accepted': 'unknownType',
  damaged: 'unreadable',
  encrypted: 'unreadable',
  'expands-too-far': 'harmful',
  'carries-script': 'harmful',
  'carries-program': 'harmful',
  'carries-macro': 'harmful',
} as const satisfies Record<FileFault, string>

const addEvidence = os.addEvidence.handler(async ({ input: { id, item, title, file }, context, errors }) => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const limits = { accepts: EVIDENCE_TYPES.map(contentTypeOf), maxBytes: LARGEST_EVIDENCE }
  const judged = judgeFile(file.name, bytes, limits)
  if (!judged.ok) throw errors.FILE_REFUSED({ data: { reason: REFUSED_AS[judged.reason] } })
  const { hash, size } = await context.files.put(bytes, { maxBytes: LARGEST_EVIDENCE })
  return context.write(async (tx) => {
    const row = await openAssessment(tx, id, errors)
    if (!hasItem(row.criteria, item)) throw errors.UNKNOWN_ITEM({ data: { item } })
    const filed = await insertEvidence(tx, {
      assessmentId: id,
      item,
      title,
      fileName: file.name.slice(-255),
      fileHash: hash,
      mediaType: judged.mediaType,
      bytes: size,
      addedBy: accountOf(context),
      addedAt: context.now,
    })
    await touchAssessment(tx, id)
    await audited(tx, context, 'self-assessment.evidence-filed', id, { item, file: hash })
    return evidenceView(id, filed)
  })
})

const remove = os.removeEvidence.handler(({ input: { id, evidence, reason }, context, errors }) =>
  context.write(async (tx) => {
    await openAssessment(tx, id, errors)
    const removal = { removedBy: accountOf(context), removedAt: context.now, removedBecause: reason }
    if (!(await removeEvidence(tx, { assessmentId: id, id: evidence }, removal)))
      throw errors.UNKNOWN_EVIDENCE()
    await touchAssessment(tx, id)
    await audited(tx, context, 'self-assessment.evidence-taken-back', id, { evidence, reason })
    return { removed: true }
  }),
)

const evidenceFile = os.evidenceFile.handler(async ({ input: { id, evidence }, context, errors }) => {
  if ((await findAssessment(context.db, id)) === undefined) throw errors.UNKNOWN_ASSESSMENT()
  const found = (await findEvidence(context.db, [id])).find((one) => one.id === evidence)
  if (found === undefined) throw errors.UNKNOWN_EVIDENCE()
  const content = await context.files.read(found.fileHash)
  return new File([new Uint8Array(content)], found.fileName, { type: found.mediaType })
})

/** A closed assessment hands out the pack that the ledger committed to; an open one, how things stand. */
const pack = os.pack.handler(async ({ input: { id }, context, errors }) => {
  const row = await findAssessment(context.db, id)
  if (row === undefined) throw errors.UNKNOWN_ASSESSMENT()
  const bytes =
    row.packHash === null
      ? await packOf(context, row)
      : new Uint8Array(await context.files.read(row.packHash))
  return new File([new Uint8Array(bytes)], `self-assessment-${id}.zip`, { type: 'application/zip' })
})

async function packOf(context: Context, row: AssessmentRow): Promise<Uint8Array> {
  const view = await assessmentView(context.db, context.zone, row, 'zh')
  if (view === undefined) throw new BrokenInvariant(`self-assessment ${row.id} has no snapshot`)
  return packAssessment(view, context.files)
}

const close = os.closeAssessment.handler(async ({ input: { id, version }, context, errors }) => {
  const seen = await findAssessment(context.db, id)
  if (seen === undefined) throw errors.UNKNOWN_ASSESSMENT()
  if (seen.closedAt !== null) throw errors.ASSESSMENT_CLOSED()
  const bytes = await packOf(context, seen)
  const { hash } = await context.files.put(bytes, { maxBytes: LARGEST_PACK })
  return context.write(async (tx) => {
    const row = await openAssessment(tx, id, errors)
    if (row.version !== version || seen.version !== version)
      throw errors.CHANGED_MEANWHILE({ data: { version: row.version } })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const entryId = await recordOpenEntry(tx, context, {
      kind: 'publication',
      action: 'self-assessment.closed',
      subject: { kind: 'self-assessment', id },
      document: { sha256, mediaType: 'application/zip', title: row.title },
      detail: { snapshot: row.snapshotId, criteria: row.criteria.version },
    })
    const closing = { closedBy: accountOf(context), closedAt: context.now, packHash: hash, entryId }
    await closeAssessment(tx, id, closing)
    await audited(tx, context, 'self-assessment.closed', id, { pack: sha256 })
    return { sha256, entryId }
  })
})

export const assessmentHandlers = {
  assessments,
  assessment,
  beginAssessment,
  answerItem,
  addEvidence,
  removeEvidence: remove,
  evidenceFile,
  pack,
  closeAssessment: close,
}
