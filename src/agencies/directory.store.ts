import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import type { FactName, FactValue } from './facts.rules.ts'
import { believed, holding, type Vantage } from './vantage.store.ts'

/** A fact as the register holds it on the day asked about. */
export interface StoredFact<Value = unknown> {
  readonly value: Value
  readonly source: string
  readonly observedOn: CalendarDate
  readonly since: CalendarDate
}

export type StoredFacts = { readonly [Name in FactName]?: StoredFact<FactValue<Name>> }

export interface StoredMembership {
  readonly id: string
  readonly carrier: string
  readonly unit: string | null
  readonly movedIn: CalendarDate
  readonly movedOut: CalendarDate | null
  readonly reasonIn: string
  readonly reasonOut: string | null
  readonly source: string
  readonly observedOn: CalendarDate
}

export interface AnnualReturn {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly revenueFen: number
  readonly headcount: number
  readonly filedOn: CalendarDate
  readonly source: string
}

/** Everything that a page or a stage is made of, in one row. */
export interface AgencyView {
  readonly id: string
  readonly code: string
  readonly partyId: string
  readonly creditCode: string | null
  readonly registeredAt: Date
  readonly facts: StoredFacts
  readonly memberships: readonly StoredMembership[]
  /** What was reported for the latest whole calendar year, as filed by that day. */
  readonly annualReturn: AnnualReturn | null
}

export interface DirectoryRow {
  readonly code: string
  readonly sortKey: string
  readonly carrier: string
  readonly unit: string | null
  readonly movedIn: CalendarDate
  readonly facts: StoredFacts
  readonly annualReturn: AnnualReturn | null
}

const factObject = sql`jsonb_build_object(
  'value', fact.value, 'source', fact.source, 'observedOn', fact.observed_on, 'since', fact.valid_from)`

/** Facts that a list shows, filters by, or computes the stage from; the page alone needs the rest. */
const LISTED = [
  'name',
  'nameEn',
  'classes',
  'foundedOn',
  'attorneyCount',
  'staffCount',
  'website',
  'patentLicence',
]

/** One agency as the register has it, by one read along its indexes. */
export async function findAgencyView(
  db: Db,
  code: string,
  vantage: Vantage,
): Promise<AgencyView | undefined> {
  const { rows } = await sql<AgencyView>`
    select agency.id, agency.code, agency.party_id, party.credit_code, agency.registered_at,
      (select coalesce(jsonb_object_agg(fact.field, ${factObject}), '{}')
        from agency_fact fact
        where fact.agency_id = agency.id and ${believed('fact', vantage)}
          and ${holding('fact', 'validFrom', 'validTo', vantage)}) as facts,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', stay.id, 'carrier', stay.carrier_code, 'unit', stay.unit, 'movedIn', stay.moved_in,
          'movedOut', stay.moved_out, 'reasonIn', stay.reason_in, 'reasonOut', stay.reason_out,
          'source', stay.source, 'observedOn', stay.observed_on) order by stay.moved_in), '[]')
        from agency_membership stay
        where stay.agency_id = agency.id and ${believed('stay', vantage)}) as memberships,
      ${annualReturn(vantage)} as annual_return
    from agency
    join party on party.id = agency.party_id
    where agency.code = ${code}`.execute(db)
  return rows[0]
}

/** Every agency that was in the zone on the day, in no order: a register of a zone is read whole and paged in memory. */
export async function findDirectory(db: Db, vantage: Vantage): Promise<DirectoryRow[]> {
  const { rows } = await sql<DirectoryRow>`
    select agency.code, stay.carrier_code as carrier, stay.unit, stay.moved_in, known.sort_key, known.facts,
      ${annualReturn(vantage)} as annual_return
    from agency_membership stay
    join distinct_agency agency on agency.id = stay.agency_id
    cross join lateral (
      select coalesce(max(fact.sort_key), '') as sort_key, coalesce(jsonb_object_agg(fact.field, ${factObject}), '{}') as facts
      from agency_fact fact
      where fact.agency_id = agency.id and fact.field in (${sql.join(LISTED)})
        and ${believed('fact', vantage)} and ${holding('fact', 'validFrom', 'validTo', vantage)}
    ) known
    where ${believed('stay', vantage)} and ${holding('stay', 'movedIn', 'movedOut', vantage)}`.execute(db)
  return rows
}

/** How many agencies were in the zone at the end of each of these days. */
export async function countByDay(db: Db, days: readonly CalendarDate[], vantage: Omit<Vantage, 'asOf'>) {
  const { rows } = await sql<{ on: CalendarDate; agencies: number }>`
    select day."on", count(agency.id)::int as agencies
    from unnest(${days}::date[]) as day("on")
    left join (agency_membership stay join distinct_agency agency on agency.id = stay.agency_id)
      on ${believed('stay', vantage)}
      and stay.moved_in <= day."on" and (stay.moved_out is null or stay.moved_out > day."on")
    group by day."on"
    order by day."on"`.execute(db)
  return rows
}

/** What was reported for the latest whole calendar year, whether by the year or by the quarter. */
function annualReturn(vantage: Vantage) {
  return sql`(select jsonb_build_object(
      'periodFrom', min(filed.period_from), 'periodTo', max(filed.period_to), 'revenueFen', sum(filed.revenue_fen),
      'headcount', (array_agg(filed.headcount order by filed.period_to desc))[1],
      'filedOn', max(filed.filed_on), 'source', (array_agg(filed.source order by filed.period_to desc))[1])
    from agency_return filed
    where filed.agency_id = agency.id and ${believed('filed', vantage)} and filed.filed_on <= ${vantage.asOf}
    group by date_trunc('year', filed.period_from)
    having sum(filed.period_to - filed.period_from) >= 365
    order by min(filed.period_from) desc
    limit 1)`
}
