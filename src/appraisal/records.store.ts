import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { filedOnOf, owedPeriods, periodName } from '../agencies/returns.rules.ts'
import type { Measure } from '../zone/appraisal.rules.ts'
import type { ReturnForms } from '../zone/returns.rules.ts'
import { type CountedRecord, firstDayOf, type Inputs, lastDayOf } from './rules.ts'

/** An agency that stood in the zone at the end of the year: those are appraised. */
export interface AppraisedAgency {
  readonly id: string
  readonly code: string
  readonly partyId: string
  readonly name: string
  readonly classes: readonly string[]
  readonly stays: readonly { readonly movedIn: CalendarDate; readonly movedOut: CalendarDate | null }[]
}

/** Everybody in the zone on the last day of a year, or one of them, as the register believes now. */
export async function findAppraised(db: Db, year: number, agencyId?: string): Promise<AppraisedAgency[]> {
  const on = lastDayOf(year)
  const fact = (field: string) => sql`(select f.value from agency_fact f
    where f.agency_id = agency.id and f.field = ${field} and f.superseded_at is null
      and f.valid_from <= ${on} and (f.valid_to is null or f.valid_to > ${on}))`
  const { rows } = await sql<AppraisedAgency>`
    select agency.id, agency.code, agency.party_id, coalesce(${fact('name')} #>> '{}', agency.code) as name,
      coalesce(${fact('classes')}, '[]') as classes,
      (select jsonb_agg(jsonb_build_object('movedIn', s.moved_in, 'movedOut', s.moved_out))
        from agency_membership s where s.agency_id = agency.id and s.superseded_at is null) as stays
    from distinct_agency agency
    where exists (select from agency_membership stay
        where stay.agency_id = agency.id and stay.superseded_at is null
          and stay.moved_in <= ${on} and (stay.moved_out is null or stay.moved_out > ${on}))
      and ${agencyId === undefined ? sql`true` : sql`agency.id = ${agencyId}`}
    order by agency.code`.execute(db)
  return rows
}

export interface Gathering {
  readonly year: number
  /** The day whose state counts: what was filed, withdrawn or ended by then. */
  readonly on: CalendarDate
  readonly returnForms: readonly ReturnForms[]
}

interface Row extends Omit<CountedRecord, 'counts'> {
  readonly agencyId: string
}

/** Every record of the year that the measures look at, by agency. */
export async function gatherInputs(
  db: Db,
  agencies: readonly AppraisedAgency[],
  gathering: Gathering,
): Promise<ReadonlyMap<string, Inputs>> {
  const ids = agencies.map(({ id }) => id)
  const gathered = new Map<string, Partial<Record<Measure, CountedRecord[]>>>(ids.map((id) => [id, {}]))
  const put = (measure: Measure, agencyId: string, record: CountedRecord) =>
    ((gathered.get(agencyId) ?? {})[measure] ??= []).push(record)
  for (const [measure, query] of Object.entries(QUERIES) as [keyof typeof QUERIES, Query][]) {
    const { rows } = await query(ids, spanOf(gathering)).execute(db)
    for (const { agencyId, ...record } of rows) put(measure, agencyId, { ...record, counts: true })
  }
  const filings = await findFilings(db, ids, gathering)
  for (const agency of agencies)
    for (const record of returnsOf(agency, filings.get(agency.id) ?? [], gathering))
      put('returns', agency.id, record)
  return gathered
}

interface Span {
  readonly from: string
  readonly to: string
  readonly on: string
}
type Query = (ids: readonly string[], span: Span) => RawBuilder<Row>

const spanOf = ({ year, on }: Gathering): Span => ({ from: firstDayOf(year), to: lastDayOf(year), on })

