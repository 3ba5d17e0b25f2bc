import { implementation, type Context } from '#platform/api.ts'
import type { Db } from '#platform/database.ts'
import { authorise } from '../identity/access.rules.ts'
import { listStationsOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { findParty } from '../parties/public.ts'
import { findFaults, settledAnswers } from './answers.rules.ts'
import { listClocks } from './clock.store.ts'
import { matters } from './contract.ts'
import type { Finding, Matter, Procedure, Procedures } from './define.ts'
import {
  discardDraft,
  findDraft,
  insertDraft,
  listDrafts,
  lockDraft,
  markSubmitted,
  MOST_DRAFTS,
  saveDraft,
  type DraftRow,
} from './draft.store.ts'
import { fileMatter, findRoute } from './filing.ts'
import type { Answers } from './form.rules.ts'
import { insertMaterial, listMaterials, withdrawMaterial } from './material.store.ts'
import { materialView, takeFile } from './materials.ts'
import { findMatterOf, listReceipts, type MatterRow } from './matter.store.ts'
import { cursorOf, personOf, placeOf } from './opening.ts'
import { isInForce, isStartedByNobody, named } from './procedure-view.ts'
import { isRequired } from './procedure.rules.ts'
import { refused } from './refused.ts'
import { nameOf } from './telling.ts'
import { findAccountByEmail } from './staff.store.ts'

const os = implementation(matters)
const MOST_BYTES = 512 * 1024

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
    return viewOf(context, procedures, draft)
  }),

  drafts: os.drafts.handler(async ({ input: { procedure, cursor, limit }, context }) => {
    const { accountId } = personOf(context)
    const after = placeOf(cursor, true)
    const { total, items } = await listDrafts(context.db, { accountId, procedure, after, limit })
    const last = items.length < limit ? undefined : items.at(-1)
    return {
      total,
      items: items.map((row) => headOf(procedures, row, null)),
      next: last === undefined ? null : cursorOf({ key: last.place, id: last.id }),
    }
  }),

  draft: os.draft.handler(async ({ input: { id }, context }) =>
    viewOf(context, procedures, await own(context, id)),
  ),

  saveDraft: os.saveDraft.handler(async ({ input: { id, version, answers, station }, context }) => {
    const draft = await own(context, id)
    await needUnsubmitted(context, draft)
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
    if (saved === undefined) throw await changedElsewhere(context, procedures, id)
    return { version: saved.version, savedAt: saved.savedAt.toISOString() }
  }),

  discardDraft: os.discardDraft.handler(async ({ input: { id }, context }) => {
    await needUnsubmitted(context, await own(context, id))
    await discardDraft(context.db, id, personOf(context).accountId, context.now)
    return { discarded: true as const }
  }),

  completeness: os.completeness.handler(async ({ input: { id }, context, errors }) => {
    const draft = await own(context, id)
    const procedure = procedures.get(draft.procedureCode)
    if (procedure === undefined) throw errors.UNKNOWN_DRAFT({ data: { id } })
    const faults = await faultsOf(context.db, context, procedure, draft)
    const findings = faults.length > 0 ? [] : await findingsOf(context.db, context, procedure, draft)
    // What asks for an explanation is answered with the submission.
    const ready = faults.length === 0 && !findings.some(({ severity }) => severity === 'refuse')
    return { faults, findings: [...findings], ready }
  }),

  attachToDraft: os.attachToDraft.handler(async ({ input: { id, code, file }, context, errors }) => {
    const draft = await own(context, id)
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
    await needUnsubmitted(context, await own(context, id))
    return context.write(async (tx) => {
      if (!(await withdrawMaterial(tx, materialId, id, context.now)))
        throw errors.UNKNOWN_FILE({ data: { id: materialId } })
      await audit(tx, context, 'matter.material-withdrawn', materialId, {})
      return { withdrawn: true as const }
    })
  }),

  submit: os.submit.handler(async ({ input: { id, version, explanations = {} }, context }) => {
    const draft = await own(context, id)
    const before = await findMatterOf(context.db, { draftId: id })
    if (before !== undefined) return receiptOf(context, procedures, before)
    const procedure = startable(procedures, draft.procedureCode, context, draft.counterName !== null)
    const { organisationIds } = personOf(context)
    if (draft.organisationId !== null && !organisationIds.includes(draft.organisationId))
      throw refused('NOT_YOUR_ORGANISATION', 403, { organisationId: draft.organisationId })
    if (draft.version !== version) throw await changedElsewhere(context, procedures, id)
    const route = await findRoute(context, procedure, { station: draft.stationCode ?? undefined })
    const write = context.write(async (tx) => {
      const locked = await lockDraft(tx, id, personOf(context).accountId)
      if (locked === undefined) throw refused('UNKNOWN_DRAFT', 404, { id })
      const twin = await findMatterOf(tx, { draftId: id })
      // Somebody clicked twice: nothing may be written, and the first receipt is given again.
      if (twin !== undefined) throw new FiledAlready()
      if (locked.version !== version) throw await changedElsewhere(context, procedures, id)
      await judge(tx, context, procedure, locked, explanations)
      const filed = await fileMatter(tx, context, {
        procedure,
        answers: locked.answers as Answers,
        applicant: applicantOf(context, locked),
        route,
        draftId: id,
        cause: null,
        explanations,
        hasMaterials: true,
      })
      await markSubmitted(tx, id, context.now)
      return filed.matter
    })
    const matter = await write.catch(async (error: unknown) => {
      if (error instanceof FiledAlready) return (await findMatterOf(context.db, { draftId: id }))!
      throw error
    })
    return receiptOf(context, procedures, matter)
  }),
})

