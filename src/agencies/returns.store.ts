import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Recording, Written } from './register.store.ts'
import type { ReturnComparison, ReturnFinding } from './returns-check.rules.ts'
import type { ReturnValues } from './returns.rules.ts'

export interface FiledReturn {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly revenueFen: number
  readonly headcount: number
  readonly filedOn: CalendarDate
}

export interface KnownReturn extends FiledReturn {
  readonly id: string
}

/** A finding as it was filed: what asked for a reason has one. */
export type ExplainedFinding = ReturnFinding & { readonly reason: string | null }

/** What stands in a return beside the two numbers that are counted. */
export interface ReturnDetail {
  readonly formFrom: string
  readonly answers: ReturnValues
  readonly findings: readonly ExplainedFinding[]
  readonly comparison: ReturnComparison
}

export interface DetailedReturn extends KnownReturn {
  readonly source: string
  readonly cause: string | null
  readonly recordedAt: Date
  readonly supersededAt: Date | null
  /** Without the two counted ones; empty where a return was filed before the zone had a form. */
  readonly answers: ReturnValues
  readonly findings: readonly ExplainedFinding[]
}

/** Every return of an agency that touches the days, what has been revised included; the newest first. */
export async function findReturnHistory(
  db: Db,
  agencyId: string,
  from: CalendarDate,
  to: CalendarDate,
): Promise<DetailedReturn[]> {
  const { rows } = await sql<DetailedReturn>`
    select filed.id, filed.period_from, filed.period_to, filed.revenue_fen, filed.headcount, filed.filed_on, filed.source,
      filed.cause, filed.recorded_at, filed.superseded_at, coalesce(detail.answers, '{}') as answers,
      coalesce(detail.findings, '[]') as findings
    from agency_return filed
    left join agency_return_detail detail on detail.return_id = filed.id
    where filed.agency_id = ${agencyId} and filed.period_from < ${to} and filed.period_to > ${from}
    order by filed.superseded_at desc nulls first, filed.recorded_at desc, filed.period_from desc`.execute(db)
  return rows
}

/** Returns that the register believes and that report any day of the period. */
export async function findReturnsOver(
  db: Db,
  agencyId: string,
  from: CalendarDate,
  to: CalendarDate,
): Promise<DetailedReturn[]> {
  const all = await findReturnHistory(db, agencyId, from, to)
  return all.filter(({ supersededAt }) => supersededAt === null)
}

/** All returns that the register believes, newest period first. */
export async function findReturns(db: Db, agencyId: string): Promise<(FiledReturn & { source: string })[]> {
  const rows = await db
    .selectFrom('agencyReturn')
    .select(['periodFrom', 'periodTo', 'revenueFen', 'headcount', 'filedOn', 'source'])
    .where('agencyId', '=', agencyId)
    .where('supersededAt', 'is', null)
    .orderBy('periodFrom', 'desc')
    .execute()
  return rows as (FiledReturn & { source: string })[]
}

/** Files a return; the one that it revises is superseded and stays readable. */
export async function recordReturn(
  tx: Tx,
  agencyId: string,
  filed: FiledReturn,
  { source, cause, recordedAt }: Recording,
  { revises, detail }: { revises?: string | undefined; detail?: ReturnDetail | undefined } = {},
): Promise<Written[]> {
  if (revises !== undefined) {
    await tx.updateTable('agencyReturn').set({ supersededAt: recordedAt }).where('id', '=', revises).execute()
  }
  const { id } = await tx
    .insertInto('agencyReturn')
    .values({ ...filed, agencyId, source, cause, recordedAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (detail !== undefined) {
    await tx
      .insertInto('agencyReturnDetail')
      .values({
        returnId: id,
        formFrom: detail.formFrom,
        answers: JSON.stringify(detail.answers),
        findings: JSON.stringify(detail.findings),
        comparison: JSON.stringify(detail.comparison),
      })
      .execute()
  }
  const ids = revises === undefined ? [id] : [revises, id]
  return ids.map((rowId) => ({ table: 'agency_return', id: rowId }))
}

/** The licences that the register holds for an agency on a day, each attorney once. */
export async function countLicences(db: Db, agencyId: string, on: CalendarDate): Promise<number> {
  const { attorneys } = await db
    .selectFrom('attorneyLicence')
    .select((make) => make.fn.count<number>('personId').distinct().as('attorneys'))
    .where('agencyId', '=', agencyId)
    .where('validFrom', '<=', on)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', on)]))
    .executeTakeFirstOrThrow()
  return attorneys
}

/** The name and the service classes of an agency on a day; the earliest known where none is known for that day. */
export async function findReporter(
  db: Db,
  agencyId: string,
  on: CalendarDate,
): Promise<{ name: string; classes: string[] }> {
  const { rows } = await sql<{ field: string; value: unknown }>`
    select distinct on (field) field, value from agency_fact
    where agency_id = ${agencyId} and field in ('name', 'classes') and superseded_at is null
    order by field, (valid_from <= ${on} and (valid_to is null or valid_to > ${on})) desc, valid_from`.execute(
    db,
  )
  const value = (field: string) => rows.find((row) => row.field === field)?.value
  const classes = value('classes')
  return {
    name: String(value('name') ?? ''),
    classes: Array.isArray(classes) ? classes.map(String) : [],
  }
}

/** The agencies of these organisations. */
export async function findAgenciesOf(
  db: Db,
  partyIds: readonly string[],
  on: CalendarDate,
): Promise<{ id: string; code: string; partyId: string; name: string; inZone: boolean }[]> {
  if (partyIds.length === 0) return []
  const { rows } = await sql<{ id: string; code: string; partyId: string; name: string; inZone: boolean }>`
    select agency.id, agency.code, agency.party_id,
      coalesce((select fact.value #>> '{}' from agency_fact fact
        where fact.agency_id = agency.id and fact.field = 'name' and fact.superseded_at is null
        order by fact.valid_from desc limit 1), agency.code) as name,
      exists (select from agency_membership stay where stay.agency_id = agency.id and stay.superseded_at is null
        and stay.moved_in <= ${on} and (stay.moved_out is null or stay.moved_out > ${on})) as in_zone
    from agency where agency.party_id = any (${partyIds}::uuid[])
    order by agency.code`.execute(db)
  return rows
}
