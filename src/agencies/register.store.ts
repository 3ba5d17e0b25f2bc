import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import { sortKeyOf } from './directory.rules.ts'
import type { FactName } from './facts.rules.ts'
import { endOfStatement, type Interval, revise } from './timeline.rules.ts'

/** On whose word something is written down, and when. */
export interface Recording {
  readonly source: string
  /** The day on which it was seen at its source. */
  readonly observedOn: CalendarDate
  /** Why the register changes its mind; null for what is simply new. */
  readonly cause: string | null
  readonly recordedAt: string
}

export interface Statement {
  readonly field: FactName
  readonly value: unknown
  readonly validFrom: CalendarDate
  /** Undefined: until the next day on which the register already knows another value. */
  readonly validTo?: CalendarDate | null | undefined
}

/** A row that was written: what the audit entry seals. */
export interface Written {
  readonly table: 'agency' | 'agency_fact' | 'agency_membership' | 'agency_return'
  readonly id: string
}

interface Belief extends Interval {
  readonly id: string
}

export async function insertAgency(tx: Tx, partyId: string): Promise<{ id: string; code: string }> {
  const { rows } = await sql<{ id: string; code: string }>`
    insert into agency (code, party_id)
    select 'A' || lpad(nextval('agency_code_serial')::text, 4, '0'), ${partyId}
    returning id, code`.execute(tx)
  return rows[0]!
}

/**
 * Holds the agency until the transaction ends, and gives the moment at which to record: the clock's, unless the register
 * already holds something later, since what is believed must never seem to end before it began.
 */
export async function lockAgency(tx: Tx, code: string, now: Date) {
  const agency = await tx
    .selectFrom('agency')
    .select(['id', 'code', 'partyId'])
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
  if (agency === undefined) return undefined
  const { rows } = await sql<{ recordedAt: string }>`
    select greatest(${now}::timestamptz,
      (select max(recorded_at) from agency_fact where agency_id = ${agency.id}),
      (select max(recorded_at) from agency_membership where agency_id = ${agency.id}),
      (select max(recorded_at) from agency_return where agency_id = ${agency.id}))::text as recorded_at`.execute(
    tx,
  )
  return { ...agency, recordedAt: rows[0]!.recordedAt }
}

export type LockedAgency = NonNullable<Awaited<ReturnType<typeof lockAgency>>>

/** Writes down one statement: what it contradicts is superseded and lives on for the days that are left to it. */
export async function stateFact(
  tx: Tx,
  agencyId: string,
  statement: Statement,
  recording: Recording,
): Promise<Written[]> {
  const { field, value, validFrom } = statement
  const known: Belief[] = await tx
    .selectFrom('agencyFact')
    .select([
      'id',
      sql<CalendarDate>`valid_from`.as('validFrom'),
      sql<CalendarDate | null>`valid_to`.as('validTo'),
    ])
    .where('agencyId', '=', agencyId)
    .where('field', '=', field)
    .where('supersededAt', 'is', null)
    .execute()
  const validTo = statement.validTo === undefined ? endOfStatement(known, validFrom) : statement.validTo
  const { superseded, remnants } = revise(known, { validFrom, validTo })

  const written = superseded.map(({ id }) => id)
  if (written.length > 0) {
    await tx
      .updateTable('agencyFact')
      .set({ supersededAt: recording.recordedAt })
      .where('id', 'in', written)
      .execute()
  }
  for (const remnant of remnants) {
    const { rows } = await sql<{ id: string }>`
      insert into agency_fact (agency_id, field, value, sort_key, valid_from, valid_to, source, observed_on, cause, recorded_at)
      select agency_id, field, value, sort_key, ${remnant.validFrom}, ${remnant.validTo}, source, observed_on, cause,
        ${recording.recordedAt} from agency_fact where id = ${remnant.of.id}
      returning id`.execute(tx)
    written.push(rows[0]!.id)
  }
  const { id } = await tx
    .insertInto('agencyFact')
    .values({
      ...recording,
      agencyId,
      field,
      value: JSON.stringify(value),
      sortKey: field === 'name' ? sortKeyOf(String(value)) : null,
      validFrom,
      validTo,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return [...written, id].map((rowId) => ({ table: 'agency_fact', id: rowId }))
}

/** Who an agency is, without what the register says of it. */
export function findAgency(db: Db, code: string) {
  return db.selectFrom('agency').select(['id', 'code', 'partyId']).where('code', '=', code).executeTakeFirst()
}

export function findAgencyOfParty(db: Db, partyId: string) {
  return db
    .selectFrom('agency')
    .select(['id', 'code', 'partyId'])
    .where('partyId', '=', partyId)
    .executeTakeFirst()
}
