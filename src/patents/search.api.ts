import { type Analytics, AnalyticsLimitExceeded } from '#platform/analytics.ts'
import { type Context, implementation } from '#platform/api.ts'
import { conditionOf, type Reading } from './condition.store.ts'
import { currentVersion, type DataVersion } from './corpus.store.ts'
import { findCluster } from './cluster.rules.ts'
import { findDocument, findRelatives, findSimilar } from './document.store.ts'
import { facetQuery } from './facet.rules.ts'
import { ownershipOf } from './ownership.rules.ts'
import { type Position, readCursor, writeCursor } from './position.rules.ts'
import { QueryUnreadable, readQuery } from './query.rules.ts'
import type { PatentRecord } from './record.rules.ts'
import { titleOf } from './row.rules.ts'
import { patents } from './search.contract.ts'
import { csvOf } from './search.csv.ts'
import {
  countFacet,
  countHits,
  FACETS,
  type FacetName,
  findHitRecords,
  findNewest,
  findRelevant,
  type Hit,
  type Search,
  SEARCH_SECONDS,
} from './search.store.ts'
import { wantedBy } from './wanted.ts'
import { type Wanted, whyFound } from './why.rules.ts'

const os = implementation(patents)

interface Refusing {
  readonly QUERY_UNREADABLE: (options: {
    data: { fault: QueryUnreadable['fault']; at: number; length: number; found: string }
  }) => Error
  readonly QUERY_TOO_HEAVY: (options: { data: { seconds: number } }) => Error
}

/** Words what goes wrong between reading a query and its answer: where it cannot be read, or that it was stopped. */
async function refusing<Result>(errors: Refusing, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof QueryUnreadable)
      throw errors.QUERY_UNREADABLE({
        data: { fault: error.fault, ...error.place, found: error.found.slice(0, 200) },
      })
    if (error instanceof AnalyticsLimitExceeded)
      throw errors.QUERY_TOO_HEAVY({ data: { seconds: SEARCH_SECONDS } })
    throw error
  }
}

type Reader = Search & { readonly wanted: Wanted[] }

/** A query read for one version of the data, in the words of the zone. Throws QueryUnreadable. */
export function searchFor(context: Pick<Context, 'zone' | 'today'>, q: string, version: DataVersion): Reader {
  const reading: Reading = { cluster: (named) => findCluster(context.zone, named, context.today) }
  const query = readQuery(q)
  return {
    version,
    query,
    reading,
    condition: conditionOf(query, reading),
    wanted: wantedBy(query, reading.cluster),
  }
}

const list = os.list.handler(({ input: { q, sort, cursor, limit }, context, errors }) =>
  refusing(errors, async () => {
    const from = cursor === undefined ? undefined : readCursor(cursor)
    if (cursor !== undefined && from === undefined) throw errors.INVALID_CURSOR()
    const search = searchFor(context, q, from?.version ?? (await currentVersion(context.analytics)))
    const [total, hits] = await Promise.all([
      from?.total ?? countHits(context.analytics, search),
      findHits(context, search, sort, { after: from?.position, limit: limit + 1 }),
    ])
    const shown = hits.slice(0, limit)
    const records = await findHitRecords(context.analytics, search.version, shown)
    const last = shown.at(-1)
    const more = hits.length > limit && last !== undefined
    return {
      total,
      items: records.map((record) => itemOf(record, search.wanted)),
      next: more ? writeCursor({ version: search.version, total, position: last.position }) : null,
      version: search.version,
      sort,
    }
  }),
)

function findHits(
  { analytics }: Context,
  search: Search,
  sort: 'relevance' | 'newest',
  { after, limit }: { readonly after: Position | undefined; readonly limit: number },
): Promise<Hit[]> {
  const { query } = search
  if (sort === 'relevance' && query !== undefined)
    return findRelevant(analytics, { ...search, query }, { after, limit })
  return findNewest(analytics, search, { after: after && { day: after.day, key: after.key }, limit })
}

