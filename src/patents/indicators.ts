import { sql } from 'kysely'
import { yearOf } from '#platform/calendar.ts'
import { indicator, type IndicatorRow, type Part, type Span } from '../statistics/declare.ts'
import { findPopulation } from './store.ts'

type Weighed = IndicatorRow & { partyId: string; amount: number }

/** What firms declared within the span; a declaration more than a year late belongs to no span any more. */
const declaredSales = (amount: 'productSalesFen' | 'totalSalesFen'): Part => ({
  kind: 'sum',
  unit: 'fen',
  recordKind: 'patentProductReturn',
  records: (_db, { from, to }: Span) => sql<Weighed>`(
    select declared.id::text as record_id, firm.name as label, declared.filed_on as occurred_on,
      survivor.survivor_id as party_id, ${sql.ref(`declared.${amount}`)} as amount
    from patent_product_return declared
    join party_survivor survivor on survivor.party_id = declared.firm_id
    join party firm on firm.id = survivor.survivor_id
    where declared.filed_on between ${from} and ${to} and declared.year >= ${yearOf(from) - 1})`,
})

export const patentIndicators = [
  indicator({
    code: 'navigation-bases',
    clauses: ['S41'],
    name: { zh: '国家专利导航服务基地', en: 'National patent navigation bases' },
    definition: {
      zh: '当日有效、有批准文件的国家级专利导航服务基地;没有批准文件的列出但不计。',
      en: 'Navigation bases of national level that are valid on the day and show their approval; one without it is listed and not counted.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'navigationBase',
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select base.code as record_id, base.name as label, base.recognised_on as occurred_on
      from navigation_base base
      where base.level = 'national' and base.evidence_hash is not null
        and base.recognised_on <= ${asOf} and (base.ended_on is null or base.ended_on > ${asOf}))`,
  }),

  indicator({
    code: 'cultivation-centres',
    clauses: ['S45'],
    name: { zh: '高价值专利培育中心', en: 'High-value patent cultivation centres' },
    definition: {
      zh: '当日在册的高价值专利培育中心:已批准、未到期也未退出。',
      en: 'Cultivation centres on the register on the day: approved, and neither expired nor withdrawn.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'cultivationCentre',
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select centre.code as record_id, centre.name as label, centre.approved_on as occurred_on
      from cultivation_centre centre
      where centre.approved_on <= ${asOf} and (centre.ends_on is null or centre.ends_on > ${asOf}))`,
  }),

  indicator({
    code: 'pct-applications',
    clauses: ['S47'],
    name: { zh: 'PCT 专利申请', en: 'PCT applications' },
    definition: {
      zh: '申请人地址在本区、国际申请日在统计期内的 PCT 申请;由本区机构代理但申请人在区外的不计。',
      en: 'International applications filed within the span by applicants with an address in the zone; those only served by an agency of the zone are not counted.',
    },
    version: 1,
    unit: 'application',
    measures: 'flow',
    // An application is secret until it is published, eighteen months after its priority (PCT art. 21).
    confidentiality: 'masked',
    dimensions: {
      served: {
        name: { zh: '代理', en: 'Served by' },
        values: () => ({
          zone: { zh: '本区机构', en: 'An agency of the zone' },
          other: { zh: '其他', en: 'Others' },
        }),
      },
    },
    kind: 'count',
    recordKind: 'pctApplication',
    records: (_db, { from, to }) => sql<IndicatorRow>`(
      select application.application_number as record_id, application.application_number as label,
        application.filed_on as occurred_on,
        case when application.agency_id is null then 'other' else 'zone' end as served
      from pct_application application
      where application.applicant_in_zone and application.filed_on between ${from} and ${to})`,
  }),

  indicator({
    code: 'high-value-per-10k',
    clauses: ['S46'],
    name: { zh: '万人高价值发明专利拥有量', en: 'High-value inventions per 10,000 residents' },
    definition: {
      zh: '当日有效、当日至少符合五类标准之一的发明专利数 ÷ 当日前最近公布的常住人口 × 10000;每件只计一次。',
      en: 'Inventions in force on the day that meet at least one of the five criteria on it, each once, divided by the resident population last published before the day, times 10,000.',
    },
    version: 1,
    unit: 'perTenThousand',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'ratio',
    scale: 10_000,
    numerator: {
      kind: 'count',
      unit: 'patent',
      recordKind: 'invention',
      records: (_db, { asOf }) => sql<IndicatorRow>`(
        select invention.patent_number as record_id, invention.title as label, invention.granted_on as occurred_on
        from invention
        where invention.granted_on <= ${asOf} and (invention.lapsed_on is null or invention.lapsed_on > ${asOf})
          and exists (
            select from invention_criterion reason
            where reason.invention_id = invention.id and reason.holds_from <= ${asOf}
              and (reason.holds_to is null or reason.holds_to > ${asOf})))`,
    },
    denominator: {
      kind: 'stated',
      unit: 'person',
      figure: async (db, { asOf }) => {
        const population = await findPopulation(db, asOf)
        if (population === undefined) return undefined
        const { residents, countedOn, version, publishedOn, source } = population
        return {
          value: residents,
          period: countedOn,
          definition: { zh: `常住人口(${version})`, en: `Permanent residents (${version})` },
          source: { zh: `${source}(${publishedOn} 公布)`, en: `${source} (published ${publishedOn})` },
        }
      },
    },
  }),

  indicator({
    code: 'ip-product-share',
    clauses: ['S43'],
    name: { zh: '专利产品占销售总额比重', en: 'Share of patented products in sales' },
    definition: {
      zh: '统计期内备案企业的专利产品销售额合计 ÷ 同一批企业销售总额合计;样本为全部备案企业,样本数即所列企业数。',
      en: 'Sales of patented products declared within the span, divided by all sales of the same firms; the sample is every firm that declared, and its size is the number of rows.',
    },
    version: 1,
    unit: 'percent',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'ratio',
    scale: 100,
    numerator: declaredSales('productSalesFen'),
    denominator: declaredSales('totalSalesFen'),
  }),

  indicator({
    code: 'patent-owners',
    clauses: ['S134'],
    name: { zh: '专利权利人（机构）', en: 'Owners of patents (organisations)' },
    definition: {
      zh: '当日在权利人登记中的机构：按公开规则归一后的每个权利人计一次，个人不计；拆分或合并当日即改变本数。',
      en: 'Organisations in the register of owners on the day, each once after its names were joined by the published rules; people are not counted. A split or a merge changes the number on its day.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'patentOwner',
    recordPage: (id) => `/patents/owners/${id}`,
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select owner.id::text as record_id, owner.name as label, owner.formed_on as occurred_on
      from patent_owner owner
      where owner.kind = 'organisation' and owner.formed_on <= ${asOf}
        and (owner.dissolved_on is null or owner.dissolved_on > ${asOf}))`,
  }),
]
