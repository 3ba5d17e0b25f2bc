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
import { recordsOfStates } from './record.store.ts'
import { findRelevant, openRelevant } from './relevance.store.ts'
import { titleOf } from './row.rules.ts'
import { patents } from './search.contract.ts'
import { csvOf } from './search.csv.ts'
import {
  type Beginning,
  countFacet,
  countHits,
  type FacetName,
  findNewest,
  type Hit,
  openNewest,
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

type Reader = Omit<Search, 'version'> & { readonly wanted: Wanted[] }

/** A query in the words of the zone. Throws QueryUnreadable. */
function searchFor(context: Pick<Context, 'zone' | 'today'>, q: string): Reader {
  const reading: Reading = { cluster: (named) => findCluster(context.zone, named, context.today) }
  const query = readQuery(q)
  return {
    query,
    reading,
    condition: conditionOf(query, reading),
    wanted: wantedBy(query, reading.cluster),
  }
}

type Sort = 'relevance' | 'newest'

const list = os.list.handler(({ input: { q, sort, cursor, limit }, context, errors }) =>
  refusing(errors, async () => {
    const from = cursor === undefined ? undefined : readCursor(cursor)
    if (cursor !== undefined && from === undefined) throw errors.INVALID_CURSOR()
    const { analytics } = context
    const search = searchFor(context, q)
    const { version, total, hits } =
      from === undefined
        ? await openList(analytics, search, sort, limit + 1)
        : { ...from, hits: await goOn(analytics, search, sort, { ...from, limit: limit + 1 }) }
    const shown = hits.slice(0, limit)
    const records = await recordsOfStates(analytics, shown)
    const last = shown.at(-1)
    const more = hits.length > limit && last !== undefined
    return {
      total,
      items: records.map((record) => itemOf(record, search.wanted)),
      next: more ? writeCursor({ version, total, position: last.position }) : null,
      version,
      sort,
    }
  }),
)

function openList(analytics: Analytics, search: Reader, sort: Sort, limit: number): Promise<Beginning> {
  const { query } = search
  return sort === 'relevance' && query !== undefined
    ? openRelevant(analytics, { ...search, query }, limit)
    : openNewest(analytics, search, limit)
}

interface Place {
  readonly version: DataVersion
  readonly total: number
  readonly position: Position
  readonly limit: number
}

function goOn(
  analytics: Analytics,
  search: Reader,
  sort: Sort,
  { version, total, position, limit }: Place,
): Promise<Hit[]> {
  const { query } = search
  if (sort === 'relevance' && query !== undefined)
    return findRelevant(analytics, { ...search, version, query }, { after: position, limit, total })
  const { day, key } = position
  return findNewest(analytics, { ...search, version }, { after: { day, key }, limit })
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
    const { analytics } = context
    const search = { ...searchFor(context, q), version: await currentVersion(analytics) }
    const count = async (name: FacetName) => {
      const rows = await countFacet(analytics, search, name)
      return rows.map(({ value, count: n }) => ({ value, count: n, query: facetQuery(q, name, value) }))
    }
    const [total, right, status, year, subclass, applicant] = await Promise.all([
      countHits(analytics, search),
      count('right'),
      count('status'),
      count('year'),
      count('subclass'),
      count('applicant'),
    ])
    return { version: search.version, total, right, status, year, subclass, applicant }
  }),
)

/** What a person can still read in a spreadsheet; more is what the API's pages are for. */
const MOST_ROWS = 5000
const CSV_PAGE = 1000

const download = os.download.handler(({ input: { q, sort }, context, errors }) =>
  refusing(errors, async () => {
    const { analytics } = context
    const search = searchFor(context, q)
    const { version, total, hits } = await openList(analytics, search, sort, CSV_PAGE)
    const items: ReturnType<typeof itemOf>[] = []
    for (let page = hits; page.length > 0;) {
      const records = await recordsOfStates(analytics, page)
      items.push(...records.map((record) => itemOf(record, search.wanted)))
      const position = page.at(-1)?.position
      if (position === undefined || page.length < CSV_PAGE || items.length >= MOST_ROWS) break
      page = await goOn(analytics, search, sort, { version, total, position, limit: CSV_PAGE })
    }
    const name = `patents-v${version}.csv`
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
