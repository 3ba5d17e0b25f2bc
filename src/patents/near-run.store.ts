/** What officers ordered to be searched for near duplicates, how far it has come, and what was found. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { NearDuplicateRules } from '../zone/patent.rules.ts'
import type { NearScope } from './near.store.ts'
import type { NearPair, Relation } from './near.rules.ts'

export interface NearRun {
  readonly id: string
  readonly scope: NearScope['kind']
  readonly scopeName: string | null
  readonly state: string
  readonly share: number
  readonly rule: NearDuplicateRules
  readonly dataVersion: number | null
  readonly documents: number | null
  readonly pairs: number | null
  readonly clusters: number | null
  readonly capped: boolean
  readonly failure: string | null
  readonly orderedAt: Date
  readonly finishedAt: Date | null
}

const SHOWN = [
  'id',
  'scope',
  'scopeName',
  'state',
  'share',
  'rule',
  'dataVersion',
  'documents',
  'pairs',
  'clusters',
  'capped',
  'failure',
  'orderedAt',
  'finishedAt',
] as const

/** The rule is stored as this room wrote it and never changes. */
const shown = (row: Omit<NearRun, 'rule' | 'scope'> & { rule: unknown; scope: string }) => row as NearRun

export async function insertRun(
  tx: Tx,
  {
    scope,
    rule,
    by,
    at,
  }: { readonly scope: NearScope; readonly rule: NearDuplicateRules; readonly by: string; readonly at: Date },
): Promise<NearRun> {
  const row = await tx
    .insertInto('nearDuplicateRun')
    .values({
      scope: scope.kind,
      scopeName: scope.kind === 'corpus' ? null : scope.name,
      rule: JSON.stringify(rule),
      orderedBy: by,
      orderedAt: at,
    })
    .returning(SHOWN)
    .executeTakeFirstOrThrow()
  return shown(row)
}

/** The search of this scope that has not ended yet. */
export async function findOpenRun(db: Db, scope: NearScope): Promise<string | undefined> {
  const row = await db
    .selectFrom('nearDuplicateRun')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .where('scope', '=', scope.kind)
    .where(sql<boolean>`coalesce(scope_name, '') = ${scope.kind === 'corpus' ? '' : scope.name}`)
    .executeTakeFirst()
  return row?.id
}

export async function findRun(db: Db, id: string): Promise<NearRun | undefined> {
  const row = await db.selectFrom('nearDuplicateRun').select(SHOWN).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : shown(row)
}

export interface Before {
  readonly at: string
  readonly id: string
}

