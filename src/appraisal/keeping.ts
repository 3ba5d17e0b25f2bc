/** The steps of a round: opened, computed, made public, closed. The office takes them by hand, the twin by its story. */
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit, recordOpenEntry } from '../ledger/public.ts'
import { moveMatter, startMatter } from '../matters/public.ts'
import type { Scheme } from '../zone/appraisal.rules.ts'
import { computeRound, digestOfAll } from './computing.ts'
import type { setList } from './list.document.ts'
import { tellAgencies } from './notices.ts'
import { appraisalPublicity } from './procedures.ts'
import {
  changeRound,
  insertEdition,
  insertFiles,
  insertRound,
  type FileRow,
  type RoundRow,
} from './round.store.ts'

export interface Opening {
  readonly year: number
  readonly scheme: Scheme
  readonly cutoffOn: string
  readonly by: string
}

/** False where the year has its round already. */
export async function openRound(tx: Tx, context: Context, { by, ...opening }: Opening): Promise<boolean> {
  const made = { openedBy: by, openedAt: context.now, zoneVersion: context.zone.version }
  const id = await insertRound(tx, { ...opening, ...made })
  if (id === undefined) return false
  const { scheme, cutoffOn, year } = opening
  await audit(tx, context, 'appraisal.opened', id, {
    year,
    criteria: `${scheme.code} ${scheme.version}`,
    cutoff: cutoffOn,
  })
  return true
}

/** Computes a locked round from the records as they stand; during the publicity that begins anew. */
export async function computeEdition(
  tx: Tx,
  context: Context,
  round: RoundRow,
  { by, cause }: { readonly by: string; readonly cause: string | null },
) {
  const { id, year, scheme, cutoffOn } = round
  const edition = round.edition + 1
  const { returnForms } = context.zone
  // Corrections of the records count whenever they were made; what happened after the cut-off day never does.
  const results = await computeRound(tx, { year, scheme, on: cutoffOn, returnForms })
  const digest = digestOfAll(results)
  if (results.length === 0) return undefined
  const made = { roundId: id, edition, computedBy: by, computedAt: context.now, cause, digest }
  await insertEdition(tx, made, results)
  const again = round.state === 'publicity'
  const version = await changeRound(tx, round, { edition, state: again ? 'publicity' : 'computed' })
  if (again && round.matterId !== null) {
    await moveMatter(tx, context, appraisalPublicity, { id: round.matterId, step: 'republish' })
    await tellAgencies(tx, context, { id, year, edition }, 'again')
  }
  await audit(tx, context, 'appraisal.computed', id, {
    year,
    edition,
    agencies: results.length,
    digest,
    cause,
  })
  return { version, edition, agencies: results.length, digest }
}

/** Begins the publicity of a computed round: a matter of the engine, with its clock and its objections. */
export async function beginPublicity(tx: Tx, context: Context, round: RoundRow) {
  const { id, year } = round
  const matter = await startMatter(tx, context, appraisalPublicity, {
    answers: { year: String(year), page: new URL(`/appraisal/${year}`, context.publicUrl).href },
    applicant: { kind: 'system', accountId: null, organisationId: null, name: context.zone.office.zh },
    cause: `appraisal-${id}`,
  })
  const version = await changeRound(tx, round, { state: 'publicity', matterId: matter.id })
  await tellAgencies(tx, context, round, 'public')
  await audit(tx, context, 'appraisal.made-public', id, {
    year,
    edition: round.edition,
    matter: matter.number,
  })
  return { version, number: matter.number }
}

/** Makes the list final; its documents are set before the transaction begins. */
export async function closeRound(
  tx: Tx,
  context: Context,
  round: RoundRow,
  {
    by,
    documents,
    digest,
  }: {
    readonly by: string
    readonly documents: Awaited<ReturnType<typeof setList>>
    readonly digest: string
  },
): Promise<number> {
  const { id, year, edition, matterId } = round
  if (matterId !== null) await moveMatter(tx, context, appraisalPublicity, { id: matterId, step: 'confirm' })
  const files: FileRow[] = []
  for (const { language, title, hash, size } of documents) {
    const entryId = await recordOpenEntry(tx, context, {
      kind: 'publication',
      action: 'appraisal.published',
      subject: { kind: 'appraisal', id },
      document: { sha256: hash, mediaType: 'application/pdf', title },
      detail: { year, edition, language, scores: digest },
    })
    files.push({ language, fileHash: hash, bytes: size, entryId })
  }
  await insertFiles(tx, id, files)
  const version = await changeRound(tx, round, { state: 'closed', closedBy: by, closedAt: context.now })
  await tellAgencies(tx, context, round, 'final')
  await audit(tx, context, 'appraisal.closed', id, { year, edition, scores: digest })
  return version
}

const audit = (
  tx: Tx,
  context: Context,
  action: string,
  id: string,
  detail: Readonly<Record<string, string | number | null>>,
) => recordAudit(tx, context, { action, subject: { kind: 'appraisal', id }, detail })