/** What each measure counts. Every row is one record that opens; `key` is what makes it one. */
const QUERIES = {
  clients: (ids, { from, to }) => sql`
    select r.agency_id, r.client_id as id, r.client_id as key, client.name as label, min(r.served_on) as "on"
    from service_record r join party client on client.id = r.client_id
    where r.agency_id = any(${ids}::uuid[]) and r.voided_at is null and r.served_on between ${from} and ${to}
    group by r.agency_id, r.client_id, client.name order by "on", id`,
  services: (ids, { from, to }) => sql`
    select r.agency_id, r.id, r.id as key, r.reference as label, r.served_on as "on" from service_record r
    where r.agency_id = any(${ids}::uuid[]) and r.voided_at is null and r.served_on between ${from} and ${to}
    order by r.served_on, r.id`,
  deals: (ids, { from, to }) => sql`
    select d.agency_id, d.id, d.id as key, d.recordal_number as label, d.recorded_on as "on" from deal d
    where d.agency_id = any(${ids}::uuid[]) and d.voided_at is null and d.recorded_on between ${from} and ${to}
    order by d.recorded_on, d.id`,
  attorneys: (ids, { to }) => sql`
    select l.agency_id, l.id, l.person_id as key, l.licence_number as label, l.valid_from as "on"
    from attorney_licence l
    where l.agency_id = any(${ids}::uuid[]) and l.valid_from <= ${to} and (l.valid_to is null or l.valid_to > ${to})
    order by l.valid_from, l.id`,
  brands: (ids, { to, on }) => sql`
    select b.agency_id, b.id, b.id as key, b.title as label, b.awarded_on as "on" from agency_brand b
    where b.agency_id = any(${ids}::uuid[]) and b.awarded_on <= ${to} and (b.ended_on is null or b.ended_on > ${on})
    order by b.awarded_on, b.id`,
  abnormalOpen: (ids, { from, to, on }) => sql`
    select f.agency_id, f.id, f.application_number as key, f.application_number as label, f.notified_on as "on"
    from abnormal_filing f
    where f.agency_id = any(${ids}::uuid[]) and f.notified_on between ${from} and ${to}
      and (f.withdrawn_on is null or f.withdrawn_on > ${on})
    order by f.notified_on, f.id`,
  penalties: (ids, { from, to }) => sql`
    select agency.id as agency_id, p.id, p.id as key, p.sanction as label, p.decided_on as "on"
    from agency_penalty p join distinct_agency agency on agency.party_id = p.party_id
    where agency.id = any(${ids}::uuid[]) and p.decided_on between ${from} and ${to}
    order by p.decided_on, p.id`,
} as const satisfies Readonly<Record<Exclude<Measure, 'returns'>, Query>>

interface Filing {
  readonly agencyId: string
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly filedOn: CalendarDate
}

/** A return that was put right later was still filed on the day of its first version. */
async function findFilings(db: Db, ids: readonly string[], { year, on }: Gathering) {
  const { rows } = await sql<Filing>`
    select agency_id, period_from, period_to, min(filed_on) as filed_on from agency_return
    where agency_id = any(${ids}::uuid[]) and filed_on <= ${on}
      and period_from >= ${firstDayOf(year)} and period_to <= ${firstDayOf(year + 1)}
    group by agency_id, period_from, period_to`.execute(db)
  return Map.groupBy(rows, ({ agencyId }) => agencyId)
}

/** Each period owed for the year; it counts when all of it was reported by its last day for filing. */
function returnsOf(
  { stays, classes }: AppraisedAgency,
  filings: readonly Filing[],
  { year, on, returnForms }: Gathering,
): CountedRecord[] {
  return owedPeriods(returnForms, stays, classes, on)
    .filter(({ periodFrom, dueOn }) => periodFrom.startsWith(String(year)) && dueOn <= on)
    .toReversed()
    .map((period) => {
      const filedOn = filedOnOf(period, filings)
      const name = periodName(period)
      return {
        id: name,
        key: name,
        label: name,
        on: filedOn ?? period.dueOn,
        counts: filedOn !== undefined && filedOn <= period.dueOn,
      }
    })
}
