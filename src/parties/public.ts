/** What other rooms may use of the parties room. */
import type { Db } from '#platform/database.ts'

export { partyFeeds } from './feed.store.ts'
export { registerPeople } from './people.store.ts'
export { putStanding, upsertOrganisations } from './register.store.ts'
export type { OrganisationGiven, Standing } from './rules.ts'
export { findWorkingCalendar } from './reference.store.ts'
export { identifierKey } from './identifier-key.ts'
export { partiesApi } from './api.ts'

const shape = ['id', 'kind', 'name', 'nameEn', 'creditCode', 'regionCode', 'industryCode', 'country'] as const

/** The organisation that holds a unified social credit code, or the one that has absorbed it. */
export function findPartyByCode(db: Db, creditCode: string) {
  return db
    .selectFrom('party as holder')
    .innerJoin('partySurvivor', 'partySurvivor.partyId', 'holder.id')
    .innerJoin('party', 'party.id', 'partySurvivor.survivorId')
    .select(shape.map((column) => `party.${column}` as const))
    .where('holder.creditCode', '=', creditCode)
    .executeTakeFirst()
}

/** The organisation that another register knows under this code, e.g. `cn-patent-agency-code` 32200. */
export function findPartyByIdentifier(db: Db, scheme: string, value: string, country = 'CN') {
  return db
    .selectFrom('partyIdentifier as code')
    .innerJoin('partySurvivor', 'partySurvivor.partyId', 'code.partyId')
    .innerJoin('party', 'party.id', 'partySurvivor.survivorId')
    .select(shape.map((column) => `party.${column}` as const))
    .where('code.scheme', '=', scheme)
    .where('code.country', '=', country)
    .where('code.value', '=', value)
    .executeTakeFirst()
}

/** Who speaks for a party today: itself, or the party that has absorbed it. Undefined when there is no such party. */
export async function resolveParty(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('partySurvivor')
    .select('survivorId')
    .where('partyId', '=', id)
    .executeTakeFirst()
  return row?.survivorId ?? undefined
}

/** The organisation of this id, or the one that has absorbed it. */
export function findParty(db: Db, id: string) {
  return db
    .selectFrom('partySurvivor')
    .innerJoin('party', 'party.id', 'partySurvivor.survivorId')
    .select(shape.map((column) => `party.${column}` as const))
    .where('partySurvivor.partyId', '=', id)
    .executeTakeFirst()
}
