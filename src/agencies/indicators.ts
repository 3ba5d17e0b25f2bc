import { sql } from 'kysely'
import { type CalendarDate, yearOf } from '#platform/calendar.ts'
import {
  type Dimension,
  indicator,
  type IndicatorRow,
  type Part,
  type Span,
  type Words,
} from '../statistics/declare.ts'
import { wasInZone } from './membership.store.ts'
import { thresholdOn } from './threshold.rules.ts'

const carriers: Dimension = {
  name: { zh: '载体', en: 'Carrier' },
  values: ({ carriers }) => Object.fromEntries(carriers.map(({ id, shortNames }) => [id, shortNames])),
}

const agencyPage = (code: string) => `/agencies/${code}`

/** The name of `agency` as the register has it on a day. */
const nameOn = (on: CalendarDate) => sql`coalesce((
  select fact.value #>> '{}' from agency_fact fact
  where fact.agency_id = agency.id and fact.field = 'name' and fact.superseded_at is null
    and fact.valid_from <= ${on} and (fact.valid_to is null or fact.valid_to > ${on})), agency.code)`

/**
 * What agencies reported, counted in the year in which it was filed: a return of a whole year is known only in the next.
 * One filed more than a year late belongs to no span any more, or it would lift the year in which it turned up.
 */
const filedReturns = ({ from, to }: Pick<Span, 'from' | 'to'>) => sql`
  select filed.id, filed.agency_id, filed.revenue_fen, filed.filed_on, filed.period_from
  from agency_return filed
  where filed.superseded_at is null and filed.filed_on between ${from} and ${to}
    and filed.period_to > ${`${yearOf(from) - 1}-01-01`}::date`

const revenue: Part = {
  kind: 'sum',
  recordKind: 'statisticalReturn',
  records: (_db, span) => sql<IndicatorRow & { partyId: string; amount: number }>`(
    select filed.id::text as record_id, ${nameOn(span.to)} as label, filed.filed_on as occurred_on,
      agency.party_id, filed.revenue_fen as amount
    from (${filedReturns(span)}) filed
    join agency on agency.id = filed.agency_id
    where ${wasInZone('filed.agencyId', span.to)})`,
}

const growth = (code: string, name: Words, against: Words) =>
  indicator({
    code,
    clauses: ['S108'],
    name,
    definition: {
      zh: `名录内机构填报的服务业营业收入比上年同期增长的百分比(现价),与同期${against.zh}比较。`,
      en: `Growth of the revenue reported by agencies in the directory over the same days of the year before, at current prices, against ${against.en} of the same period.`,
    },
    version: 1,
    unit: 'percent',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'growth',
    part: revenue,
    priceBasis: 'current',
  })

