/** Counts a landscape on a stated basis, and lists what any of its marks counts. */
import { type CalendarDate, yearOf } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { findDealtPatents, stateOfDeals } from '../market/public.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { currentVersion } from './corpus.store.ts'
import type { Basis, Landscape } from './landscape.contract.ts'
import { furtherOf, type LandscapeFilter } from './landscape-filter.rules.ts'
import { type Tally, tally, totalOf, trendOf, UNKNOWN, whiteSpaces, yearKey } from './landscape.rules.ts'
import { countCharts, type Top } from './landscape-charts.store.ts'
import { bothOf, type Condition, conditionOf, countDocuments, type Meaning } from './landscape.store.ts'
import { applicationNumber } from './numbers.rules.ts'
import { currentOwnerVersion, isOwnerId, joinedNames, namesOfOwner, ownersOf } from './owner.store.ts'
import { readCondition } from './landscape-query.ts'

const TOP = 20
const CLASSES = 40
const RECENT_YEARS = 5

export type Reads = Pick<Context, 'analytics' | 'db' | 'zone' | 'today'>

/** On what is counted. Without a moment, deals count as they are known now. */
export type CountedOn = Basis & { readonly knownAt?: string | undefined }

/** The state of today. */
export async function basisOfToday({ analytics, db, today }: Reads): Promise<Basis> {
  const [dataVersion, ownerVersion] = await Promise.all([currentVersion(analytics), currentOwnerVersion(db)])
  return { dataVersion, ownerVersion, asOf: today }
}

export type Asked =
  | { readonly condition: Condition; readonly meaning: Meaning; readonly industry: Landscape['industry'] }
  | { readonly refused: 'UNKNOWN_INDUSTRY' | 'INDUSTRY_NOT_DEFINED'; readonly industry: string }
  | { readonly refused: 'QUERY_NOT_READ'; readonly position: number; readonly reason: string }

/** What a filter asks for on a basis, with the conditions that it holds one level down. */
export async function read(context: Reads, filter: LandscapeFilter, basis: CountedOn): Promise<Asked> {
  const asked = await readOne(context, filter, basis)
  const further = furtherOf(filter)
  if ('refused' in asked || further === undefined) return asked
  const more = await read(context, further, basis)
  if ('refused' in more) return more
  return { ...asked, condition: bothOf(asked.condition, more.condition) }
}

/** The words of the zone, the names of the owner, the deals of the day. */
async function readOne(context: Reads, filter: LandscapeFilter, basis: CountedOn): Promise<Asked> {
  const { db, zone } = context
  const industry = filter.industry === undefined ? undefined : industryOf(zone, filter.industry, basis.asOf)
  if (industry === 'UNKNOWN_INDUSTRY' || industry === 'INDUSTRY_NOT_DEFINED')
    return { refused: industry, industry: filter.industry ?? '' }
  const query =
    filter.q === undefined || filter.q === '' ? undefined : readCondition(zone, basis.asOf, filter.q)
  if (query !== undefined && 'refused' in query) return query
  const { ownerVersion, dataVersion } = basis
  const { owner, deal } = filter
  const [owners, ownerNames, dealKeys] = await Promise.all([
    cachedJoins(context, ownerVersion),
    owner === undefined || !isOwnerId(owner) ? undefined : namesOfOwner(db, owner, ownerVersion),
    deal === undefined ? undefined : dealtKeys(context, basis).then(({ keys }) => keysOf(keys, deal)),
  ])
  const meaning: Meaning = {
    version: dataVersion,
    owners,
    regionName: zone.region.names.zh,
    query,
    industry,
    ownerNames: ownerNames ?? (owner === undefined ? undefined : [owner]),
    dealKeys,
  }
  return { condition: conditionOf(filter, meaning), meaning, industry: industry ?? null }
}

/** The same question on the same basis has the same answer, so the last ones are kept. */
const answers = new Map<string, { readonly database: object; readonly landscape: Promise<Landscape> }>()
const ANSWERS_KEPT = 200

export async function countLandscape(
  context: Reads,
  filter: LandscapeFilter,
  basis: Basis,
  asked: Extract<Asked, { condition: Condition }>,
): Promise<Landscape> {
  const { db, zone } = context
  const key = JSON.stringify([filter, basis, zone.version, await stateOfDeals(db)])
  const known = answers.get(key)
  if (known?.database === db) return known.landscape
  const landscape = countAgain(context, filter, basis, asked)
  answers.set(key, { database: db, landscape })
  landscape.catch(() => answers.delete(key))
  const [oldest] = answers.keys()
  if (answers.size > ANSWERS_KEPT && oldest !== undefined) answers.delete(oldest)
  return landscape
}