function itemOf(record: PatentRecord, wanted: readonly Wanted[]) {
  return {
    publicationNumber: record.publicationNumber,
    applicationNumber: record.applicationNumber,
    title: titleOf(record),
    titleEn: record.titles['en'] ?? null,
    applicants: record.applicants.map(({ name }) => name),
    applicationDate: record.filedOn,
    publicationDate: record.publishedOn,
    right: record.right,
    legalStatus: record.legalStatus,
    mainIpc: record.mainIpc ?? record.ipc[0] ?? null,
    why: whyFound(record, wanted).map((passage) => ({
      ...passage,
      marks: passage.marks.map(([from, to]): [number, number] => [from, to]),
    })),
  }
}

const facets = os.facets.handler(({ input: { q }, context, errors }) =>
  refusing(errors, async () => {
    const search = searchFor(context, q, await currentVersion(context.analytics))
    const names = Object.keys(FACETS) as FacetName[]
    const total = await countHits(context.analytics, search)
    const counted: Partial<Record<FacetName, { value: string; count: number; query: string }[]>> = {}
    for (const name of names) {
      const rows = await countFacet(context.analytics, search, name)
      counted[name] = rows.map(({ value, count }) => ({ value, count, query: facetQuery(q, name, value) }))
    }
    const { right = [], status = [], year = [], subclass = [], applicant = [] } = counted
    return { version: search.version, total, right, status, year, subclass, applicant }
  }),
)

/** What a person can still read in a spreadsheet; more is what the API's pages are for. */
const MOST_ROWS = 5000
const CSV_PAGE = 1000

const download = os.download.handler(({ input: { q, sort }, context, errors }) =>
  refusing(errors, async () => {
    const search = searchFor(context, q, await currentVersion(context.analytics))
    const items: ReturnType<typeof itemOf>[] = []
    let after: Position | undefined
    while (items.length < MOST_ROWS) {
      const hits = await findHits(context, search, sort, { after, limit: CSV_PAGE })
      const records = await findHitRecords(context.analytics, search.version, hits)
      items.push(...records.map((record) => itemOf(record, search.wanted)))
      after = hits.at(-1)?.position
      if (hits.length < CSV_PAGE) break
    }
    const name = `patents-v${search.version}.csv`
    return new File([csvOf(items.slice(0, MOST_ROWS))], name, { type: 'text/csv;charset=utf-8' })
  }),
)

const getOne = os.get.handler(async ({ input: { publicationNumber }, context: { analytics }, errors }) => {
  try {
    const document = await readDocument(analytics, publicationNumber)
    if (document !== undefined) return document
  } catch (error) {
    if (error instanceof AnalyticsLimitExceeded)
      throw errors.QUERY_TOO_HEAVY({ data: { seconds: SEARCH_SECONDS } })
    throw error
  }
  throw errors.UNKNOWN_PATENT({ data: { publicationNumber } })
})

async function readDocument(analytics: Analytics, publicationNumber: string) {
  const version = await currentVersion(analytics)
  const record = await findDocument(analytics, version, publicationNumber)
  if (record === undefined) return undefined
  const [relatives, similar] = await Promise.all([
    findRelatives(analytics, version, record),
    findSimilar(analytics, version, record),
  ])
  const { file, line, sheet, format, observedOn } = record.source
  return {
    ...record,
    version,
    title: titleOf(record),
    // Where people live is published with a patent and is not for us to hand on.
    applicants: record.applicants.map(({ name, country }) => ({ name, country })),
    owners: record.owners.map(({ name, country }) => ({ name, country })),
    ownership: ownershipOf(record).map((holding) => ({ ...holding, names: [...holding.names] })),
    relatives,
    similar,
    source: { file, line, sheet, format, observedOn },
  }
}

export const searchApi = { list, facets, download, get: getOne }