export async function listRuns(db: Db, limit: number, before?: Before) {
  const [{ total }, rows] = await Promise.all([
    db
      .selectFrom('nearDuplicateRun')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('nearDuplicateRun')
      .select(SHOWN)
      .$if(before !== undefined, (query) =>
        query.where(sql<boolean>`(ordered_at, id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`),
      )
      .orderBy('orderedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  ])
  return { total, rows: rows.map(shown) }
}

/** A worker that is alive says so with every slice; a slice ends within five minutes or is stopped. */
const SILENT_MINUTES = 12

/** Takes the oldest search that waits, or whose worker fell silent; undefined when there is none. */
export async function claimRun(tx: Tx, at: Date): Promise<NearRun | undefined> {
  const row = await tx
    .updateTable('nearDuplicateRun')
    .set({ state: 'running', startedAt: sql`coalesce(started_at, ${at})`, heardAt: at })
    .where('id', '=', (query) =>
      query
        .selectFrom('nearDuplicateRun')
        .select('id')
        .where(
          sql<boolean>`state = 'waiting' or state = 'running' and heard_at < ${at}::timestamptz - ${SILENT_MINUTES} * interval '1 minute'`,
        )
        .orderBy('orderedAt')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(SHOWN)
    .executeTakeFirst()
  return row === undefined ? undefined : shown(row)
}

export async function noteProgress(
  tx: Tx,
  id: string,
  { share, at }: { readonly share: number; readonly at: Date },
): Promise<void> {
  await tx.updateTable('nearDuplicateRun').set({ share, heardAt: at }).where('id', '=', id).execute()
}

/** Back to those that wait: its store went away in the middle. */
export async function putBack(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('nearDuplicateRun').set({ state: 'waiting', share: 0 }).where('id', '=', id).execute()
}

export async function failRun(
  tx: Tx,
  id: string,
  { failure, at }: { readonly failure: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('nearDuplicateRun')
    .set({ state: 'failed', failure, finishedAt: at })
    .where('id', '=', id)
    .execute()
}

export interface ClusterMember {
  readonly publicationNumber: string
  readonly title: string
  readonly applicants: readonly string[]
  readonly agency: string | null
  readonly filedOn: string | null
  readonly right: string
}

export interface FoundCluster {
  readonly members: readonly ClusterMember[]
  readonly pairs: readonly (NearPair & { readonly similarity: number; readonly relation: Relation })[]
}

export interface Result {
  readonly dataVersion: number
  readonly documents: number
  readonly capped: boolean
  readonly clusters: readonly FoundCluster[]
  readonly at: Date
}

export async function finishRun(
  tx: Tx,
  id: string,
  { dataVersion, documents, capped, clusters, at }: Result,
): Promise<void> {
  const numbered = clusters.map((cluster, at) => ({ ...cluster, number: at + 1 }))
  await insertAll(
    tx,
    'nearDuplicateCluster',
    numbered.map(({ number, members, pairs }) => {
      const days = members.flatMap(({ filedOn }) => filedOn ?? []).toSorted()
      return {
        runId: id,
        number,
        documents: members.length,
        applicants: new Set(members.flatMap(({ applicants }) => applicants)).size,
        closest: Math.max(...pairs.map(({ similarity }) => similarity)),
        firstFiledOn: days[0] ?? null,
        lastFiledOn: days.at(-1) ?? null,
        title: members[0]?.title ?? '',
      }
    }),
  )
  await insertAll(
    tx,
    'nearDuplicateMember',
    numbered.flatMap(({ number, members }) =>
      members.map(({ right, applicants, ...member }) => ({
        runId: id,
        cluster: number,
        ...member,
        applicants: [...applicants],
        ownedRight: right,
      })),
    ),
  )
  await insertAll(
    tx,
    'nearDuplicatePair',
    numbered.flatMap(({ number, pairs }) => pairs.map((pair) => ({ runId: id, cluster: number, ...pair }))),
  )
  await tx
    .updateTable('nearDuplicateRun')
    .set({
      state: 'finished',
      share: 1,
      dataVersion,
      documents,
      pairs: clusters.reduce((sum, { pairs }) => sum + pairs.length, 0),
      clusters: clusters.length,
      capped,
      finishedAt: at,
    })
    .where('id', '=', id)
    .execute()
}

const CLUSTER = [
  'number',
  'title',
  'documents',
  'applicants',
  'closest',
  'firstFiledOn',
  'lastFiledOn',
] as const

/** Clusters are numbered from the largest on. */
export function listClusters(db: Db, runId: string, { after, limit }: { after: number; limit: number }) {
  return db
    .selectFrom('nearDuplicateCluster')
    .select(CLUSTER)
    .where('runId', '=', runId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** Of a very large cluster the nearest pairs are shown; the number of all is exact. */
const PAIRS_SHOWN = 200

export async function findCluster(db: Db, runId: string, number: number) {
  const found = await db
    .selectFrom('nearDuplicateCluster')
    .select(CLUSTER)
    .where('runId', '=', runId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (found === undefined) return undefined
  const pairs = db.selectFrom('nearDuplicatePair').where('runId', '=', runId).where('cluster', '=', number)
  const [members, items, { total }] = await Promise.all([
    db
      .selectFrom('nearDuplicateMember')
      .select(['publicationNumber', 'title', 'applicants', 'agency', 'filedOn', 'ownedRight as right'])
      .where('runId', '=', runId)
      .where('cluster', '=', number)
      .orderBy('filedOn')
      .orderBy('publicationNumber')
      .execute(),
    pairs
      .select(['one', 'other', 'shared', 'similarity', 'relation'])
      .orderBy('similarity', 'desc')
      .orderBy('one')
      .orderBy('other')
      .limit(PAIRS_SHOWN)
      .execute(),
    pairs.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { ...found, members, pairs: { total, items } }
}

export function findPair(db: Db, runId: string, one: string, other: string) {
  return db
    .selectFrom('nearDuplicatePair')
    .select(['one', 'other', 'shared', 'similarity', 'relation'])
    .where('runId', '=', runId)
    .where('one', '=', one)
    .where('other', '=', other)
    .executeTakeFirst()
}
