import { sql, type Insertable } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'

export interface Bookable {
  readonly id: string
  readonly kind: 'person' | 'room'
  readonly name: string
  readonly accountId: string | null
  readonly skills: readonly string[]
  readonly languages: readonly string[]
  readonly seats: number | null
  readonly duties: readonly {
    readonly weekday: number
    readonly from: number
    readonly to: number
    readonly validFrom: string
    readonly validTo: string | null
  }[]
  readonly absences: readonly { readonly firstDay: string; readonly lastDay: string }[]
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
  readonly version: number
}

/** People and rooms of a station that can be booked on some day of a span, with their duty and their absences. */
export async function listBookables(
  db: Db,
  { station, from, to }: { station: string; from: string; to: string },
): Promise<Bookable[]> {
  const { rows } = await sql<Bookable>`
    select one.id, one.kind, one.name, one.account_id, one.skills, one.languages, one.seats, one.valid_from, one.valid_to,
      one.version,
      coalesce((select jsonb_agg(jsonb_build_object('weekday', duty.weekday, 'from', duty.from_minute,
          'to', duty.to_minute, 'validFrom', duty.valid_from, 'validTo', duty.valid_to) order by duty.weekday, duty.from_minute)
        from bookable_duty duty where duty.bookable_id = one.id), '[]') as duties,
      coalesce((select jsonb_agg(jsonb_build_object('firstDay', away.first_day, 'lastDay', away.last_day) order by away.first_day)
        from bookable_absence away where away.bookable_id = one.id and away.last_day >= ${from} and away.first_day <= ${to}),
        '[]') as absences
    from bookable one
    where one.station_code = ${station} and one.valid_from <= ${to} and (one.valid_to is null or one.valid_to > ${from})
    order by one.kind, one.id`.execute(db)
  return rows
}

/** Stations at which somebody or some room can be booked, with what they can do. */
export async function listBookableStations(db: Db, on: string) {
  const { rows } = await sql<{
    stationCode: string
    kind: 'person' | 'room'
    skills: string[]
    languages: string[]
    seats: number | null
  }>`
    select station_code, kind, skills, languages, seats from bookable
    where valid_from <= ${on} and (valid_to is null or valid_to > ${on})`.execute(db)
  return rows
}

export function findBookable(db: Db, id: string) {
  return db
    .selectFrom('bookable')
    .select(['id', 'kind', 'name', 'stationCode', 'accountId', 'validFrom', 'validTo', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface NewDuty {
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
}

export async function insertBookable(
  tx: Tx,
  bookable: Insertable<Database['bookable']>,
  duties: readonly NewDuty[],
): Promise<string> {
  const { id } = await tx.insertInto('bookable').values(bookable).returning('id').executeTakeFirstOrThrow()
  await tx
    .insertInto('bookableDuty')
    .values(duties.map((duty) => ({ ...duty, bookableId: id, validFrom: bookable.validFrom })))
    .execute()
  return id
}

export async function insertAbsence(
  tx: Tx,
  absence: Insertable<Database['bookableAbsence']>,
): Promise<string> {
  const { id } = await tx
    .insertInto('bookableAbsence')
    .values(absence)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** False when somebody else changed it first. */
export async function changeBookable(
  tx: Tx,
  { id, version }: { readonly id: string; readonly version: number },
  changes: { readonly accountId?: string | null; readonly validTo?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bookable')
    .set({ ...changes, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Other hours from a day on. What ran on ends there; what was planned for later was never in force. */
export async function replaceDuties(
  tx: Tx,
  bookableId: string,
  from: CalendarDate,
  duties: readonly NewDuty[],
): Promise<void> {
  await tx
    .updateTable('bookableDuty')
    .set({ validTo: sql<string>`greatest(valid_from, ${from}::date)` })
    .where('bookableId', '=', bookableId)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', from)]))
    .execute()
  if (duties.length === 0) return
  await tx
    .insertInto('bookableDuty')
    .values(duties.map((duty) => ({ ...duty, bookableId, validFrom: from })))
    .execute()
}

/** Whom an account stands for at which stations, on a day or later. */
export async function listBookablesOf(db: Db, accountId: string, on: string) {
  const { rows } = await sql<Pick<Bookable, 'id' | 'name' | 'duties' | 'validTo'> & { stationCode: string }>`
    select one.id, one.name, one.station_code, one.valid_to,
      coalesce((select jsonb_agg(jsonb_build_object('weekday', duty.weekday, 'from', duty.from_minute,
          'to', duty.to_minute, 'validFrom', duty.valid_from, 'validTo', duty.valid_to) order by duty.weekday, duty.from_minute)
        from bookable_duty duty where duty.bookable_id = one.id), '[]') as duties
    from bookable one
    where one.account_id = ${accountId} and (one.valid_to is null or one.valid_to > ${on})
    order by one.station_code, one.id`.execute(db)
  return rows
}

/** The names of accounts that are linked, for those who keep the list. */
export async function listLinkedNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('userAccount')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
