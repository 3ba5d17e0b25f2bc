import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'

/** An agency as somebody who reports: since when it is there, what it does, what it has filed. */
export interface Reporter {
  readonly id: string
  readonly code: string
  readonly partyId: string
  readonly name: string
  readonly classes: readonly string[]
  readonly stays: readonly { readonly movedIn: CalendarDate; readonly movedOut: CalendarDate | null }[]
  readonly filed: readonly ReporterReturn[]
  readonly reminders: readonly {
    readonly periodFrom: CalendarDate
    readonly daysAfter: number
    readonly remindedOn: CalendarDate
  }[]
}

export interface ReporterReturn {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly filedOn: CalendarDate
  readonly superseded: boolean
  readonly explanations: number
}

/**
 * Every agency that has ever been in the zone, or one, in the order of the codes: a zone has hundreds of agencies, and who
 * owes which period is a rule over all of this.
 */
export async function findReporters(db: Db, on: CalendarDate, agencyId?: string): Promise<Reporter[]> {
  const { rows } = await sql<Reporter>`
    select agency.id, agency.code, agency.party_id, coalesce(name.value #>> '{}', agency.code) as name,
      coalesce(classes.value, '[]') as classes,
      (select coalesce(jsonb_agg(jsonb_build_object('movedIn', stay.moved_in, 'movedOut', stay.moved_out)
          order by stay.moved_in), '[]')
        from agency_membership stay where stay.agency_id = agency.id and stay.superseded_at is null) as stays,
      (select coalesce(jsonb_agg(jsonb_build_object('periodFrom', filed.period_from, 'periodTo', filed.period_to,
          'filedOn', filed.filed_on, 'superseded', filed.superseded_at is not null,
          'explanations', (select count(*) from jsonb_array_elements(coalesce(detail.findings, '[]')) finding
            where finding ->> 'reason' is not null))), '[]')
        from agency_return filed left join agency_return_detail detail on detail.return_id = filed.id
        where filed.agency_id = agency.id) as filed,
      (select coalesce(jsonb_agg(jsonb_build_object('periodFrom', sent.period_from, 'daysAfter', sent.days_after,
          'remindedOn', sent.reminded_on) order by sent.days_after), '[]')
        from agency_return_reminder sent where sent.agency_id = agency.id) as reminders
    from distinct_agency agency
    left join lateral (select fact.value from agency_fact fact
      where fact.agency_id = agency.id and fact.field = 'name' and fact.superseded_at is null and fact.valid_from <= ${on}
      order by fact.valid_from desc limit 1) name on true
    left join lateral (select fact.value from agency_fact fact
      where fact.agency_id = agency.id and fact.field = 'classes' and fact.superseded_at is null and fact.valid_from <= ${on}
      order by fact.valid_from desc limit 1) classes on true
    where ${agencyId === undefined ? sql`true` : sql`agency.id = ${agencyId}`}
    order by agency.code`.execute(db)
  return rows
}

export interface Reminded {
  readonly agencyId: string
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly daysAfter: number
  readonly dueOn: CalendarDate
  readonly remindedOn: CalendarDate
  readonly people: number
}

/** False where that reminder had been sent already, by another worker perhaps. */
export async function recordReminder(tx: Tx, reminded: Reminded): Promise<boolean> {
  const row = await tx
    .insertInto('agencyReturnReminder')
    .values(reminded)
    .onConflict((conflict) => conflict.doNothing())
    .returning('agencyId')
    .executeTakeFirst()
  return row !== undefined
}

/** How many people a reminder reached. */
export async function noteReminded(
  tx: Tx,
  { agencyId, periodFrom, periodTo, daysAfter }: Omit<Reminded, 'dueOn' | 'remindedOn' | 'people'>,
  people: number,
): Promise<void> {
  await tx
    .updateTable('agencyReturnReminder')
    .set({ people })
    .where('agencyId', '=', agencyId)
    .where('periodFrom', '=', periodFrom)
    .where('periodTo', '=', periodTo)
    .where('daysAfter', '=', daysAfter)
    .execute()
}
