import type { Analytics } from '#platform/analytics.ts'
import { type Cell, type ClassCount, type Tally, UNKNOWN } from './landscape.rules.ts'
import { call, type Condition, inZone, type Meaning } from './landscape.store.ts'

export interface Top {
  readonly items: readonly Tally[]
  /** How many different ones there are. */
  readonly distinct: number
}

/** All that the charts of a landscape count of its documents. */
export interface Charts {
  /** Year of filing × year of grant × right × status: a few thousand at most, from which all small charts are summed. */
  readonly cells: readonly Cell[]
  /** Documents by province of the first address, and by whether that address is in the zone. */
  readonly places: readonly Place[]
  readonly fields: readonly Tally[]
  readonly countries: readonly Tally[]
  readonly classes: readonly ClassCount[]
  /** Joined names count as their owner, and an owner once in each document. */
  readonly owners: Top
  readonly inventors: Top
  readonly agencies: Top & { readonly without: number }
  /** Documents by the key of their application, of those that were dealt in. */
  readonly dealt: readonly Tally[]
}

interface Place {
  readonly province: string
  readonly zone: 'in' | 'out' | '-'
  readonly count: number
}

export interface Counting {
  readonly owners: Meaning['owners']
  /** Documents filed since the beginning of this year count as recent. */
  readonly recentFrom: number
  /** How many owners, inventors and agencies are named. */
  readonly top: number
  /** Keys of the applications that were dealt in, joined by commas. */
  readonly dealt: string
  /** False where the condition leaves nearly all documents in. */
  readonly narrowed: boolean
}

const topOf = (array: string) =>
  `SELECT (key, count, count() OVER ()) AS t FROM (SELECT key, count() AS count FROM found ARRAY JOIN ${array} AS key GROUP BY key)
   ORDER BY t.2 DESC, t.1 LIMIT {top:UInt32}`

/** Fields of technology, countries and classes are few and short: a letter tells them apart, and one pass counts them. */
const KEYS = `arrayConcat(
  if(empty(fields), ['f${UNKNOWN}'], arrayMap(field -> concat('f', toString(field)), fields)),
  if(empty(applicant_countries), ['c${UNKNOWN}'], arrayMap(country -> concat('c', country), applicant_countries)),
  arrayMap(subclass -> concat('s', subclass), subclasses))`

const CHARTS = {
  cells:
    'SELECT (year, granted_year, right, legal_status, count()) AS t FROM found GROUP BY year, granted_year, right, legal_status',
  places: 'SELECT (province, zone, count()) AS t FROM found GROUP BY province, zone',
  keys: `SELECT (key, count(), countIf(zone = 'in'), countIf(year >= {recent:UInt16})) AS t
    FROM (SELECT zone, year, ${KEYS} AS keys FROM found) ARRAY JOIN keys AS key GROUP BY key`,
  agencies: 'SELECT (agency, count()) AS t FROM found GROUP BY agency',
  owners: topOf('who'),
  inventors: topOf('inventors'),
  // Thousands of keys in one text: as a list, each would be written out, sent and read by itself.
  dealt: `SELECT (application_key, count()) AS t FROM found
    WHERE application_key IN splitByChar(',', {dealt:String}) GROUP BY application_key`,
}

/** The rows of each chart, as the statement makes them. */
interface Rows {
  readonly cells: readonly [year: number, grantedYear: number, right: string, status: string, count: number][]
  readonly places: readonly [province: string, zone: Place['zone'], count: number][]
  readonly keys: readonly [key: string, count: number, zone: number, recent: number][]
  readonly agencies: readonly [agency: string, count: number][]
  readonly owners: readonly [key: string, count: number, distinct: number][]
  readonly inventors: readonly [key: string, count: number, distinct: number][]
  readonly dealt: readonly [key: string, count: number][]
}

/**
 * One statement for all charts: what is found is kept while it runs, and every chart counts that. Where nothing narrows the
 * landscape too much would be kept, and each chart reads its own columns instead.
 */
export async function countCharts(
  analytics: Analytics,
  { sql, parameters }: Condition,
  { owners: { names, ids }, recentFrom, top, dealt, narrowed }: Counting,
): Promise<Charts> {
  const joined = names.length > 0
  const who = joined
    ? 'arrayDistinct(arrayMap(h -> transform(h, {joined_names:Array(String)}, {joined_ids:Array(String)}, h), holders))'
    : 'holders'
  const rows = await analytics.query<{ chart: keyof Rows; counted: string }>(
    `WITH found AS ${narrowed ? 'MATERIALIZED ' : ''}(
       SELECT year, granted_year, right, legal_status, province, agency, fields, applicant_countries, subclasses, inventors,
         application_key, ${who} AS who, multiIf(address = '', '${UNKNOWN}', ${inZone}, 'in', 'out') AS zone
       FROM patent WHERE ${sql})
     ${Object.entries(CHARTS)
       .map(
         ([chart, rowsOf]) =>
           `SELECT '${chart}' AS chart, toJSONString(groupArray(t)) AS counted FROM (${rowsOf})`,
       )
       .join(' UNION ALL ')} SETTINGS enable_materialized_cte = 1`,
    {
      ...parameters,
      top,
      recent: recentFrom,
      dealt,
      ...(joined && { joined_names: names, joined_ids: ids }),
    },
    call('charts'),
  )
  return chartsOf(
    Object.fromEntries(rows.map(({ chart, counted }) => [chart, JSON.parse(counted)])) as unknown as Rows,
    top,
  )
}

function chartsOf({ cells, places, keys, agencies, owners, inventors, dealt }: Rows, top: number): Charts {
  return {
    cells: cells.map(([year, grantedYear, right, status, count]) => ({
      year,
      grantedYear,
      right,
      status,
      count,
    })),
    places: places.map(([province, zone, count]) => ({ province, zone, count })),
    fields: keyed(keys, 'f'),
    countries: keyed(keys, 'c'),
    classes: classesOf(keys),
    owners: topFrom(owners),
    inventors: topFrom(inventors),
    agencies: agenciesFrom(agencies, top),
    dealt: dealt.map(([key, count]) => ({ key, count })),
  }
}

const largestFirst = (one: Tally, other: Tally) => other.count - one.count || (one.key < other.key ? -1 : 1)

const keyed = (keys: Rows['keys'], letter: string): Tally[] =>
  keys
    .filter(([key]) => key.startsWith(letter))
    .map(([key, count]) => ({ key: key.slice(1), count }))
    .toSorted(largestFirst)

function classesOf(keys: Rows['keys']): ClassCount[] {
  return keys
    .filter(([key]) => /^s[A-H]\d\d[A-Z]$/.test(key))
    .map(([key, count, zone, recent]) => ({ subclass: key.slice(1), count, zone, recent }))
    .toSorted((one, other) => other.count - one.count || (one.subclass < other.subclass ? -1 : 1))
}

const topFrom = (rows: Rows['owners']): Top => ({
  items: rows.map(([key, count]) => ({ key, count })),
  distinct: rows[0]?.[2] ?? 0,
})

function agenciesFrom(rows: Rows['agencies'], top: number): Charts['agencies'] {
  const named = rows.flatMap(([key, count]) => (key === '' ? [] : [{ key, count }])).toSorted(largestFirst)
  return {
    items: named.slice(0, top),
    distinct: named.length,
    without: rows.find(([key]) => key === '')?.[1] ?? 0,
  }
}
