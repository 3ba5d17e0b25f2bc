import { implementation } from '#platform/api.ts'
import { contentTypeOf, type FileType } from '#platform/file-types.ts'
import { recordAudit } from '../ledger/public.ts'
import { type FileFault, judgeFile } from '../matters/attachment.rules.ts'
import { plan } from './contract.ts'
import type { Seats } from './duty.rules.ts'
import { byWhom } from './reader.ts'
import { findEvidence, findOneEvidence, insertEvidence, insertReport } from './report.store.ts'
import { heldTask, mayDo } from './task.api.ts'
import { updateTask, type TaskRecord } from './task.store.ts'
import { showEvidence } from './task.view.ts'

const os = implementation(plan)

const LARGEST_EVIDENCE_BYTES = 20 * 1024 * 1024

/** What proves that something was done: documents, sheets and pictures, nothing that runs. */
const PROOFS: readonly FileType[] = ['pdf', 'png', 'jpeg', 'webp', 'docx', 'xlsx', 'pptx', 'text']

type Refused = 'empty' | 'tooLarge' | 'kind' | 'name' | 'unreadable' | 'harmful'

const WORDED: Readonly<Record<FileFault, Refused>> = {
  empty: 'empty',
  'too-large': 'tooLarge',
  'name-lies': 'name',
  'not-accepted': 'kind',
  damaged: 'unreadable',
  encrypted: 'unreadable',
  'expands-too-far': 'harmful',
  'carries-script': 'harmful',
  'carries-program': 'harmful',
  'carries-macro': 'harmful',
}

async function readProof(
  file: File,
): Promise<{ bytes: Uint8Array; mediaType: string } | { refused: Refused }> {
  if (file.size > LARGEST_EVIDENCE_BYTES) return { refused: 'tooLarge' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const limits = { accepts: PROOFS.map(contentTypeOf), maxBytes: LARGEST_EVIDENCE_BYTES }
  const judged = judgeFile(file.name, bytes, limits)
  return judged.ok ? { bytes, mediaType: judged.mediaType } : { refused: WORDED[judged.reason] }
}

const addEvidence = os.addEvidence.handler(async ({ input: { code, title, file }, context, errors }) => {
  const proof = await readProof(file)
  if ('refused' in proof) throw errors.FILE_REFUSED({ data: { why: proof.refused } })
  // Stored before the transaction: a file nobody refers to costs a little room, a reference without its file costs proof.
  const { hash, size } = await context.files.put(proof.bytes, { maxBytes: LARGEST_EVIDENCE_BYTES })
  return context.write(async (tx) => {
    const { task, seats } = await heldTask(tx, context, code, errors)
    if (task.state !== 'active') throw errors.WRONG_STATE({ data: { state: task.state } })
    if (!mayDo('report', task, context, seats)) throw errors.FORBIDDEN()
    const { by, byId } = byWhom(context.actor)
    const evidence = await insertEvidence(tx, {
      taskId: task.id,
      title,
      fileHash: hash,
      fileName: file.name.slice(0, 200),
      contentType: proof.mediaType,
      bytes: size,
      addedBy: by,
      addedById: byId,
      addedAt: context.now,
    })
    await recordAudit(tx, context, {
      action: 'plan.evidence-added',
      subject: { kind: 'planTask', id: task.id },
      detail: { code, hash },
    })
    return showEvidence(evidence)
  })
})

const evidence = os.evidence.handler(async ({ input: { id }, context, errors }) => {
  const found = await findOneEvidence(context.db, id)
  if (found === undefined) throw errors.UNKNOWN_EVIDENCE()
  const bytes = await context.files.read(found.fileHash)
  return new File([new Uint8Array(bytes)], found.fileName, { type: found.contentType })
})

const report = os.report.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { code, version, percent, done, obstacles } = input
    const { task, seats } = await heldTask(tx, context, code, errors)
    if (task.state !== 'active') throw errors.WRONG_STATE({ data: { state: task.state } })
    if (!mayDo('report', task, context, seats)) throw errors.FORBIDDEN()
    if (task.version !== version) throw errors.CHANGED({ data: { version: task.version } })
    const proofs = await findEvidence(tx, task.id)
    // Whoever says that all is done shows something for it.
    if (percent === 100 && proofs.length === 0) throw errors.NO_EVIDENCE()
    const { by, byId } = byWhom(context.actor)
    const filed = await insertReport(tx, {
      taskId: task.id,
      percent,
      done,
      obstacles,
      reportedBy: by,
      reportedById: byId,
      unit: unitReporting(task, seats, context.zone.governance.leadingGroup.office),
      reportedOn: context.today,
      recordedAt: context.now,
    })
    const next = await updateTask(tx, task, { percent })
    await recordAudit(tx, context, {
      action: 'plan.progress-reported',
      subject: { kind: 'planTask', id: task.id },
      detail: { code, percent, evidence: filed.evidence },
    })
    return { id: filed.id, version: next }
  }),
)

/** For which unit the caller reports: the leading one if they sit there, else the first of theirs; the office for others. */
function unitReporting({ unit, units }: TaskRecord, seats: Seats, office: string): string {
  if (unit !== null && seats.has(unit)) return unit
  return units.find((one) => seats.has(one)) ?? office
}

export const reportApi = { addEvidence, evidence, report }
