import { sql } from 'kysely'
import type { Analytics } from '#platform/analytics.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { DataVersion } from './corpus.store.ts'
import type { Group, OwnerKind, PartyName, Question, ReadName } from './owner.rules.ts'

export type OwnerVersion = number
export type Match = 'matched' | 'unmatched' | 'ambiguous' | 'person'
const patient = { tag: 'patents.owners', limits: { seconds: 300, memoryBytes: 2 * 2 ** 30 } }
const BATCH = 5_000

/** Which names were joined, as of a version; zero is the state in which none was. */
export async function currentOwnerVersion(db: Db): Promise<OwnerVersion> {
  const row = await db
    .selectFrom('patentOwnerVersion')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst()
  return row?.version ?? 0
}

/** Names that share their owner with others, and that owner's id: all else is an owner of its own. */
export async function joinedNames(db: Db, version: OwnerVersion) {
  const { rows } = await sql<{ name: string; ownerId: string }>`
    with link as (
      select name, owner_id, count(*) over (partition by owner_id) as names
      from patent_owner_link where since <= ${version} and (until is null or until > ${version})
    )
    select name, owner_id from link where names > 1 order by name`.execute(db)
  return { names: rows.map(({ name }) => name), ids: rows.map(({ ownerId }) => ownerId) }
}

export async function namesOfOwner(db: Db, ownerId: string, version: OwnerVersion): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from patent_owner_link
    where owner_id = ${ownerId} and since <= ${version} and (until is null or until > ${version})
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** The owners of these names or with these ids, keyed by both. */
export async function ownersOf(db: Db, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, { id: string; name: string; names: number }>()
  const ids = keys.filter((key) => UUID.test(key))
  const { rows } = await sql<{ key: string; id: string; name: string; names: number }>`
    select link.name as key, owner.id, owner.name, owner.names
    from patent_owner_link link join patent_owner owner on owner.id = link.owner_id
    where link.name = any(${[...keys]}) and link.until is null
    union all
    select id::text, id, name, names from patent_owner where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ key, ...owner }) => [key, owner]))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const isOwnerId = (key: string) => UUID.test(key)

/** Every name under which anything is owned, and in how many documents. */
export function readNames(analytics: Analytics, version: DataVersion): Promise<ReadName[]> {
  return analytics.query<ReadName>(
    `SELECT toString(holder) AS name, count() AS documents FROM patent ARRAY JOIN arrayDistinct(holders) AS holder
     WHERE since <= {version:UInt32} AND until > {version:UInt32} AND holder != ''
     GROUP BY name ORDER BY name`,
    { version },
    patient,
  )
}

/** The inventors of these owners' documents. */
export async function readInventors(analytics: Analytics, version: DataVersion, names: readonly string[]) {
  const found = new Map<string, ReadonlySet<string>>()
  for (let start = 0; start < names.length; start += BATCH) {
    const rows = await analytics.query<{ name: string; people: string[] }>(
      `SELECT toString(holder) AS name, groupUniqArrayArray(2000)(inventors) AS people
       FROM patent ARRAY JOIN holders AS holder
       WHERE since <= {version:UInt32} AND until > {version:UInt32} AND holder IN {names:Array(String)}
       GROUP BY name`,
      { version, names: names.slice(start, start + BATCH) },
      patient,
    )
    for (const { name, people } of rows) found.set(name, new Set(people))
  }
  return found
}

/** What the register of organisations knows: names, former names, translations; of what was merged, those of both. */
export async function readPartyNames(db: Db): Promise<PartyName[]> {
  const { rows } = await sql<PartyName>`
    with standing as (
      select party.id, survivor.survivor_id, party.name, party.name_en, party.source
      from party join party_survivor survivor on survivor.party_id = party.id
      where party.kind = 'organisation'
    )
    select survivor_id as party_id, name, 'name' as kind, source from standing
    union
    select survivor_id, name_en, 'translation', source from standing where name_en is not null
    union
    select standing.survivor_id, alias.name, alias.kind, alias.source
    from party_alias alias join standing on standing.id = alias.party_id
    union
    select standing.survivor_id, state.name, 'former', state.source
    from party_state state join standing on standing.id = state.party_id
    where state.valid_to is not null and state.name <> standing.name`.execute(db)
  return rows
}

/** One reading or decision at a time. */
export async function lockOwners(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('patents.owners'))`.execute(tx)
}