const audit = (
  tx: Parameters<typeof recordAudit>[0],
  context: Context,
  action: string,
  id: string,
  detail: Record<string, string>,
) => recordAudit(tx, context, { action, subject: { kind: 'matter-material', id }, detail })

/** At a counter staff begin what others may start; who stands there is checked by the person at the counter. */
function startable(procedures: Procedures, code: string, context: Context, atCounter: boolean): Procedure {
  const procedure = procedures.get(code)
  if (procedure === undefined) throw refused('UNKNOWN_PROCEDURE', 404, { code })
  if (!isInForce(procedure, context.today)) throw refused('NOT_IN_FORCE', 409, { ...procedure.inForce })
  const { startedBy } = procedure
  if ((!atCounter || isStartedByNobody(procedure)) && authorise(startedBy, context.actor) !== undefined)
    throw refused('MAY_NOT_START', 403, { roles: startedBy.kind === 'roles' ? [...startedBy.roles] : [] })
  return procedure
}

function checkSize(answers: object): void {
  if (Buffer.byteLength(JSON.stringify(answers)) > MOST_BYTES)
    throw refused('TOO_MUCH', 413, { limitBytes: MOST_BYTES })
  if (JSON.stringify(answers).includes('\\u0000')) throw refused('TOO_MUCH', 413, { limitBytes: MOST_BYTES })
}

function checkStation({ zone }: Context, station: string | undefined): void {
  if (station !== undefined && !zone.stations.some(({ id }) => id === station))
    throw refused('UNKNOWN_STATION', 422, { station })
}

/** Only who works at the station fills in for somebody who stands there. */
async function counterOf(
  context: Context,
  station: string | undefined,
  counter: { name: string; email?: string | undefined } | undefined,
) {
  if (counter === undefined) return { counterName: null, counterAccountId: null }
  const stations = await listStationsOf(context.db, personOf(context).accountId, context.today)
  if (station === undefined || !stations.includes(station))
    throw refused('NOT_AT_THIS_COUNTER', 403, { station: station ?? null })
  const { name, email } = counter
  const account = email === undefined ? undefined : await findAccountByEmail(context.db, email)
  if (email !== undefined && account === undefined) throw refused('NO_SUCH_ACCOUNT', 422, { email })
  return { counterName: name, counterAccountId: account?.id ?? null }
}

async function own(context: Context, id: string): Promise<DraftRow> {
  const draft = await findDraft(context.db, id, personOf(context).accountId)
  if (draft === undefined) throw refused('UNKNOWN_DRAFT', 404, { id })
  return draft
}

async function needUnsubmitted({ db }: Context, { id, submittedAt }: DraftRow): Promise<void> {
  if (submittedAt === null) return
  throw refused('DRAFT_CLOSED', 409, { number: (await findMatterOf(db, { draftId: id }))?.number ?? null })
}

