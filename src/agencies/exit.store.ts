import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'

/** What the register and other rooms know that may speak against an agency's staying. */
export interface ExitRecord {
  readonly id: string
  readonly code: string
  readonly partyId: string
  readonly name: string
  readonly carrier: string
  readonly movedIn: CalendarDate
  /** Undefined: never a lease; null: one that runs without end. */
  readonly leases: readonly { readonly validTo: CalendarDate | null }[]
  readonly penalties: readonly CalendarDate[]
  readonly lastServed: CalendarDate | null
  readonly openFiles: number
}

/** Every agency in the zone on a day, or one, with what the triggers look at. */
export async function findExitRecords(
  db: Db,
  { zone, on, agencyId }: { zone: string; on: CalendarDate; agencyId?: string | undefined },
): Promise<ExitRecord[]> {
  const { rows } = await sql<ExitRecord>`
    select agency.id, agency.code, agency.party_id, stay.carrier_code as carrier, stay.moved_in,
      coalesce((select fact.value #>> '{}' from agency_fact fact
        where fact.agency_id = agency.id and fact.field = 'name' and fact.superseded_at is null and fact.valid_from <= ${on}
        order by fact.valid_from desc limit 1), agency.code) as name,
      (select coalesce(jsonb_agg(jsonb_build_object('validTo', lease.valid_to)), '[]')
        from space_lease lease join party tenant on tenant.credit_code = lease.tenant_credit_code
        where lease.zone = ${zone} and tenant.id = agency.party_id) as leases,
      (select coalesce(jsonb_agg(penalty.decided_on order by penalty.decided_on), '[]') from agency_penalty penalty
        where penalty.party_id = agency.party_id and penalty.decided_on is not null) as penalties,
      (select max(served.served_on) from service_record served
        where served.agency_id = agency.id and served.voided_at is null and served.served_on <= ${on}) as last_served,
      (select count(*) from client_file file where file.agency_id = agency.id and file.finished_on is null
        and not exists (select from client_file_handover taken where taken.file_id = file.id and taken.answer = 'received')
      )::int as open_files
    from agency_membership stay
    join distinct_agency agency on agency.id = stay.agency_id
    where stay.superseded_at is null and stay.moved_in <= ${on} and (stay.moved_out is null or stay.moved_out > ${on})
      and ${agencyId === undefined ? sql`true` : sql`agency.id = ${agencyId}`}
    order by agency.code`.execute(db)
  return rows
}