export interface StandingLink {
  readonly name: string
  readonly ownerId: string
  readonly basis: string
}

export async function standingLinks(db: Db): Promise<StandingLink[]> {
  return db
    .selectFrom('patentOwnerLink')
    .select(['name', 'ownerId', 'basis'])
    .where('until', 'is', null)
    .execute()
}

export async function officerMatches(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('patentOwner')
    .select(['id', 'partyId'])
    .where('matchBasis', '=', 'officer')
    .execute()
  return new Map(rows.map(({ id, partyId }) => [id, partyId ?? '']))
}

export async function pairsApart(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('patentOwnerQuestion')
    .select(['firstName', 'secondName'])
    .where('answer', '=', 'apart')
    .execute()
  return new Set(rows.map(({ firstName, secondName }) => `${firstName}|${secondName}`))
}

export interface NewVersion {
  readonly version: OwnerVersion
  readonly cause: 'reading' | 'split' | 'merge' | 'undo'
  readonly dataVersion: DataVersion
  readonly ruleVersion: number
  readonly madeBy: string
  readonly madeOn: CalendarDate
  readonly counts: object
}

export async function insertVersion(tx: Tx, { counts, ...version }: NewVersion): Promise<void> {
  await tx
    .insertInto('patentOwnerVersion')
    .values({ ...version, counts: JSON.stringify(counts) })
    .execute()
}

export async function putNames(
  tx: Tx,
  names: readonly { name: string; nameKey: string; documents: number }[],
): Promise<void> {
  await sql`update patent_owner_name set documents = 0`.execute(tx)
  await inBatches(names, (batch) =>
    sql`
      insert into patent_owner_name (name, name_key, documents)
      select name, "nameKey", documents from jsonb_to_recordset(${batch}::jsonb) as row (name text, "nameKey" text, documents integer)
      on conflict (name) do update set documents = excluded.documents`.execute(tx),
  )
}

export interface OwnerRow extends Pick<Group, 'name' | 'match' | 'partyId' | 'candidates'> {
  readonly id: string
  readonly kind: OwnerKind
  readonly documents: number
  readonly names: number
  readonly matchBasis: string | null
}

/** Writes owners as they are read today; one without a name left is dissolved. */
export async function putOwners(tx: Tx, owners: readonly OwnerRow[], on: CalendarDate): Promise<void> {
  await inBatches(owners, (batch) =>
    sql`
      insert into patent_owner (id, name, kind, documents, names, formed_on, match, party_id, match_basis, candidates)
      select id, name, kind, documents, names, ${on}::date, match, "partyId", "matchBasis", candidates
      from jsonb_to_recordset(${batch}::jsonb) as row (id uuid, name text, kind text, documents integer, names integer,
        match text, "partyId" uuid, "matchBasis" text, candidates uuid[])
      on conflict (id) do update set name = excluded.name, kind = excluded.kind, documents = excluded.documents,
        names = excluded.names, match = excluded.match, party_id = excluded.party_id,
        match_basis = excluded.match_basis, candidates = excluded.candidates, dissolved_on = null`.execute(
      tx,
    ),
  )
}

export interface NewLink {
  readonly name: string
  readonly ownerId: string
  readonly basis: string
  readonly rule: string
  readonly evidence: object
}

/** Moves names to owners from a version on; what they were before stays readable as of earlier versions. */
export async function putLinks(
  tx: Tx,
  links: readonly NewLink[],
  { version, ruleVersion }: { readonly version: OwnerVersion; readonly ruleVersion: number },
): Promise<void> {
  await inBatches(links, async (batch) => {
    await sql`
      update patent_owner_link link set until = ${version}
      from jsonb_to_recordset(${batch}::jsonb) as row (name text)
      where link.name = row.name and link.until is null`.execute(tx)
    await sql`
      insert into patent_owner_link (name, owner_id, basis, rule, rule_version, evidence, since)
      select name, "ownerId", basis, rule, ${ruleVersion}::integer, evidence, ${version}::integer
      from jsonb_to_recordset(${batch}::jsonb)
        as row (name text, "ownerId" uuid, basis text, rule text, evidence jsonb)`.execute(tx)
  })
}

