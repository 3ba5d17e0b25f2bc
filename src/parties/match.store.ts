import type { Tx } from '#platform/database.ts'
import { nameKey } from './names.rules.ts'
import type { IdentifierGiven, OrganisationGiven, PartyState } from './rules.ts'

export type MatchBasis = 'credit-code' | 'identifier' | 'same-source'

export interface KnownParty extends PartyState {
  readonly id: string
  readonly creditCode: string | null
  readonly source: string
  readonly nameKey: string
}

export const hasCode = ({ creditCode, identifiers }: OrganisationGiven) =>
  creditCode !== undefined || (identifiers?.length ?? 0) > 0

const identifierKey = ({ scheme, country = 'CN', value }: IdentifierGiven) => `${scheme}|${country}|${value}`

/** The parties that these organisations may already be, by credit code, identifier, or name from the same source. */
export async function findKnown(tx: Tx, source: string, given: readonly OrganisationGiven[]) {
  const columns = [
    'id',
    'creditCode',
    'source',
    'name',
    'nameKey',
    'nameEn',
    'regionCode',
    'industryCode',
    'address',
  ] as const
  const codes = given.flatMap(({ creditCode }) => creditCode ?? [])
  const identifiers = given.flatMap((one) => one.identifiers ?? [])
  const uncoded = given.filter((one) => !hasCode(one))
  const parties = new Map<string, KnownParty>()
  const byCode = new Map<string, string>()
  const byIdentifier = new Map<string, string>()
  const bySourceName = new Map<string, string>()
  const remember = (party: KnownParty) => parties.set(party.id, party)

  if (codes.length > 0) {
    const rows = await tx.selectFrom('party').select(columns).where('creditCode', 'in', codes).execute()
    for (const row of rows) {
      remember(row)
      byCode.set(row.creditCode ?? '', row.id)
    }
  }
  if (identifiers.length > 0) {
    const rows = await tx
      .selectFrom('partyIdentifier')
      .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
      .select(columns.map((column) => `party.${column}` as const))
      .select(['partyIdentifier.scheme', 'partyIdentifier.country', 'partyIdentifier.value'])
      .where('partyIdentifier.value', 'in', [...new Set(identifiers.map(({ value }) => value))])
      .execute()
    for (const { scheme, country, value, ...party } of rows) {
      remember(party)
      byIdentifier.set(`${scheme}|${country}|${value}`, party.id)
    }
  }
  if (uncoded.length > 0) {
    const rows = await tx
      .selectFrom('party')
      .select(columns)
      .where('kind', '=', 'organisation')
      .where('creditCode', 'is', null)
      .where('source', '=', source)
      .where(
        'nameKey',
        'in',
        uncoded.map(({ name }) => nameKey(name)),
      )
      .execute()
    for (const row of rows) {
      remember(row)
      bySourceName.set(row.nameKey, row.id)
    }
  }

  const found = (id: string | undefined) => (id === undefined ? undefined : parties.get(id))
  return {
    match(one: OrganisationGiven): { party: KnownParty; by: MatchBasis } | undefined {
      const coded = found(byCode.get(one.creditCode ?? ''))
      if (coded) return { party: coded, by: 'credit-code' }
      for (const identifier of one.identifiers ?? []) {
        const party = found(byIdentifier.get(identifierKey(identifier)))
        // A code of one register that two credit codes claim is a question for a person, not a match.
        if (party && (one.creditCode === undefined || party.creditCode === null))
          return { party, by: 'identifier' }
      }
      if (hasCode(one)) return undefined
      const named = found(bySourceName.get(nameKey(one.name)))
      return named ? { party: named, by: 'same-source' } : undefined
    },
    /** So that a row that says the same again finds it so. */
    changed(party: KnownParty, state: PartyState) {
      remember({ ...party, ...state })
    },
    /** So that the second row of one file finds what its first row brought. */
    add(id: string, one: OrganisationGiven, state: PartyState) {
      remember({ id, creditCode: one.creditCode ?? null, source, nameKey: nameKey(one.name), ...state })
      if (one.creditCode !== undefined) byCode.set(one.creditCode, id)
      for (const identifier of one.identifiers ?? []) byIdentifier.set(identifierKey(identifier), id)
      if (!hasCode(one)) bySourceName.set(nameKey(one.name), id)
    },
  }
}

export function findOwnerOfCode(tx: Tx, creditCode: string) {
  return tx.selectFrom('party').select(['id', 'name']).where('creditCode', '=', creditCode).executeTakeFirst()
}

export function findOwnerOfIdentifier(tx: Tx, { scheme, value, country = 'CN' }: IdentifierGiven) {
  return tx
    .selectFrom('partyIdentifier')
    .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', scheme)
    .where('partyIdentifier.country', '=', country)
    .where('value', '=', value)
    .executeTakeFirst()
}
