/** What a search for near duplicates found: clusters, their members and their pairs, frozen with the run. */
import type { Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { NearPair, Relation } from './near.rules.ts'

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
