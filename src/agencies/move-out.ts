import type { Context } from '#platform/context.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Obstacle } from '../matters/define.ts'
import { findParty } from '../parties/public.ts'
import { endLease, listLeasesOfTenant } from '../zone/public.ts'
import { blocked } from './blocked.ts'
import { openClientMatters } from './client-matters.ts'
import type { ClientMatterSource } from './define.ts'
import { stayToLeave } from './membership.rules.ts'
import { findStays, recordStay } from './membership.store.ts'
import { findAgencyOfParty, lockAgency } from './register.store.ts'

interface MoveOutMatter {
  readonly number: string
  readonly applicant: { readonly organisationId: string | null }
}

/** No agency leaves while it owes clients anything (S202): the obstacle lists every open matter. */
export async function clientsLeft(
  db: Db,
  { applicant }: MoveOutMatter,
  sources: readonly ClientMatterSource[],
): Promise<Obstacle | undefined> {
  const agency = await findAgencyOfParty(db, applicant.organisationId ?? '')
  if (agency === undefined) return undefined
  const open = await openClientMatters(db, agency, sources)
  if (open.length === 0) return undefined
  return {
    code: 'clients-left',
    words: {
      zh: `还有 ${open.length} 件客户事项未了结，须办结或移交并取得回执后才能迁出。`,
      en: `${open.length} matters of clients are open; each must be finished, or handed over with a receipt, before the agency leaves.`,
    },
    clauses: ['S202'],
    records: open.map(({ source, id, label, page }) => ({
      kind: source.code,
      id,
      label,
      ...(page === null ? {} : { page }),
    })),
  }
}

/** The stay ends today and so do the leases that still run, in the transaction of the step. */
export async function completeMoveOut(
  tx: Tx,
  context: Context,
  matter: MoveOutMatter,
  reason: string,
): Promise<void> {
  const { today, zone } = context
  const party = await findParty(tx, matter.applicant.organisationId ?? '')
  const known = party && (await findAgencyOfParty(tx, party.id))
  const agency = known && (await lockAgency(tx, known.code, context.now))
  const stay = agency && stayToLeave(await findStays(tx, agency.id), today)
  if (party === undefined || agency === undefined || stay === undefined) {
    throw blocked('not-in-zone', {
      zh: '该机构今天没有可以结束的入驻。',
      en: 'The agency has no stay that could end today.',
    })
  }
  const { id, ...before } = stay
  await recordStay(
    tx,
    agency.id,
    { ...before, movedOut: today, reasonOut: reason },
    { source: matter.number, observedOn: today, cause: null, recordedAt: agency.recordedAt },
    id,
  )
  if (party.creditCode === null) return
  for (const lease of await listLeasesOfTenant(tx, zone.id, party.creditCode)) {
    const runs = lease.validFrom < today && (lease.validTo === null || lease.validTo > today)
    if (runs) await endLease(tx, lease.id, today, `${reason} (${matter.number})`)
  }
}
