import { implementation, type Context } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { findParty } from '../parties/public.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { draftHead, draftView, newDraftView, receiptOf, receiptView } from './draft-view.ts'
import {
  discardDraft,
  insertDraft,
  listDrafts,
  lockDraft,
  markSubmitted,
  MOST_DRAFTS,
  saveDraft,
} from './draft.store.ts'
import {
  applicantOf,
  changedElsewhere,
  checkSize,
  checkStation,
  counterOf,
  faultsOf,
  findingsOf,
  materialsOf,
  needReady,
  needUnsubmitted,
  ownDraft,
  startable,
} from './drafting.ts'
import { fileMatter, findRoute } from './filing.ts'
import type { Answers } from './form.rules.ts'
import { insertMaterial, listMaterials, withdrawMaterial } from './material.store.ts'
import { materialView, takeFile } from './materials.ts'
import { findMatterOf } from './matter.store.ts'
import { cursorOf, personOf, placeOf } from './opening.ts'
import { refused } from './refused.ts'

const os = implementation(matters)

/** Undoes a second submission of one draft. */
class FiledAlready extends Error {
  override name = 'FiledAlready'
}

export const draftApi = (procedures: Procedures) => ({
  openDraft: os.openDraft.handler(async ({ input, context }) => {
    const procedure = startable(procedures, input.procedure, context, input.counter !== undefined)
    const { accountId, organisationIds } = personOf(context)
    const { organisationId, station, answers = {} } = input
    checkSize(answers)
    checkStation(context, station)
    const counter = await counterOf(context, station, input.counter)
    // At a counter the form itself says for which organisation: staff are no members of it.
    if (
      organisationId === undefined &&
      procedure.onBehalfOf === 'organisation' &&
      counter.counterName === null
    )
      throw refused('ORGANISATION_NEEDED', 422)
    if (organisationId !== undefined && procedure.onBehalfOf === 'person') throw refused('PERSON_NEEDED', 422)
    if (organisationId !== undefined && !organisationIds.includes(organisationId))
      throw refused('NOT_YOUR_ORGANISATION', 403, { organisationId })
    const party = organisationId === undefined ? undefined : await findParty(context.db, organisationId)
    const draft = await insertDraft(context.db, {
      procedureCode: procedure.code,
      accountId,
      organisationId: organisationId ?? null,
      organisationName: organisationId === undefined ? null : (party?.name ?? organisationId),
      stationCode: station ?? null,
      ...counter,
      answers,
      at: context.now,
    })
    if (draft === undefined) throw refused('TOO_MANY_DRAFTS', 409, { limit: MOST_DRAFTS })
    return newDraftView(procedures, draft)
  }),

  drafts: os.drafts.handler(async ({ input: { procedure, cursor, limit }, context }) => {
    const { accountId } = personOf(context)
    const after = placeOf(cursor, true)
    const { total, items } = await listDrafts(context.db, { accountId, procedure, after, limit })
    const last = items.length < limit ? undefined : items.at(-1)
    return {
      total,
      items: items.map((row) => draftHead(procedures, row, null)),
      next: last === undefined ? null : cursorOf({ key: last.place, id: last.id }),
    }
  }),

  draft: os.draft.handler(async ({ input: { id }, context }) =>
    draftView(context, procedures, await ownDraft(context, id)),
  ),

  saveDraft: os.saveDraft.handler(async ({ input: { id, version, answers, station }, context }) => {
    checkSize(answers)
    checkStation(context, station ?? undefined)
    const { accountId } = personOf(context)
    const saved = await saveDraft(context.db, {
      id,
      accountId,
      version,
      answers,
      stationCode: station,
      at: context.now,
    })
    // Asked only when nothing was saved: people type more often than two devices meet.
    if (saved === undefined) {
      await needUnsubmitted(context, await ownDraft(context, id))
      throw await changedElsewhere(context, procedures, id)
    }
    return { version: saved.version, savedAt: saved.savedAt.toISOString() }
  }),

  discardDraft: os.discardDraft.handler(async ({ input: { id }, context }) => {
    await needUnsubmitted(context, await ownDraft(context, id))
    await discardDraft(context.db, id, personOf(context).accountId, context.now)
    return { discarded: true as const }
  }),

  completeness: os.completeness.handler(async ({ input: { id }, context, errors }) => {
    const draft = await ownDraft(context, id)
    const procedure = procedures.get(draft.procedureCode)
    if (procedure === undefined) throw errors.UNKNOWN_DRAFT({ data: { id } })
    const faults = faultsOf(context, procedure, draft, await materialsOf(context.db, procedure, id))
    const findings = faults.length > 0 ? [] : await findingsOf(context.db, context, procedure, draft)
    // What asks for an explanation is answered with the submission.
    const ready = faults.length === 0 && !findings.some(({ severity }) => severity === 'refuse')
    return { faults, findings: [...findings], ready }
  }),

  attachToDraft: os.attachToDraft.handler(async ({ input: { id, code, file }, context, errors }) => {
    const draft = await ownDraft(context, id)
    await needUnsubmitted(context, draft)
    const procedure = procedures.get(draft.procedureCode)
    if (procedure === undefined) throw errors.UNKNOWN_DRAFT({ data: { id } })
    const taken = await takeFile(context, procedure, {
      code,
      file,
      present: await listMaterials(context.db, { draftId: id }),
    })
    return context.write(async (tx) => {
      const locked = await lockDraft(tx, id, personOf(context).accountId)
      if (locked === undefined) throw errors.UNKNOWN_DRAFT({ data: { id } })
      if (locked.submittedAt !== null) throw errors.DRAFT_CLOSED({ data: { number: null } })
      const row = await insertMaterial(tx, { ...taken, draftId: id, matterId: null })
      await audit(tx, context, 'matter.material-added', row.id, { code, sha256: row.fileHash })
      return materialView(row)
    })
  }),

  removeFromDraft: os.removeFromDraft.handler(async ({ input: { id, materialId }, context, errors }) => {
    await needUnsubmitted(context, await ownDraft(context, id))
    return context.write(async (tx) => {
      if (!(await withdrawMaterial(tx, materialId, id, context.now)))
        throw errors.UNKNOWN_FILE({ data: { id: materialId } })
      await audit(tx, context, 'matter.material-withdrawn', materialId, {})
      return { withdrawn: true as const }
    })
  }),

  submit: os.submit.handler(async ({ input: { id, version, explanations = {} }, context }) => {
    const write = context.write(async (tx) => {
      const draft = await lockDraft(tx, id, personOf(context).accountId)
      if (draft === undefined) throw refused('UNKNOWN_DRAFT', 404, { id })
      // Somebody clicked twice: nothing may be written, and the first receipt is given again.
      if (draft.submittedAt !== null) throw new FiledAlready()
      const procedure = startable(procedures, draft.procedureCode, context, draft.counterName !== null)
      const { organisationIds } = personOf(context)
      if (draft.organisationId !== null && !organisationIds.includes(draft.organisationId))
        throw refused('NOT_YOUR_ORGANISATION', 403, { organisationId: draft.organisationId })
      if (draft.version !== version) throw await changedElsewhere({ ...context, db: tx }, procedures, id)
      const route = await findRoute({ ...context, db: tx }, procedure, {
        station: draft.stationCode ?? undefined,
      })
      const every = await materialsOf(tx, procedure, id, { all: true })
      const materials = every.filter(({ withdrawnAt }) => withdrawnAt === null)
      await needReady(tx, context, procedure, draft, { explanations, materials })
      const filed = await fileMatter(tx, context, {
        procedure,
        answers: draft.answers as Answers,
        applicant: applicantOf(context, draft),
        route,
        draftId: id,
        cause: null,
        explanations,
        hasMaterials: every.length > 0,
      })
      await markSubmitted(tx, id, context.now)
      return receiptView(context, procedures, { ...filed, materials, issuedAt: context.now })
    })
    return write.catch((error: unknown) => {
      if (error instanceof FiledAlready) return filedBefore(context, procedures, id)
      throw error
    })
  }),
})

const filedBefore = async (context: Context, procedures: Procedures, draftId: string) =>
  receiptOf(context, procedures, (await findMatterOf(context.db, { draftId }))!)

const audit = (
  tx: Parameters<typeof recordAudit>[0],
  context: Context,
  action: string,
  id: string,
  detail: Record<string, string>,
) => recordAudit(tx, context, { action, subject: { kind: 'matter-material', id }, detail })
