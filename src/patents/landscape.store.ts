import type { Analytics, AnalyticsValue } from '#platform/analytics.ts'
import type { DataVersion } from './corpus.store.ts'
import type { LandscapeFilter } from './landscape-filter.rules.ts'
import { UNKNOWN } from './landscape.rules.ts'
import { mark } from './row.rules.ts'
import { readPhrase } from './segmentation.ts'

/** A condition on rows of `patent`, with the values of its parameters. */
export interface Condition {
  readonly sql: string
  readonly parameters: Readonly<Record<string, AnalyticsValue>>
}

/** What a filter means on a day: the words of the zone and of the registers, looked up beforehand. */
export interface Meaning {
  readonly version: DataVersion
  /** From the language of the search. */
  readonly query?: Condition | undefined
  readonly industry?: { readonly ipc: readonly string[]; readonly keywords: readonly string[] } | undefined
  /** Every name of the owner asked for. */
  readonly ownerNames?: readonly string[] | undefined
  /** Names that were joined, and the owner each belongs to; all others are owners of their own. */
  readonly owners: { readonly names: readonly string[]; readonly ids: readonly string[] }
  /** How an address in the zone can be told. */
  readonly regionName: string
  /** Keys of the applications that were dealt in, of the kind asked for. */
  readonly dealKeys?: readonly string[] | undefined
}

/** The limits of one count of a landscape, and who asks. */
export const call = (part: string) => ({ tag: `patents.landscape.${part}`, limits: { seconds: 10 } })
export const inZone = 'position(address, {region:String}) > 0'

/** The whole of a filter as one condition: a chart and the list that its mark opens are counted by the same one. */
export function conditionOf(filter: LandscapeFilter, meaning: Meaning): Condition {
  const parts: string[] = ['since <= {version:UInt32} AND until > {version:UInt32}']
  const parameters: Record<string, AnalyticsValue> = {
    version: meaning.version,
    region: meaning.regionName,
    ...meaning.query?.parameters,
  }
  const add = (sql: string, values: Readonly<Record<string, AnalyticsValue>> = {}) => {
    parts.push(`(${sql})`)
    Object.assign(parameters, values)
  }
  if (meaning.query !== undefined) add(meaning.query.sql)
  if (meaning.industry !== undefined) {
    const { sql, parameters: values } = industryCondition(meaning.industry)
    add(sql, values)
  }
  addPlain(filter, add)
  if (filter.owner !== undefined)
    add('hasAny(holders, {owner_names:Array(String)})', { owner_names: meaning.ownerNames ?? [] })
  if (filter.zone === 'in') add(inZone)
  if (filter.zone === 'out') add(`address != '' AND NOT ${inZone}`)
  if (filter.zone === UNKNOWN) add(`address = ''`)
  if (filter.deal !== undefined) {
    const known = `application_key IN {deal_keys:Array(String)}`
    add(filter.deal === 'none' ? `NOT ${known}` : known, { deal_keys: meaning.dealKeys ?? [] })
  }
  return { sql: parts.join(' AND '), parameters }
}

/** The same condition under other names of parameters, so that two can stand in one statement. */
export function renamed({ sql, parameters }: Condition, prefix: string): Condition {
  return {
    sql: sql.replaceAll(/\{(\w+):/g, (_, name: string) => `{${prefix}${name}:`),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [`${prefix}${name}`, value]),
    ),
  }
}

export function bothOf(one: Condition, other: Condition): Condition {
  const second = renamed(other, 'and_')
  return { sql: `${one.sql} AND ${second.sql}`, parameters: { ...one.parameters, ...second.parameters } }
}

type Add = (sql: string, values?: Readonly<Record<string, AnalyticsValue>>) => void

function addPlain(filter: LandscapeFilter, add: Add): void {
  const { year, granted, right, status, field, subclass, inventor, agency, province, country } = filter
  if (year !== undefined) add('year = {year:UInt16}', { year: year === UNKNOWN ? 0 : Number(year) })
  if (granted !== undefined)
    add('granted_year = {granted:UInt16}', { granted: granted === UNKNOWN ? 0 : Number(granted) })
  if (right !== undefined) add('right = {right:String}', { right })
  if (status !== undefined) add('legal_status = {status:String}', { status })
  if (field === UNKNOWN) add('empty(fields)')
  else if (field !== undefined) add('has(fields, {field:UInt8})', { field: Number(field) })
  if (subclass !== undefined) add('has(subclasses, {subclass:String})', { subclass })
  if (inventor !== undefined) add('has(inventors, {inventor:String})', { inventor })
  if (agency !== undefined) add('agency = {agency:String}', { agency: agency === UNKNOWN ? '' : agency })
  if (province !== undefined)
    add('province = {province:String}', { province: province === UNKNOWN ? '' : province })
  if (country === UNKNOWN) add('empty(applicant_countries)')
  else if (country !== undefined) add('has(applicant_countries, {country:String})', { country })
}

/** A class under one of the prefixes, or one of the keywords where it stands as it is written. */
function industryCondition({ ipc, keywords }: NonNullable<Meaning['industry']>): Condition {
  const parts: string[] = []
  const parameters: Record<string, AnalyticsValue> = {}
  if (ipc.length > 0) {
    parts.push('hasAnyTokens(marks, {industry_marks:Array(String)})')
    parameters['industry_marks'] = ipc.map((prefix) => mark('ipc', prefix))
  }
  for (const [index, keyword] of keywords.entries()) {
    const piece = readPhrase(keyword)
    if (piece === undefined) continue
    const name = `keyword_${index}`
    parameters[name] = piece.tokens
    parameters[`${name}_text`] = piece.text
    const found = `hasAllTokens(tokens, {${name}:Array(String)})`
    parts.push(piece.verify ? `(${found} AND position(search_text, {${name}_text:String}) > 0)` : found)
  }
  return { sql: parts.length === 0 ? 'false' : parts.join(' OR '), parameters }
}

export async function countDocuments(analytics: Analytics, { sql, parameters }: Condition): Promise<number> {
  const [row] = await analytics.query<{ count: number }>(
    `SELECT count() AS count FROM patent WHERE ${sql}`,
    parameters,
    call('total'),
  )
  return row?.count ?? 0
}

export interface ListedDocument {
  readonly publicationNumber: string
  readonly applicationNumber: string
  readonly title: string
  readonly titleEn: string
  readonly applicants: string[]
  readonly filedOn: string | null
  readonly publishedOn: string | null
  readonly right: string
  readonly status: string
  readonly mainIpc: string
  readonly sortOn: string
}

/** Newest first, then by number: the same order for the same data. */
export async function listDocuments(
  analytics: Analytics,
  { sql, parameters }: Condition,
  { limit, after }: { readonly limit: number; readonly after?: readonly [string, string] | undefined },
): Promise<ListedDocument[]> {
  const place =
    after === undefined
      ? ''
      : ' AND (sort_on < {after_day:Date32} OR (sort_on = {after_day:Date32} AND publication_number < {after_number:String}))'
  return analytics.query<ListedDocument>(
    `SELECT publication_number AS publicationNumber, application_number AS applicationNumber, title, title_en AS titleEn,
       applicants, filed_on AS filedOn, published_on AS publishedOn, right, legal_status AS status, main_ipc AS mainIpc,
       toString(sort_on) AS sortOn
     FROM patent WHERE ${sql}${place}
     ORDER BY sort_on DESC, publication_number DESC LIMIT {limit:UInt32}`,
    { ...parameters, limit, ...(after === undefined ? {} : { after_day: after[0], after_number: after[1] }) },
    call('list'),
  )
}
