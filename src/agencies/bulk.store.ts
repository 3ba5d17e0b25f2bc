import { type Insertable, sql } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { sortKeyOf } from './directory.rules.ts'
import type { FactName } from './facts.rules.ts'

/** Whole histories at once, for imports and scenarios: the caller states every interval, and the database refuses two beliefs about one day. */

export type NewAgency = Insertable<Database['agency']>
export type NewStay = Insertable<Database['agencyMembership']>
export type NewReturn = Insertable<Database['agencyReturn']>
export type NewBrand = Insertable<Database['agencyBrand']>
export interface NewFact extends Omit<Insertable<Database['agencyFact']>, 'field' | 'value' | 'sortKey'> {
  readonly field: FactName
  readonly value: unknown
}

/** Codes of the register's own form move its counter on, so that the next agency gets a code of its own. */
export async function insertAgencies(tx: Tx, agencies: readonly NewAgency[]): Promise<number> {
  const inserted = await insertAll(tx, 'agency', agencies)
  const last = Math.max(0, ...agencies.map(({ code }) => Number(/^A(\d{1,9})$/.exec(code)?.[1] ?? 0)))
  if (last > 0) {
    await sql`select setval('agency_code_serial', greatest(${last}, (select last_value from agency_code_serial)))`.execute(
      tx,
    )
  }
  return inserted
}

export async function insertFacts(tx: Tx, facts: readonly NewFact[]): Promise<number> {
  // Wrapped, because a bare JSON null would arrive as "no value" and not as the fact that there is none.
  const rows = facts.map(({ value, ...fact }) => ({
    ...fact,
    value: { is: value },
    sortKey: fact.field === 'name' ? sortKeyOf(String(value)) : null,
  }))
  const { numAffectedRows } = await sql`
    insert into agency_fact
      (agency_id, field, value, sort_key, valid_from, valid_to, source, observed_on, cause, recorded_at, superseded_at)
    select "agencyId", field, value -> 'is', "sortKey", "validFrom", "validTo", source, "observedOn", cause,
      coalesce("recordedAt", now()), "supersededAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      "agencyId" uuid, field text, value jsonb, "sortKey" text, "validFrom" date, "validTo" date, source text,
      "observedOn" date, cause text, "recordedAt" timestamptz, "supersededAt" timestamptz)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export const insertStays = (tx: Tx, stays: readonly NewStay[]) => insertAll(tx, 'agencyMembership', stays)
export const insertReturns = (tx: Tx, returns: readonly NewReturn[]) => insertAll(tx, 'agencyReturn', returns)
export const insertBrands = (tx: Tx, brands: readonly NewBrand[]) => insertAll(tx, 'agencyBrand', brands)