/** Counts whatever has been counted before. */
export async function countAgain(
  context: Reads,
  filter: LandscapeFilter,
  basis: CountedOn,
  { condition, meaning, industry }: Extract<Asked, { condition: Condition }>,
): Promise<Landscape> {
  const { analytics } = context
  const recentFrom = yearOf(basis.asOf as CalendarDate) - RECENT_YEARS
  const deals = await dealtKeys(context, basis)
  const charts = await countCharts(analytics, condition, {
    owners: meaning.owners,
    recentFrom,
    top: TOP,
    dealt: deals.joined,
    narrowed: Object.values(filter).some((value) => value !== undefined && value !== ''),
  })
  const { cells, places, fields, countries, classes, owners, inventors, agencies } = charts
  const documents = totalOf(cells)
  const zone = (of: string) => totalOf(places.filter((place) => place.zone === of))
  const { dataVersion, ownerVersion, asOf } = basis
  return {
    basis: { dataVersion, ownerVersion, asOf },
    filter,
    industry,
    documents,
    trend: trendOf(cells),
    yearUnknown: totalOf(cells.filter(({ year }) => yearKey(year) === UNKNOWN)),
    rights: tally(cells, ({ right }) => right),
    statuses: tally(cells, ({ status }) => status),
    fields: [...fields],
    subclasses: classes.slice(0, TOP).map(({ subclass, count }) => ({ key: subclass, count })),
    owners: await named(context, owners),
    inventors: { distinct: inventors.distinct, items: [...inventors.items] },
    agencies: { ...agencies, items: [...agencies.items] },
    provinces: tally(places, ({ province }) => (province === '' ? UNKNOWN : province)),
    countries: [...countries],
    zone: { in: zone('in'), out: zone('out'), unknown: zone(UNKNOWN) },
    deals: dealsOf(charts.dealt, deals.keys, documents),
    whiteSpace: whiteSpaces(classes, documents, zone('in')).slice(0, CLASSES),
    recentFrom,
  }
}

async function named({ db }: Reads, { distinct, items }: Top): Promise<Landscape['owners']> {
  const known = await ownersOf(
    db,
    items.map(({ key }) => key),
  )
  return {
    distinct,
    items: items.map(({ key, count }) => {
      const owner = known.get(key)
      return { key, count, ownerId: owner?.id ?? null, name: owner?.name ?? key, names: owner?.names ?? 1 }
    }),
  }
}

function dealsOf(found: readonly Tally[], keys: readonly DealtKey[], documents: number): Landscape['deals'] {
  const kinds = Map.groupBy(keys, ({ key }) => key)
  const of = (kind: DealtKey['kind']) =>
    totalOf(found.filter(({ key }) => kinds.get(key)?.some((one) => one.kind === kind) === true))
  const dealt = totalOf(found)
  return {
    dealt,
    transfer: of('transfer'),
    licence: of('licence'),
    openLicence: of('open-licence'),
    rate: documents === 0 ? null : dealt / documents,
  }
}

interface DealtKey {
  readonly key: string
  readonly kind: 'transfer' | 'licence' | 'open-licence'
}

interface Dealt {
  readonly keys: readonly DealtKey[]
  /** Each once, for the store. */
  readonly joined: string
}

/** The ledger names rights by their application; what is no application number joins nothing. */
async function dealtKeys({ db }: Reads, { asOf, knownAt }: CountedOn): Promise<Dealt> {
  const state = `${asOf} ${knownAt ?? (await stateOfDeals(db))}`
  if (lastDealt?.database === db && lastDealt.state === state) return lastDealt.dealt
  const dealt = findDealtPatents(db, asOf, knownAt).then((rows) => {
    const keys = rows.flatMap(({ patentNumber, kind }) => {
      const { applicationKey } = applicationNumber(patentNumber)
      return applicationKey === null ? [] : [{ key: applicationKey, kind }]
    })
    return { keys, joined: keysOf(keys, 'any').join(',') }
  })
  lastDealt = { database: db, state, dealt }
  dealt.catch(() => (lastDealt = undefined))
  return dealt
}

/** Reading thousands of numbers takes longer than counting what they name; they are read again when a deal changes. */
let lastDealt:
  | { readonly database: object; readonly state: string; readonly dealt: Promise<Dealt> }
  | undefined

function keysOf(keys: readonly DealtKey[], kind: NonNullable<LandscapeFilter['deal']>): string[] {
  const wanted = kind === 'any' || kind === 'none' ? keys : keys.filter((one) => one.kind === kind)
  return [...new Set(wanted.map(({ key }) => key))]
}

/** The definition of an industry on a day; its name alone is known of many. */
export function industryOf(zone: ZoneProfile, code: string, on: string) {
  const member = zone.industries
    .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
    .find((one) => one.code === code)
  if (member === undefined) return 'UNKNOWN_INDUSTRY'
  const version = inForceOn(zone.industryPatents, on)
  const definition = version?.industries.find(({ industry }) => industry === code)
  if (version === undefined || definition === undefined) return 'INDUSTRY_NOT_DEFINED'
  const { from, sample, source } = version
  const { ipc, keywords } = definition
  return { code, names: member.names, from, sample, source: { zh: source.zh, en: source.en }, ipc, keywords }
}

/** Joined names change with a version only; the last one asked for is kept. */
let joins:
  | { readonly database: object; readonly version: number; readonly names: Promise<Meaning['owners']> }
  | undefined

function cachedJoins({ db }: Reads, version: number): Promise<Meaning['owners']> {
  if (joins?.database === db && joins.version === version) return joins.names
  const names = joinedNames(db, version)
  joins = { database: db, version, names }
  names.catch(() => (joins = undefined))
  return names
}

/** How many documents each defined industry has, in one pass over the marks of each. */
export async function countIndustries(context: Reads, basis: Basis): Promise<ReadonlyMap<string, number>> {
  const codes = context.zone.industries.flatMap(({ groups }) =>
    groups.flatMap(({ members }) => members.map(({ code }) => code)),
  )
  const counts = await Promise.all(
    codes.map(async (code): Promise<readonly [string, number] | undefined> => {
      const asked = await read(context, { industry: code }, basis)
      if ('refused' in asked) return undefined
      return [code, await countDocuments(context.analytics, asked.condition)]
    }),
  )
  return new Map(counts.filter((entry) => entry !== undefined))
}
