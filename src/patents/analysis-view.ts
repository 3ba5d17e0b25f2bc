/** Who may read an analysis, and what each of them sees of it. */
import type { Context } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { isStaff } from '../identity/roles.ts'
import { findParty } from '../parties/public.ts'
import { mayRead, type Reader, type Shared } from './analysis.rules.ts'
import { type AnalysisRow, findAnalysis, type ListedAnalysis, lockAnalysis } from './analysis.store.ts'

export function readerOf({ actor }: Context): Reader {
  if (actor.kind !== 'account') return { accountId: null, organisationIds: [], staff: false }
  return {
    accountId: actor.accountId,
    organisationIds: actor.organisationIds,
    staff: isStaff(actor.roles) && actor.secondFactor !== 'missing',
  }
}

export interface UnknownErrors {
  UNKNOWN_ANALYSIS: () => Error
}

/** What a reader may not see is not there. */
export async function readable(
  context: Context,
  id: string,
  errors: UnknownErrors,
  tx?: Tx,
): Promise<AnalysisRow> {
  const analysis = await (tx === undefined ? findAnalysis(context.db, id) : lockAnalysis(tx, id))
  if (analysis === undefined || !mayRead(readerOf(context), sharedOf(analysis)))
    throw errors.UNKNOWN_ANALYSIS()
  return analysis
}

export const sharedOf = ({ ownerId, share: shared, organisationId, deletedAt }: AnalysisRow): Shared => ({
  ownerId,
  share: shared,
  organisationId,
  deleted: deletedAt !== null,
})

export const isMine = (context: Context, { ownerId }: Pick<AnalysisRow, 'ownerId'>) =>
  readerOf(context).accountId === ownerId

export const basisShown = ({
  dataVersion,
  ownerVersion,
  asOf,
}: Pick<AnalysisRow, 'dataVersion' | 'ownerVersion' | 'asOf'>) => ({ dataVersion, ownerVersion, asOf })

export function summaryOf(context: Context, row: ListedAnalysis | AnalysisRow) {
  const mine = isMine(context, row)
  const { organisationId, organisationName, copiedFrom } = row
  const inside = mine || readerOf(context).staff || row.share === 'organisation'
  return {
    id: row.id,
    name: row.name,
    share: row.share,
    organisation: organisationId === null ? null : { id: organisationId, name: organisationName ?? '' },
    by: inside ? row.ownerName : null,
    mine,
    basis: basisShown(row),
    copiedFrom,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  }
}

export async function show(context: Context, analysis: AnalysisRow) {
  const reader = readerOf(context)
  const summary = summaryOf(context, analysis)
  const own = summary.mine ? reader.organisationIds : []
  const organisations = await Promise.all(own.map((id) => findParty(context.db, id)))
  return {
    ...summary,
    cells: analysis.cells,
    mayRetract: !summary.mine && reader.staff && analysis.share === 'public',
    organisations: organisations.flatMap((one) =>
      one === undefined ? [] : [{ id: one.id, name: one.name }],
    ),
    mayShareWithStaff: reader.staff,
  }
}
