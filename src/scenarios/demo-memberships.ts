import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { insertMembership, type CreatedDemoAccount } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { universitiesOf } from './demo-market.ts'
import type { TwinRows } from './twin/model.ts'

/**
 * The demo agency, the demo enterprise and the demo university act for organisations of the twin, so that what an organisation sees of itself
 * (its returns, its members, who viewed its data) can be looked at.
 */
export async function placeDemoAccounts(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
  rows: TwinRows,
): Promise<void> {
  const stays = new Set(
    rows.agencyMembership.filter(({ movedOut }) => !movedOut).map(({ agencyId }) => agencyId),
  )
  const agency = rows.agency.find(({ id }) => id !== undefined && stays.has(id))
  const firm = rows.partyStanding[0]
  await place(
    tx,
    context,
    accounts.find(({ role }) => role === 'agency'),
    nameOf(rows, agency?.partyId),
  )
  await place(
    tx,
    context,
    accounts.find(({ role }) => role === 'enterprise'),
    nameOf(rows, firm?.partyId),
  )
  await place(
    tx,
    context,
    accounts.find(({ role }) => role === 'university'),
    nameOf(rows, universitiesOf(rows)[0]?.id),
  )
}

function nameOf(rows: TwinRows, partyId: string | undefined) {
  const party = rows.party.find(({ id }) => id === partyId)
  return party?.id === undefined ? undefined : { id: party.id, name: party.name }
}

async function place(
  tx: Tx,
  context: Context,
  account: CreatedDemoAccount | undefined,
  organisation: { id: string; name: string } | undefined,
): Promise<void> {
  if (account === undefined || organisation === undefined) return
  const membership = await insertMembership(tx, {
    accountId: account.accountId,
    organisationId: organisation.id,
    organisationName: organisation.name,
    role: 'administrator',
    validFrom: context.today,
  })
  if (membership === undefined) return
  await recordAudit(tx, context, {
    action: 'membership.begun',
    subject: { kind: 'organisation', id: organisation.id },
    detail: { account: account.accountId, role: 'administrator' },
    seals: [{ table: 'membership', id: membership }],
  })
}
