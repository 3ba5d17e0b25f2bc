import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import { LISTING_STATE_NAMES, type ListingState } from './listing.rules.ts'
import type { DealKind } from './rules.ts'

export interface ListingRow {
  readonly id: string
  readonly publicationNumber: string
  readonly applicationNumber: string
  readonly title: string
  readonly partyId: string
  readonly partyName: string
  readonly holders: string[]
  readonly holderMatches: boolean
  readonly kind: DealKind
  readonly field: string
  readonly industry: string
  readonly summary: string
  readonly priceFen: number | null
  readonly state: ListingState
  readonly listedOn: string
  readonly confirmedOn: string
  readonly confirmBy: string
  readonly termsFrom: string
  readonly legalStatus: string
  readonly statusCheckedAt: Date
  readonly version: number
}

const columns = sql`listing.id, listing.publication_number, listing.application_number, listing.title,
  survivor.survivor_id as party_id, party.name as party_name, listing.holders, listing.holder_matches, listing.kind,
  listing.field, listing.industry, listing.summary, listing.price_fen, listing.state, listing.listed_on,
  listing.confirmed_on, listing.confirm_by, listing.terms_from, listing.legal_status, listing.status_checked_at,
  listing.version`
const tables = sql`market_listing listing
  join party_survivor survivor on survivor.party_id = listing.party_id
  join party on party.id = survivor.survivor_id`

export interface ListingSearch {
  readonly q?: string | undefined
  readonly industry?: string | undefined
  readonly kind?: DealKind | undefined
  readonly state: ListingState
  readonly partyId?: string | undefined
  readonly partyIds?: readonly string[] | undefined
  readonly after?: { readonly day: string; readonly id: string } | undefined
  readonly limit: number
}

export async function searchListings(
  db: Db,
  { q, industry, kind, state, partyId, partyIds, after, limit }: ListingSearch,
) {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (industry !== undefined) conditions.push(sql`listing.industry = ${industry}`)
  if (kind !== undefined) conditions.push(sql`listing.kind = ${kind}`)
  if (partyId !== undefined) conditions.push(sql`survivor.survivor_id = ${partyId}`)
  if (partyIds !== undefined) conditions.push(sql`survivor.survivor_id = any(${[...partyIds]}::uuid[])`)
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`
    conditions.push(sql`(listing.title ilike ${pattern} or listing.field ilike ${pattern} or party.name ilike ${pattern}
      or listing.publication_number ilike ${pattern})`)
  }
  const wanted = sql.join(conditions, sql` and `)
  const place =
    after === undefined
      ? sql`true`
      : sql`(listing.listed_on, listing.id) < (${after.day}::date, ${after.id}::uuid)`
  const [{ rows: counts }, { rows }] = await Promise.all([
    sql<{ state: ListingState; count: number }>`
      select listing.state, count(*) as count from ${tables} where ${wanted} group by listing.state`.execute(
      db,
    ),
    sql<ListingRow>`
      select ${columns} from ${tables} where ${wanted} and listing.state = ${state} and ${place}
      order by listing.listed_on desc, listing.id desc limit ${limit}`.execute(db),
  ])
  const of = (name: ListingState) => counts.find((one) => one.state === name)?.count ?? 0
  return {
    rows,
    total: of(state),
    states: Object.fromEntries(LISTING_STATE_NAMES.map((name) => [name, of(name)])) as Record<
      ListingState,
      number
    >,
  }
}

/** Parties by their ids, those that were absorbed as who absorbed them. */
export async function findOfferers(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct party.id, party.name from party_survivor survivor join party on party.id = survivor.survivor_id
    where survivor.party_id = any(${[...ids]}::uuid[]) order by party.name`.execute(db)
  return rows
}

export async function findListing(db: Db, id: string): Promise<ListingRow | undefined> {
  const { rows } = await sql<ListingRow>`select ${columns} from ${tables} where listing.id = ${id}`.execute(
    db,
  )
  return rows[0]
}

/** The listing as it stands, kept from changing until the transaction ends. */
export async function lockListing(tx: Tx, id: string): Promise<ListingRow | undefined> {
  const { rows } = await sql<ListingRow>`
    select ${columns} from ${tables} where listing.id = ${id} for update of listing`.execute(tx)
  return rows[0]
}

export function findStandingListing(tx: Tx, publicationNumber: string, kind: DealKind) {
  return tx
    .selectFrom('marketListing')
    .select('id')
    .where('publicationNumber', '=', publicationNumber)
    .where('kind', '=', kind)
    .where('state', 'in', ['active', 'faded'])
    .executeTakeFirst()
}

export async function insertListing(tx: Tx, listing: Insertable<Database['marketListing']>): Promise<string> {
  const { id } = await tx
    .insertInto('marketListing')
    .values(listing)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface ListingChange {
  readonly state?: ListingState
  readonly confirmedOn?: string
  readonly confirmBy?: string
  readonly termsFrom?: string
  readonly legalStatus?: string
  readonly statusCheckedAt?: Date
}

export async function changeListing(tx: Tx, id: string, change: ListingChange): Promise<void> {
  await tx
    .updateTable('marketListing')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function insertListingEvent(
  tx: Tx,
  event: Insertable<Database['marketListingEvent']>,
): Promise<void> {
  await tx.insertInto('marketListingEvent').values(event).execute()
}

export function findListingEvents(db: Db, listingId: string) {
  return db
    .selectFrom('marketListingEvent')
    .select(['id', 'kind', 'reason', 'legalStatus', 'happenedOn', 'recordedAt'])
    .where('listingId', '=', listingId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export interface ToCheck {
  readonly id: string
  readonly publicationNumber: string
  readonly state: ListingState
  readonly confirmBy: string
  readonly legalStatus: string
  readonly reminded: boolean
}

/** Everything that stands, or could come back. */
export async function findToCheck(db: Db): Promise<ToCheck[]> {
  const { rows } = await sql<ToCheck>`
    select listing.id, listing.publication_number, listing.state, listing.confirm_by, listing.legal_status,
      exists (
        select from market_listing_event event
        where event.listing_id = listing.id and event.kind = 'reminded' and event.happened_on >= listing.confirmed_on
      ) as reminded
    from market_listing listing where listing.state in ('active', 'faded') order by listing.id`.execute(db)
  return rows
}

/** Every name under which a party is known: its own, former ones, translations; of what was merged into it too. */
export async function findNamesOfParty(db: Db, partyId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with same as (select party_id from party_survivor where survivor_id = ${partyId})
    select party.name from party join same on same.party_id = party.id
    union select party.name_en from party join same on same.party_id = party.id where party.name_en is not null
    union select alias.name from party_alias alias join same on same.party_id = alias.party_id
    union select state.name from party_state state join same on same.party_id = state.party_id`.execute(db)
  return rows.map(({ name }) => name)
}
