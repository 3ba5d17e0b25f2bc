/** One search for near duplicates from its beginning to its frozen result. */
import { type Analytics, AnalyticsLimitExceeded } from '#platform/analytics.ts'
import { type Db, inTransaction } from '#platform/database.ts'
import { StoreUnavailable } from '#platform/errors.ts'
import { currentVersion, findRecords } from './corpus.store.ts'
import { clustersOf, type NearPair, relationOf, resemblance } from './near.rules.ts'
import { countScope, findNearPairs, type NearScope } from './near.store.ts'
import { type FoundCluster, finishRun } from './near-found.store.ts'
import { claimRun, failRun, noteProgress, putBack } from './near-run.store.ts'
import type { PatentRecord } from './record.rules.ts'
import { titleOf } from './row.rules.ts'

interface Stores {
  readonly db: Db
  readonly analytics: Analytics
}

/** More than anybody could look at; the nearest are kept. */
const MOST_PAIRS = 200_000
const RECORDS_A_TIME = 2000

/** Does one of the searches that wait; false when none does. A store that goes away puts it back. */
export async function runOneSearch({ db, analytics }: Stores): Promise<boolean> {
  const run = await inTransaction(db, (tx) => claimRun(tx, new Date()))
  if (run === undefined) return false
  const scope: NearScope =
    run.scope === 'corpus' ? { kind: 'corpus' } : { kind: run.scope, name: run.scopeName ?? '' }
  try {
    const version = await currentVersion(analytics)
    const documents = await countScope(analytics, version, scope)
    const search = { run: run.id, version, scope, rules: run.rule }
    const pairs = await findNearPairs(analytics, search, documents, (share) =>
      inTransaction(db, (tx) => noteProgress(tx, run.id, { share: share * 0.95, at: new Date() })),
    )
    const kept = nearest(pairs)
    const clusters = await describe(analytics, version, kept)
    const capped = kept.length < pairs.length
    await inTransaction(db, (tx) =>
      finishRun(tx, run.id, { dataVersion: version, documents, capped, clusters, at: new Date() }),
    )
  } catch (error) {
    if (error instanceof AnalyticsLimitExceeded) {
      const { limit } = error
      await inTransaction(db, (tx) => failRun(tx, run.id, { failure: limit, at: new Date() }))
      return true
    }
    // A store that is away comes back; what is broken would break again, and must not stand in the way of others.
    await inTransaction(db, (tx) =>
      error instanceof StoreUnavailable
        ? putBack(tx, run.id)
        : failRun(tx, run.id, { failure: 'fault', at: new Date() }),
    )
    throw error
  }
  return true
}

const similarityOf = ({ shared, oneSize, otherSize }: NearPair) => resemblance(shared, oneSize, otherSize)

function nearest(pairs: readonly NearPair[]): readonly NearPair[] {
  if (pairs.length <= MOST_PAIRS) return pairs
  return pairs.toSorted((one, other) => similarityOf(other) - similarityOf(one)).slice(0, MOST_PAIRS)
}

/** The clusters of pairs, with what each filing was when it was searched. */
async function describe(
  analytics: Analytics,
  version: number,
  pairs: readonly NearPair[],
): Promise<FoundCluster[]> {
  const together = clustersOf(pairs)
  const records = new Map<string, Filing>()
  const numbers = together.flat()
  for (let at = 0; at < numbers.length; at += RECORDS_A_TIME)
    for (const record of await findRecords(analytics, numbers.slice(at, at + RECORDS_A_TIME), version))
      records.set(record.publicationNumber, filingOf(record))
  const places = new Map(together.flatMap((cluster, at) => cluster.map((number) => [number, at] as const)))
  const joining = Map.groupBy(pairs, ({ one }) => places.get(one))
  return together.map((cluster, at) => ({
    members: cluster.flatMap((number) => {
      const filing = records.get(number)
      return filing === undefined ? [] : [memberOf(filing)]
    }),
    pairs: (joining.get(at) ?? []).flatMap((pair) => {
      const [one, other] = [records.get(pair.one), records.get(pair.other)]
      if (one === undefined || other === undefined) return []
      return [{ ...pair, similarity: similarityOf(pair), relation: relationOf(one, other) }]
    }),
  }))
}

type Filing = ReturnType<typeof filingOf>

/** Of a record only what is kept: the texts of a hundred thousand would not fit. */
function filingOf(record: PatentRecord) {
  const { publicationNumber, applicationNumber, familyId, family, divisionOf } = record
  const { filedOn, right, applicants, agency } = record
  const title = titleOf(record)
  return {
    publicationNumber,
    applicationNumber,
    familyId,
    family,
    divisionOf,
    filedOn,
    right,
    applicants,
    agency,
    title,
  }
}

function memberOf({ publicationNumber, title, applicants, agency, filedOn, right }: Filing) {
  return {
    publicationNumber,
    title,
    applicants: applicants.map(({ name }) => name),
    agency: agency?.name ?? null,
    filedOn,
    right,
  }
}
