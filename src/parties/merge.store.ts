import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { MergeSide } from './rules.ts'

export interface CandidatePair {
  readonly firstId: string
  readonly secondId: string
  readonly sharedName: string
}

// 某某（中国）有限公司 and 某某中国有限公司 are worth a look; a pair that is only proposed costs an officer a glance.
const PUNCTUATION = '()·.,-&'

/**
 * Organisations that bear one name, now or formerly, whatever its brackets and stops, and are not known to be two: not both have a credit code, nobody has
 * found them to be apart, and neither is absorbed already.
 */
export async function findCandidates(
  db: Db,
  limit: number,
): Promise<{ total: number; pairs: CandidatePair[] }> {
  const { rows } = await sql<CandidatePair & { total: number }>`
    with standing as (
      select party.id, party.credit_code, party.name, party.name_key from party
      join party_survivor on party_survivor.party_id = party.id and party_survivor.survivor_id = party.id
      where party.kind = 'organisation'
    ), named as (
      select id, credit_code, name, translate(name_key, ${PUNCTUATION}, '') as name_key from standing
      union
      select standing.id, standing.credit_code, party_alias.name, translate(party_alias.name_key, ${PUNCTUATION}, '')
      from party_alias join standing on standing.id = party_alias.party_id
    ), pair as (
      select one.id as first_id, other.id as second_id, min(one.name) as shared_name
      from named one join named other on other.name_key = one.name_key and other.id > one.id
      where (one.credit_code is null or other.credit_code is null)
        and not exists (select 1 from party_distinct where first_id = one.id and second_id = other.id)
      group by one.id, other.id
    )
    select first_id, second_id, shared_name, count(*) over () as total from pair
    order by shared_name collate "C", first_id, second_id limit ${limit}`.execute(db)
  return { total: rows[0]?.total ?? 0, pairs: rows.map(({ total: _total, ...pair }) => pair) }
}

export function findSides(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('party')
    .innerJoin('partySurvivor', 'partySurvivor.partyId', 'party.id')
    .select([
      'party.id',
      'party.kind',
      'party.creditCode',
      'party.name',
      'party.nameEn',
      'party.country',
      'party.regionCode',
      'party.industryCode',
      'party.address',
      'party.source',
      'party.createdAt',
      'partySurvivor.survivorId',
    ])
    .where('party.id', 'in', ids)
    .execute()
}

export type SideRow = Awaited<ReturnType<typeof findSides>>[number]

/** A party as the rule of merging looks at it. */
export function mergeSide({ id, kind, creditCode, survivorId }: SideRow): MergeSide {
  return {
    id,
    kind: kind === 'person' ? 'person' : 'organisation',
    creditCode,
    survivorId: survivorId === id ? null : survivorId,
  }
}

export interface NewMerge {
  readonly survivorId: string
  readonly absorbedId: string
  readonly reason: string
  readonly evidence: object
  readonly mergedBy: string
}

export async function insertMerge(tx: Tx, { evidence, ...merge }: NewMerge): Promise<string> {
  const { id } = await tx
    .insertInto('partyMerge')
    .values({ ...merge, evidence: JSON.stringify(evidence) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** False when the merge had been undone before. */
export async function closeMerge(
  tx: Tx,
  id: string,
  { by, reason, at }: { by: string; reason: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('partyMerge')
    .set({ undoneAt: at, undoneBy: by, undoReason: reason })
    .where('id', '=', id)
    .where('undoneAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function selectMerges(db: Db) {
  return db
    .selectFrom('partyMerge')
    .innerJoin('party as survivor', 'survivor.id', 'partyMerge.survivorId')
    .innerJoin('party as absorbed', 'absorbed.id', 'partyMerge.absorbedId')
    .select([
      'partyMerge.id',
      'survivorId',
      'absorbedId',
      'reason',
      'evidence',
      'mergedAt',
      'undoneAt',
      'undoReason',
      'survivor.name as survivorName',
      'absorbed.name as absorbedName',
    ])
}

export function findMerge(db: Db, id: string) {
  return selectMerges(db).where('partyMerge.id', '=', id).executeTakeFirst()
}

export async function listMerges(db: Db, limit: number) {
  const [{ total }, rows] = await Promise.all([
    db
      .selectFrom('partyMerge')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    selectMerges(db).orderBy('mergedAt', 'desc').orderBy('partyMerge.id', 'desc').limit(limit).execute(),
  ])
  return { total: total, rows }
}

export async function insertDistinct(
  tx: Tx,
  pair: { firstId: string; secondId: string; reason: string; decidedBy: string },
) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partyDistinct')
    .values(pair)
    .onConflict((conflict) =>
      conflict
        .columns(['firstId', 'secondId'])
        .doUpdateSet({ reason: pair.reason, decidedBy: pair.decidedBy }),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}
