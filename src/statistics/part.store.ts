import { sql, type AliasedExpression, type RawBuilder } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { IndicatorRow, Part, Span } from './declare.ts'
import type { Reading } from './reading.store.ts'

export type CountedPart = Exclude<Part, { kind: 'stated' }>

/** A part reduced to numbers. */
export interface PartCount {
  readonly value: number | null
  /** What its list holds: records, or parties where each counts once. */
  readonly items: number
  readonly records: number
  /** For a sum: how many parties it comes from, and what its two largest contribute. */
  readonly contributors: number
  readonly largestTwo: number
}

export interface RecordItem {
  /** The record, or the party where each counts once. */
  readonly id: string
  readonly label: string
  readonly occurredOn: string | null
  readonly partyId: string | null
  readonly amount: number | null
  /** Records behind this item; 1 unless parties are counted. */
  readonly records: number
}

/** The rows of a part as a derived table called `r`. */
export function rowsOf(db: Db, part: CountedPart, span: Span): AliasedExpression<IndicatorRow, 'r'> {
  return part.records(db, span).as('r')
}

export async function countPart(reading: Reading, part: CountedPart, span: Span): Promise<PartCount> {
  const [row] = await reading.ask(countQuery(part.kind, rowsOf(reading.db, part, span)))
  if (row === undefined) throw new TypeError('a count without a row')
  return row
}

type Rows = AliasedExpression<unknown, 'r'> | RawBuilder<unknown>

function countQuery(kind: CountedPart['kind'], rows: Rows): RawBuilder<PartCount> {
  if (kind === 'count') {
    return sql`select n as value, n as items, n as records, 0 as contributors, 0 as largest_two
      from (select count(*) as n from ${rows}) counted`
  }
  if (kind === 'countDistinct') {
    return sql`select count(*) as value, count(*) as items, coalesce(sum(n), 0)::bigint as records,
        0 as contributors, 0 as largest_two
      from (select count(*) as n from ${rows} where r.party_id is not null group by r.party_id) party`
  }
  // A sum of nothing is not zero: nobody has reported yet.
  return sql`with party as (select sum(r.amount) as amount, count(*) as n from ${rows} group by r.party_id)
    select sum(amount)::bigint as value, coalesce(sum(n), 0)::bigint as items, coalesce(sum(n), 0)::bigint as records,
      count(*) as contributors,
      coalesce((select sum(amount) from (select amount from party order by amount desc nulls last limit 2) top), 0)::bigint
        as largest_two
    from party`
}

/** One page of what the part counts, after `after`, in the order of its ids. */
export function listPart(
  reading: Reading,
  part: CountedPart,
  span: Span,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly RecordItem[]> {
  const rows = rowsOf(reading.db, part, span)
  const limit = sql.lit(page.limit)
  if (part.kind === 'countDistinct') {
    const after = page.after === undefined ? sql`` : sql`and r.party_id > ${page.after}`
    return reading.ask(sql<RecordItem>`
      select r.party_id::text as id, min(r.label) as label, max(r.occurred_on) as occurred_on,
        r.party_id::text as party_id, null::bigint as amount, count(*) as records
      from ${rows} where r.party_id is not null ${after} group by r.party_id order by r.party_id limit ${limit}`)
  }
  const after = page.after === undefined ? sql`` : sql`where r.record_id > ${page.after}`
  const party =
    part.kind === 'sum'
      ? sql`r.party_id::text, r.amount::bigint`
      : sql`null::text as party_id, null::bigint as amount`
  return reading.ask(sql<RecordItem>`
    select r.record_id::text as id, r.label, r.occurred_on, ${party}, 1 as records
    from ${rows} ${after} order by r.record_id limit ${limit}`)
}

export interface CellCount {
  /** Null in a total. A record whose value is not known has the empty code. */
  readonly row: string | null
  readonly column: string | null
  readonly value: number
  readonly contributors: number
  readonly largestTwo: number
}

/**
 * The part by one or two dimensions, with totals counted on their own. A party that counts once stands in one cell, that
 * of its latest record, so that the cells add up to the figure.
 */
export function breakPart(
  reading: Reading,
  part: CountedPart,
  span: Span,
  dimensions: readonly [string, string?],
): Promise<readonly CellCount[]> {
  const rows = rowsOf(reading.db, part, span)
  const [first, second] = dimensions.map((name) => sql`coalesce(${sql.ref(`r.${name}`)}::text, '')`)
  const cells = sql`${first} as d1, ${second ?? sql`''::text`} as d2`
  if (part.kind === 'sum') return reading.ask(sumCells(cells, rows))
  const counted =
    part.kind === 'count'
      ? sql`select ${cells} from ${rows}`
      : sql`select distinct on (r.party_id) ${cells} from ${rows} where r.party_id is not null
          order by r.party_id, r.occurred_on desc nulls last, r.record_id desc`
  return reading.ask(sql<CellCount>`
    select d1 as "row", d2 as "column", count(*) as value, 0 as contributors, 0 as largest_two
    from (${counted}) counted group by cube (d1, d2)`)
}

function sumCells(cells: RawBuilder<unknown>, rows: Rows): RawBuilder<CellCount> {
  return sql`with cell as (select ${cells}, r.party_id, r.amount from ${rows}),
    party as (
      select grouping(d1) as g1, grouping(d2) as g2, d1, d2, sum(amount) as amount,
        row_number() over (partition by grouping(d1), grouping(d2), d1, d2 order by sum(amount) desc nulls last) as place
      from cell group by party_id, cube (d1, d2)
    )
    select d1 as "row", d2 as "column", coalesce(sum(amount), 0)::bigint as value, count(*) as contributors,
      coalesce(sum(amount) filter (where place <= 2), 0)::bigint as largest_two
    from party group by g1, g2, d1, d2`
}
