import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { OwnerKind } from './owner.rules.ts'
import type { Match } from './owner.store.ts'

export interface Order {
  readonly documents: number
  readonly id: string
}

interface OwnerSearch {
  readonly q?: string | undefined
  readonly match?: Match | undefined
  readonly joined?: boolean | undefined
  /** A section of GB/T 4754, of the firm that the owner was matched with; `-` where that firm states none. */
  readonly section?: string | undefined
  readonly after?: Order | undefined
  readonly limit: number
}

const shown = sql`owner.id, owner.name, owner.kind, owner.documents, owner.names, owner.match, owner.match_basis,
  survivor.survivor_id as party_id, party.name as party_name, owner.candidates, owner.dissolved_on, owner.version`
const shownFrom = sql`patent_owner owner
  left join party_survivor survivor on survivor.party_id = owner.party_id
  left join party on party.id = survivor.survivor_id`

export interface ShownOwner {
  readonly id: string
  readonly name: string
  readonly kind: OwnerKind
  readonly documents: number
  readonly names: number
  readonly match: Match
  readonly matchBasis: string | null
  readonly partyId: string | null
  readonly partyName: string | null
  readonly candidates: string[]
  readonly dissolvedOn: string | null
  readonly version: number
}

export async function searchOwners(db: Db, { q, match, joined, section, after, limit }: OwnerSearch) {
  const conditions: RawBuilder<unknown>[] = [sql`owner.dissolved_on is null`]
  if (match !== undefined) conditions.push(sql`owner.match = ${match}`)
  if (joined === true) conditions.push(sql`owner.names > 1`)
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`
    conditions.push(sql`(owner.name ilike ${pattern} or exists (
      select from patent_owner_link link
      where link.owner_id = owner.id and link.until is null and link.name ilike ${pattern}))`)
  }
  if (section !== undefined) conditions.push(inSection(section))
  const wanted = sql.join(conditions, sql` and `)
  const place =
    after === undefined
      ? sql`true`
      : sql`(owner.documents, owner.id) < (${after.documents}, ${after.id}::uuid)`
  const [{ rows: totals }, { rows }] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from patent_owner owner where ${wanted}`.execute(db),
    sql<ShownOwner>`
      select ${shown} from ${shownFrom} where ${wanted} and ${place}
      order by owner.documents desc, owner.id desc limit ${limit}`.execute(db),
  ])
  return { total: totals[0]?.total ?? 0, rows }
}

/** The same joins as the figures of `countIndustries`, so that a figure and its list agree. */
const inSection = (section: string) => sql`owner.match = 'matched' and exists (
  select from party_survivor matched join party firm on firm.id = matched.survivor_id
  where matched.party_id = owner.party_id
    and left(firm.industry_code, 1) is not distinct from ${section === '-' ? null : section})`

export interface MatchCount {
  readonly match: Match
  readonly owners: number
  readonly documents: number
}

/** How owners stand to the register, in owners and in documents (a document of two owners counts for both). */
export async function countMatches(db: Db): Promise<MatchCount[]> {
  const { rows } = await sql<MatchCount>`
    select match, count(*) as owners, coalesce(sum(documents), 0) as documents
    from patent_owner where dissolved_on is null group by match`.execute(db)
  return rows
}

/** Documents of matched owners by the section of their firm's industry (GB/T 4754); null where the firm states none. */
export async function countIndustries(db: Db) {
  const { rows } = await sql<{ section: string | null; owners: number; documents: number }>`
    select left(party.industry_code, 1) as section, count(*) as owners, coalesce(sum(owner.documents), 0) as documents
    from patent_owner owner
    join party_survivor survivor on survivor.party_id = owner.party_id
    join party on party.id = survivor.survivor_id
    where owner.dissolved_on is null and owner.match = 'matched'
    group by section order by documents desc, section`.execute(db)
  return rows
}

export async function findOwner(db: Db, id: string): Promise<ShownOwner | undefined> {
  const { rows } = await sql<ShownOwner>`select ${shown} from ${shownFrom} where owner.id = ${id}`.execute(db)
  return rows[0]
}