export const agencyIndicators = [
  indicator({
    code: 'agencies',
    clauses: ['S20', 'S203'],
    name: { zh: '知识产权服务机构数量', en: 'IP service agencies' },
    definition: {
      zh: '当日在名录中、已入驻且未迁出的机构;同一统一社会信用代码只计一次。',
      en: 'Agencies that on the day had moved into the zone and not moved out, each organisation once.',
    },
    version: 1,
    unit: 'agency',
    measures: 'stock',
    confidentiality: 'public',
    dimensions: { carrier: carriers },
    kind: 'count',
    recordKind: 'agency',
    recordPage: agencyPage,
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select agency.code as record_id, ${nameOn(asOf)} as label, stay.moved_in as occurred_on, stay.carrier_code as carrier
      from agency_membership stay
      join distinct_agency agency on agency.id = stay.agency_id
      where stay.superseded_at is null and stay.moved_in <= ${asOf} and (stay.moved_out is null or stay.moved_out > ${asOf}))`,
  }),

  indicator({
    code: 'above-scale-agencies',
    clauses: ['S21'],
    name: { zh: '规模以上服务机构', en: 'Agencies above designated size' },
    definition: {
      zh: '当日在名录中、最近一个已填报的完整年度营业收入达到当日有效规模标准的机构;该年度须在两年之内结束。',
      en: 'Agencies in the directory whose revenue in the latest whole year reported by the day, ended within two years, reaches the size threshold in force on the day.',
    },
    version: 1,
    unit: 'agency',
    measures: 'stock',
    confidentiality: 'masked',
    dimensions: { carrier: carriers },
    kind: 'count',
    recordKind: 'agency',
    recordPage: agencyPage,
    records: (_db, span) => sql<IndicatorRow>`(
      select agency.code as record_id, ${nameOn(span.asOf)} as label, year.filed_on as occurred_on, stay.carrier_code as carrier
      from distinct_agency agency
      join agency_membership stay on stay.agency_id = agency.id and stay.superseded_at is null
        and stay.moved_in <= ${span.asOf} and (stay.moved_out is null or stay.moved_out > ${span.asOf})
      cross join lateral (
        select sum(filed.revenue_fen) as revenue_fen, max(filed.filed_on) as filed_on
        from agency_return filed
        where filed.agency_id = agency.id and filed.superseded_at is null and filed.filed_on <= ${span.asOf}
          and filed.period_to > (${span.asOf}::date - interval '2 years')::date
        group by date_trunc('year', filed.period_from)
        having sum(filed.period_to - filed.period_from) >= 365
        order by min(filed.period_from) desc
        limit 1
      ) year
      where ${reachesScale(span)})`,
  }),

  indicator({
    code: 'service-revenue',
    clauses: ['S23'],
    name: { zh: '知识产权服务业营业收入', en: 'Revenue of IP services' },
    definition: {
      zh: '统计期内由期末在名录中的机构填报的营业收入合计,按填报日计入;一家机构的同一天只由一份报表覆盖,更正替换原表。',
      en: 'Revenue in the returns filed within the span by agencies in the directory at its end. No day of an agency is covered by two returns; a revision replaces the return it revises.',
    },
    version: 1,
    unit: 'fen',
    measures: 'flow',
    confidentiality: 'masked',
    ...revenue,
  }),

  growth(
    'revenue-growth-gdp',
    { zh: '营业收入增速(对比地区生产总值)', en: 'Revenue growth against GDP' },
    { zh: '地区生产总值增速', en: 'growth of regional GDP' },
  ),
  growth(
    'revenue-growth-tertiary',
    { zh: '营业收入增速(对比第三产业)', en: 'Revenue growth against the tertiary sector' },
    { zh: '第三产业增加值增速', en: 'growth of the tertiary sector' },
  ),

  indicator({
    code: 'brands',
    clauses: ['S50'],
    name: { zh: '品牌或分支机构', en: 'Brands and branches with influence' },
    definition: {
      zh: '当日品牌认定或品牌分支机构身份有效、且在名录中的机构;同一机构只计一次。',
      en: 'Agencies in the directory that on the day hold a brand award or are the branch of a brand, each once.',
    },
    version: 1,
    unit: 'agency',
    measures: 'stock',
    confidentiality: 'public',
    dimensions: {
      kind: {
        name: { zh: '类型', en: 'Kind' },
        values: () => ({
          brand: { zh: '品牌机构', en: 'Brand' },
          branch: { zh: '品牌分支', en: 'Branch of a brand' },
        }),
      },
    },
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'brand',
    records: (_db, { asOf }) => sql<IndicatorRow & { partyId: string }>`(
      select award.id::text as record_id, award.title as label, award.awarded_on as occurred_on, agency.party_id, award.kind
      from agency_brand award
      join distinct_agency agency on agency.id = award.agency_id
      where award.awarded_on <= ${asOf} and (award.ended_on is null or award.ended_on > ${asOf})
        and ${wasInZone('award.agencyId', asOf)})`,
  }),
]

/** Where the zone sets no threshold for the day nobody is above it: an unknown limit is not reached. */
function reachesScale({ zone, asOf }: Span) {
  const threshold = thresholdOn(zone.thresholds, 'above-scale', asOf)
  if (threshold === undefined) return sql<boolean>`false`
  return threshold.operator === '>'
    ? sql<boolean>`year.revenue_fen > ${threshold.value}`
    : sql<boolean>`year.revenue_fen >= ${threshold.value}`
}
