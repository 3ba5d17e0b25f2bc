/** What other rooms may use of the market room. */
export { marketApi } from './listing.api.ts'
export { marketJobs } from './jobs.ts'
export { marketNoticeKinds } from './notices.ts'

import { sql } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { DealKind } from './rules.ts'

export interface DealtPatent {
  /** As it stands in the ledger of deals: usually the number of the right, `ZL201510163325.6`. */
  readonly patentNumber: string
  readonly kind: DealKind
}

/**
 * Every patent of a deal that stands, once for each kind of deal, as recorded by a day. With a moment, as was known then:
 * what was entered or voided later does not count, so that an earlier count can be made again.
 */
export async function findDealtPatents(db: Db, on: string, knownAt?: string): Promise<DealtPatent[]> {
  const known =
    knownAt === undefined
      ? sql`deal.voided_at is null`
      : sql`deal.recorded_at <= ${knownAt}::timestamptz
          and (deal.voided_at is null or deal.voided_at > ${knownAt}::timestamptz)`
  const { rows } = await sql<DealtPatent>`
    select distinct item.patent_number, item.kind
    from deal_patent item join deal on deal.id = item.deal_id
    where item.recorded_on <= ${on} and ${known}
    order by item.patent_number, item.kind`.execute(db)
  return rows
}

/** Changes whenever a deal is recorded or voided, so that what was read of the deals can be kept until then. */
export async function stateOfDeals(db: Db): Promise<string> {
  const { rows } = await sql<{ deals: number; voided: number; latest: string | null }>`
    select count(*) as deals, count(voided_at) as voided, max(recorded_at)::text as latest from deal`.execute(
    db,
  )
  const [row] = rows
  return `${row?.deals ?? 0}/${row?.voided ?? 0}/${row?.latest ?? ''}`
}
