import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'

export interface OfferingAgency {
  readonly id: string
  readonly code: string
  readonly partyId: string
  readonly name: string
  readonly classes: readonly string[]
  /** Whether it is in the zone on the day. */
  readonly present: boolean
}

/** Agencies as the register knows them on a day: name, classes, and whether they are in the zone. */
export const believedAgencies = (on: CalendarDate) => sql`
  select agency.id, agency.code, agency.party_id, coalesce(named.value #>> '{}', party.name) as name,
    coalesce(offers.value, '[]') as classes,
    exists (select from agency_membership stay where stay.agency_id = agency.id and stay.superseded_at is null
      and stay.moved_in <= ${on} and (stay.moved_out is null or stay.moved_out > ${on})) as present
  from agency
  join party on party.id = agency.party_id
  left join agency_fact named on named.agency_id = agency.id and named.field = 'name' and named.superseded_at is null
    and named.valid_from <= ${on} and (named.valid_to is null or named.valid_to > ${on})
  left join agency_fact offers on offers.agency_id = agency.id and offers.field = 'classes' and offers.superseded_at is null
    and offers.valid_from <= ${on} and (offers.valid_to is null or offers.valid_to > ${on})`

/** Agencies of the zone that offer a class on a day. */
export async function findAgenciesOffering(
  db: Db,
  serviceClass: string,
  on: CalendarDate,
): Promise<OfferingAgency[]> {
  const { rows } = await sql<OfferingAgency>`
    select * from (${believedAgencies(on)}) agency
    where agency.present and agency.classes ? ${serviceClass} order by agency.code`.execute(db)
  return rows
}

/** The agencies for which somebody acts. */
export async function findOwnAgencies(
  db: Db,
  organisationIds: readonly string[],
  on: CalendarDate,
): Promise<OfferingAgency[]> {
  if (organisationIds.length === 0) return []
  const { rows } = await sql<OfferingAgency>`
    select * from (${believedAgencies(on)}) agency
    where agency.party_id = any(${[...organisationIds]}::uuid[]) order by agency.code`.execute(db)
  return rows
}
