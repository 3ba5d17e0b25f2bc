import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { MatchBasis } from './match.store.ts'
import { nameKey } from './names.rules.ts'
import { nextState, type OrganisationGiven, type PartyState } from './rules.ts'

/** On which day and from where a change becomes known. */
export interface Recording {
  readonly on: CalendarDate
  readonly source: string
}

export interface Registered {
  readonly id: string
  readonly outcome: 'created' | 'updated' | 'unchanged'
  /** How the record that was already there was found. Never by a name that someone else brought. */
  readonly matchedBy: MatchBasis | null
}

export interface PersonGiven {
  readonly name: string
  readonly nameEn?: string
  readonly regionCode?: string
  readonly since?: CalendarDate
  /** Already checked and in its normal form; stored masked and as an HMAC only. */
  readonly residentId?: string
}

/** Ids in the order of time, so that what was entered together stands together. */
export async function newIds(tx: Tx, count: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select uuidv7() as id from generate_series(1, ${count}::int)`.execute(tx)
  return rows
    .map(({ id }) => id)
    .toSorted()
    .toReversed()
}

export function stateOf(given: OrganisationGiven | PersonGiven): PartyState {
  const { name, nameEn = null, regionCode = null } = given
  const { industryCode = null, address = null } = given as OrganisationGiven
  return { name, nameEn, regionCode, industryCode, address }
}

export async function insertParties(
  tx: Tx,
  kind: 'organisation' | 'person',
  created: ReadonlyMap<string, OrganisationGiven | PersonGiven>,
  { on, source }: Recording,
): Promise<void> {
  const all = [...created].map(([id, given]) => ({ id, given, state: stateOf(given) }))
  await insertAll(
    tx,
    'party',
    all.map(({ id, given, state }) => {
      const { creditCode = null, creditCodeOverride = null, country = 'CN' } = given as OrganisationGiven
      return {
        id,
        kind,
        creditCode,
        creditCodeOverride,
        country,
        source,
        nameKey: nameKey(state.name),
        ...state,
      }
    }),
  )
  await insertAll(
    tx,
    'partyState',
    all.map(({ id, given, state }) => ({ partyId: id, validFrom: given.since ?? on, source, ...state })),
  )
}

/**
 * Lays new values over a party from the recording's day on and keeps what was. A day has one state: a second change on the
 * same day replaces the first (the audit trail keeps both). True when anything changed.
 */
export async function amend(
  tx: Tx,
  party: PartyState & { readonly id: string; readonly creditCode: string | null },
  given: Partial<OrganisationGiven>,
  { on, source }: Recording,
): Promise<boolean> {
  const known: PartyState = {
    name: party.name,
    nameEn: party.nameEn,
    regionCode: party.regionCode,
    industryCode: party.industryCode,
    address: party.address,
  }
  const next = nextState(known, given)
  const gainsCode = given.creditCode !== undefined && party.creditCode === null
  if (next === known && !gainsCode) return false
  await tx
    .updateTable('party')
    .set(({ eb }) => ({
      ...next,
      nameKey: nameKey(next.name),
      version: eb('version', '+', 1),
      updatedAt: new Date(),
      ...(gainsCode
        ? { creditCode: given.creditCode ?? null, creditCodeOverride: given.creditCodeOverride ?? null }
        : {}),
    }))
    .where('id', '=', party.id)
    .execute()
  if (next === known) return true
  await openState(tx, party.id, next, { on, source })
  if (next.name !== known.name) await addAlias(tx, party.id, { kind: 'former', name: known.name }, source)
  return true
}

async function openState(tx: Tx, partyId: string, state: PartyState, { on, source }: Recording) {
  const open = await tx
    .selectFrom('partyState')
    .select(['id', 'validFrom'])
    .where('partyId', '=', partyId)
    .where('validTo', 'is', null)
    .executeTakeFirstOrThrow()
  // A change dated before the open state began is known only from today's point of view: it corrects that state.
  if (open.validFrom >= on) {
    await tx
      .updateTable('partyState')
      .set({ ...state, source })
      .where('id', '=', open.id)
      .execute()
    return
  }
  await tx.updateTable('partyState').set({ validTo: on }).where('id', '=', open.id).execute()
  await tx
    .insertInto('partyState')
    .values({ partyId, validFrom: on, source, ...state })
    .execute()
}

export async function addAlias(
  tx: Tx,
  partyId: string,
  alias: { kind: string; name: string },
  source: string,
) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partyAlias')
    .values({ partyId, kind: alias.kind, name: alias.name, nameKey: nameKey(alias.name), source })
    .onConflict((conflict) => conflict.columns(['partyId', 'kind', 'nameKey']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}