async function changedElsewhere(context: Context, procedures: Procedures, id: string) {
  return refused('CHANGED_ELSEWHERE', 409, {
    draft: await viewOf(context, procedures, await own(context, id)),
  })
}

async function faultsOf(db: Db, context: Context, procedure: Procedure, draft: DraftRow) {
  const answers = draft.answers as Answers
  const present = new Set((await listMaterials(db, { draftId: draft.id })).map(({ code }) => code))
  const missing = (procedure.materials ?? [])
    .filter(({ code, required }) => !present.has(code) && isRequired(required, answers))
    .map(({ code }) => ({ field: code, code: 'materialMissing' as const }))
  return [...findFaults(procedure.form, answers, context.today), ...missing]
}

async function findingsOf(
  db: Db,
  context: Context,
  procedure: Procedure,
  draft: DraftRow,
): Promise<readonly Finding[]> {
  const answers = settledAnswers(procedure.form, draft.answers as Answers)
  return (await procedure.checks?.(db, context, answers as never, applicantOf(context, draft))) ?? []
}

async function judge(
  db: Db,
  context: Context,
  procedure: Procedure,
  draft: DraftRow,
  explanations: Readonly<Record<string, string>>,
) {
  const faults = await faultsOf(db, context, procedure, draft)
  if (faults.length > 0) throw refused('INCOMPLETE', 422, { faults })
  const stopping = (await findingsOf(db, context, procedure, draft)).filter(
    ({ severity, code }) =>
      severity === 'refuse' || (severity === 'explain' && (explanations[code] ?? '') === ''),
  )
  if (stopping.length > 0) throw refused('CHECKS_FAILED', 422, { findings: stopping })
}

function applicantOf(context: Context, draft: DraftRow): Matter['applicant'] {
  const { accountId, name } = personOf(context)
  if (draft.counterName !== null)
    return {
      kind: 'person',
      accountId: draft.counterAccountId,
      organisationId: null,
      name: draft.counterName,
    }
  if (draft.organisationId === null) return { kind: 'person', accountId, organisationId: null, name }
  return {
    kind: 'organisation',
    accountId,
    organisationId: draft.organisationId,
    name: draft.organisationName ?? name,
  }
}

function headOf(procedures: Procedures, row: DraftRow, submittedAs: string | null) {
  return {
    id: row.id,
    procedure: named(procedures, row.procedureCode),
    organisation:
      row.organisationId === null ? null : { id: row.organisationId, name: row.organisationName ?? '' },
    station: row.stationCode,
    counter: row.counterName === null ? null : { name: row.counterName },
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    savedAt: row.savedAt.toISOString(),
    submittedAs,
  }
}

async function viewOf({ db }: Context, procedures: Procedures, row: DraftRow) {
  const matter = row.submittedAt === null ? undefined : await findMatterOf(db, { draftId: row.id })
  const materials = await listMaterials(db, { draftId: row.id })
  return {
    ...headOf(procedures, row, matter?.number ?? null),
    answers: row.answers as Record<string, unknown>,
    materials: materials.map(materialView),
  }
}

async function receiptOf(context: Context, procedures: Procedures, matter: MatterRow) {
  const { db } = context
  const procedure = procedures.get(matter.procedureCode)
  const [receipts, materials, clocks] = await Promise.all([
    listReceipts(db, matter.id),
    listMaterials(db, { matterId: matter.id }),
    listClocks(db, matter.id),
  ])
  const receipt = receipts.find(({ kind }) => kind === 'submission')!
  return {
    number: matter.number,
    procedure: named(procedures, matter.procedureCode),
    submittedAt: matter.submittedAt.toISOString(),
    station: { code: matter.stationCode, names: nameOf(context, matter.stationCode, null) },
    routing: matter.routing as never,
    materials: materials.map(({ code, fileName, fileHash }) => ({
      code,
      names: procedure?.materials?.find((one) => one.code === code)?.names ?? { zh: code, en: code },
      fileName,
      sha256: fileHash,
    })),
    clocks: clocks.map(({ code, dueOn, sample }) => ({
      code,
      names: procedure?.clocks[code]?.names ?? { zh: code, en: code },
      due: dueOn,
      sample,
    })),
    entryId: receipt.entryId,
    issuedAt: receipt.issuedAt.toISOString(),
  }
}
