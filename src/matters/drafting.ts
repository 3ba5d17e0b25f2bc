/** What a draft must hold at each moment: who may begin it, what may be kept in it, and what it lacks before it is filed. */
import type { Context } from '#platform/api.ts'
import type { Db } from '#platform/database.ts'
import { authorise } from '../identity/access.rules.ts'
import { listStationsOf } from '../identity/public.ts'
import { findFaults, settledAnswers } from './answers.rules.ts'
import type { Finding, Matter, Procedure, Procedures } from './define.ts'
import { draftView } from './draft-view.ts'
import { findDraft, type DraftRow } from './draft.store.ts'
import type { Answers } from './form.rules.ts'
import { formIn } from './listed.rules.ts'
import { listMaterials, type MaterialRow } from './material.store.ts'
import { findMatterOf } from './matter.store.ts'
import { personOf } from './opening.ts'
import { isInForce, isStartedByNobody } from './procedure-view.ts'
import { isRequired } from './procedure.rules.ts'
import { refused } from './refused.ts'
import { findAccountByEmail } from './staff.store.ts'

const MOST_BYTES = 512 * 1024

/** At a counter staff begin what others may start; who stands there is checked by the person at the counter. */
export function startable(
  procedures: Procedures,
  code: string,
  context: Context,
  atCounter: boolean,
): Procedure {
  const procedure = procedures.get(code)
  if (procedure === undefined) throw refused('UNKNOWN_PROCEDURE', 404, { code })
  if (!isInForce(procedure, context.today)) throw refused('NOT_IN_FORCE', 409, { ...procedure.inForce })
  const { startedBy } = procedure
  if ((!atCounter || isStartedByNobody(procedure)) && authorise(startedBy, context.actor) !== undefined)
    throw refused('MAY_NOT_START', 403, { roles: startedBy.kind === 'roles' ? [...startedBy.roles] : [] })
  return procedure
}

export function checkSize(answers: object): void {
  if (Buffer.byteLength(JSON.stringify(answers)) > MOST_BYTES)
    throw refused('TOO_MUCH', 413, { limitBytes: MOST_BYTES })
  if (JSON.stringify(answers).includes('\\u0000')) throw refused('TOO_MUCH', 413, { limitBytes: MOST_BYTES })
}

export function checkStation({ zone }: Context, station: string | undefined): void {
  if (station !== undefined && !zone.stations.some(({ id }) => id === station))
    throw refused('UNKNOWN_STATION', 422, { station })
}

/** Only who works at the station fills in for somebody who stands there. */
export async function counterOf(
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

export async function ownDraft(context: Context, id: string): Promise<DraftRow> {
  const draft = await findDraft(context.db, id, personOf(context).accountId)
  if (draft === undefined) throw refused('UNKNOWN_DRAFT', 404, { id })
  return draft
}

export async function needUnsubmitted({ db }: Context, { id, submittedAt }: DraftRow): Promise<void> {
  if (submittedAt === null) return
  throw refused('DRAFT_CLOSED', 409, { number: (await findMatterOf(db, { draftId: id }))?.number ?? null })
}

export async function changedElsewhere(context: Context, procedures: Procedures, id: string) {
  return refused('CHANGED_ELSEWHERE', 409, {
    draft: await draftView(context, procedures, await ownDraft(context, id)),
  })
}

/** A procedure that asks for no files has none to look for. */
export function materialsOf(
  db: Db,
  procedure: Procedure,
  draftId: string,
  options?: { all: boolean },
): Promise<readonly MaterialRow[]> {
  return (procedure.materials ?? []).length === 0
    ? Promise.resolve([])
    : listMaterials(db, { draftId }, options)
}

export function faultsOf(
  context: Context,
  procedure: Procedure,
  draft: DraftRow,
  materials: readonly MaterialRow[],
) {
  const answers = draft.answers as Answers
  const present = new Set(materials.map(({ code }) => code))
  const missing = (procedure.materials ?? [])
    .filter(({ code, required }) => !present.has(code) && isRequired(required, answers))
    .map(({ code }) => ({ field: code, code: 'materialMissing' as const }))
  return [...findFaults(formIn(context.zone, procedure.form), answers, context.today), ...missing]
}

export async function findingsOf(
  db: Db,
  context: Context,
  procedure: Procedure,
  draft: DraftRow,
): Promise<readonly Finding[]> {
  const answers = settledAnswers(procedure.form, draft.answers as Answers)
  return (await procedure.checks?.(db, context, answers as never, applicantOf(context, draft))) ?? []
}

export async function needReady(
  db: Db,
  context: Context,
  procedure: Procedure,
  draft: DraftRow,
  {
    explanations,
    materials,
  }: { explanations: Readonly<Record<string, string>>; materials: readonly MaterialRow[] },
) {
  const faults = faultsOf(context, procedure, draft, materials)
  if (faults.length > 0) throw refused('INCOMPLETE', 422, { faults })
  const stopping = (await findingsOf(db, context, procedure, draft)).filter(
    ({ severity, code }) =>
      severity === 'refuse' || (severity === 'explain' && (explanations[code] ?? '') === ''),
  )
  if (stopping.length > 0) throw refused('CHECKS_FAILED', 422, { findings: stopping })
}

export function applicantOf(context: Context, draft: DraftRow): Matter['applicant'] {
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