/** Sums what an owner's links say of it, and ends the owners that are left without a name. */
export async function recountOwners(tx: Tx, ownerIds: readonly string[], on: CalendarDate): Promise<void> {
  await sql`
    update patent_owner owner set
      documents = sums.documents, names = sums.names, name = coalesce(sums.main, owner.name),
      dissolved_on = case when sums.names = 0 then coalesce(owner.dissolved_on, ${on}::date) end,
      version = owner.version + 1
    from (
      select wanted.id, coalesce(sum(name.documents), 0) as documents, count(name.name) as names,
        (array_agg(name.name order by name.documents desc, name.name))[1] as main
      from unnest(${[...ownerIds]}::uuid[]) as wanted (id)
      left join patent_owner_link link on link.owner_id = wanted.id and link.until is null
      left join patent_owner_name name on name.name = link.name
      group by wanted.id) sums
    where owner.id = sums.id`.execute(tx)
}

/** Owners that no link names any more. */
export async function dissolveEmpty(tx: Tx, on: CalendarDate): Promise<void> {
  await sql`
    update patent_owner owner set dissolved_on = ${on}::date, names = 0, documents = 0
    where dissolved_on is null
      and not exists (select from patent_owner_link link where link.owner_id = owner.id and link.until is null)`.execute(
    tx,
  )
}

/** Open questions are asked anew by each reading; answered ones stay. */
export async function putQuestions(tx: Tx, questions: readonly Question[]): Promise<void> {
  await sql`delete from patent_owner_question where answer is null`.execute(tx)
  await inBatches(questions, (batch) =>
    sql`
      insert into patent_owner_question (first_name, second_name, rule, evidence, documents)
      select first, second, rule, detail, documents
      from jsonb_to_recordset(${batch}::jsonb)
        as row (first text, second text, rule text, detail jsonb, documents integer)
      on conflict do nothing`.execute(tx),
  )
}

async function inBatches<Row>(
  rows: readonly Row[],
  write: (json: string) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH)
    await write(JSON.stringify(rows.slice(start, start + BATCH)))
}

export async function findLatestReading(db: Db) {
  return db
    .selectFrom('patentOwnerVersion')
    .select(['version', 'dataVersion', 'ruleVersion', 'madeAt', 'counts'])
    .where('cause', '=', 'reading')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function findOwnerByName(db: Db, name: string) {
  return db
    .selectFrom('patentOwnerLink')
    .select('ownerId')
    .where('name', '=', name)
    .where('until', 'is', null)
    .executeTakeFirst()
}

export async function findMembers(db: Db, ownerId: string) {
  const { rows } = await sql<{
    name: string
    documents: number
    basis: 'own' | 'rule' | 'alias' | 'officer'
    rule: string
    ruleVersion: number
    evidence: Record<string, unknown>
    since: number
  }>`
    select link.name, name.documents, link.basis, link.rule, link.rule_version, link.evidence, link.since
    from patent_owner_link link join patent_owner_name name on name.name = link.name
    where link.owner_id = ${ownerId} and link.until is null
    order by name.documents desc, link.name`.execute(db)
  return rows
}

export function findPartyNames(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db.selectFrom('party').select(['id', 'name', 'creditCode']).where('id', 'in', ids).execute()
}

export async function setMatch(
  tx: Tx,
  ownerId: string,
  match: Pick<OwnerRow, 'match' | 'partyId' | 'matchBasis'> & { readonly candidates: readonly string[] },
): Promise<void> {
  await tx
    .updateTable('patentOwner')
    .set({ ...match, candidates: [...match.candidates] })
    .where('id', '=', ownerId)
    .execute()
}
