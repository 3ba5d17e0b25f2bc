import type { z } from 'zod'
import { hasRole } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import { staff } from '../identity/roles.ts'
import { findPublicity } from '../matters/public.ts'
import type { Measure } from '../zone/appraisal.rules.ts'
import type { appraisal } from './contract.ts'
import { appraisalPublicity } from './procedures.ts'
import {
  type EditionRow,
  type FileRow,
  findRound,
  listEditions,
  listFiles,
  listResults,
} from './round.store.ts'
import type { ResultRow, RoundRow } from './round.store.ts'
import type { CountedRecord } from './rules.ts'

export type RoundView = z.infer<NonNullable<(typeof appraisal.round)['~orpc']['outputSchema']>>

/** Scores are shown to the public from the day on which the proposed list is; until then they are the office's. */
export function showsResults(context: Context, { state }: Pick<RoundRow, 'state'>): boolean {
  return state === 'publicity' || state === 'closed' || context.authorise(staff) === undefined
}

/** The agency itself and staff see records by their names. */
export function isParty(context: Context, { partyId }: Pick<ResultRow, 'partyId'>): boolean {
  const { actor } = context
  if (actor.kind === 'account' && actor.organisationIds.includes(partyId)) return true
  return context.authorise(staff) === undefined && hasRole(actor, 'officer', 'operator', 'leader', 'auditor')
}

/** Whom an agency serves, and what it filed before it was published, is its own and its clients' business. */
const CONFIDENTIAL: ReadonlySet<Measure> = new Set(['clients', 'services', 'abnormalOpen'])

export function recordView({ id, label, on, counts }: CountedRecord, measure: Measure, party: boolean) {
  const hidden = !party && CONFIDENTIAL.has(measure)
  return { id: hidden ? '' : id, label: hidden ? null : label, on, counts }
}

export async function roundView(context: Context, year: number): Promise<RoundView | undefined> {
  const round = await findRound(context.db, year)
  if (round === undefined) return undefined
  const shown = showsResults(context, round)
  const [editions, results, files, publicity] = await Promise.all([
    listEditions(context.db, round.id),
    shown && round.edition > 0 ? listResults(context.db, round.id, round.edition) : [],
    listFiles(context.db, round.id),
    publicityOf(context, round),
  ])
  const { state, scheme, zoneVersion, version, openedBy, cutoffOn } = round
  return {
    year,
    state,
    scheme,
    zoneVersion,
    version,
    openedBy,
    cutoffOn,
    openedAt: round.openedAt.toISOString(),
    closedAt: round.closedAt?.toISOString() ?? null,
    agencies: results.length,
    excellent: results.filter(({ verdict }) => verdict === 'excellent').length,
    editions: shown ? editions.map(editionView) : [],
    results: results.map(resultView),
    publicity: publicity ?? null,
    files: files.map((file) => fileView(year, file)),
  }
}

export async function publicityOf(context: Context, { matterId }: Pick<RoundRow, 'matterId'>) {
  return matterId === null ? undefined : findPublicity(context, appraisalPublicity, matterId)
}

export function editionView({ edition, computedBy, computedAt, cause, digest }: EditionRow) {
  return { edition, computedBy, computedAt: computedAt.toISOString(), cause, digest }
}

export function resultView({
  code,
  name,
  classCode,
  items,
  total,
  rank,
  vetoes,
  verdict,
  digest,
}: ResultRow) {
  return { code, name, classCode, items: [...items], total, rank, vetoes: [...vetoes], verdict, digest }
}

function fileView(year: number, { language, fileHash, bytes, entryId }: FileRow) {
  return {
    language,
    sha256: fileHash,
    bytes,
    entryId,
    url: `/api/v1/appraisals/${year}/file?language=${language}`,
    proofUrl: `/api/v1/ledger/proof?receipt=${entryId}`,
  }
}
