import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { Measure } from '../zone/appraisal.rules.ts'

/** What the tables say today of a record that a computation counted, or did not know yet. */
export interface Fate {
  readonly id: string
  readonly recordedAt: Date | null
  /** Since when it no longer counts, where the record says so. */
  readonly goneOn: string | null
  /** In the words of whoever voided or ended it. */
  readonly words: string | null
}

/** Explains differences. Records of a measure that keeps no such history have no fate. */
export async function findFates(
  db: Db,
  agencyId: string,
  measure: Measure,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Fate>> {
  const query = FATES[measure]
  if (query === undefined || ids.length === 0) return new Map()
  const { rows } = await query(agencyId, ids).execute(db)
  return new Map(rows.map((fate) => [fate.id, fate]))
}

type Query = (agencyId: string, ids: readonly string[]) => RawBuilder<Fate>

const FATES: Readonly<Partial<Record<Measure, Query>>> = {
  // A firm stops counting when the last record of it is voided; it began to count with the first.
  clients: (agencyId, ids) => sql`
    select client_id as id, min(recorded_at) as recorded_at, max(voided_at)::date as gone_on,
      (array_agg(void_reason order by voided_at desc nulls last))[1] as words
    from service_record where agency_id = ${agencyId} and client_id = any(${ids}::uuid[]) group by client_id`,
  services: (_agency, ids) => sql`
    select id, recorded_at, voided_at::date as gone_on, void_reason as words from service_record
    where id = any(${ids}::uuid[])`,
  deals: (_agency, ids) => sql`
    select id, recorded_at, voided_at::date as gone_on, void_reason as words from deal where id = any(${ids}::uuid[])`,
  attorneys: (_agency, ids) => sql`
    select id, recorded_at, valid_to as gone_on, null as words from attorney_licence where id = any(${ids}::uuid[])`,
  brands: (_agency, ids) => sql`
    select id, recorded_at, ended_on as gone_on, end_reason as words from agency_brand where id = any(${ids}::uuid[])`,
  abnormalOpen: (_agency, ids) => sql`
    select id, recorded_at, withdrawn_on as gone_on, null as words from abnormal_filing where id = any(${ids}::uuid[])`,
}
