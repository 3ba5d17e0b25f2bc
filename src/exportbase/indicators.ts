import { sql } from 'kysely'
import { indicator, type IndicatorRow } from '../statistics/declare.ts'
import { ATTRIBUTION_RULES } from './rules.ts'

type Weighed = IndicatorRow & { partyId: string; amount: number }

export const exportIndicators = [
  indicator({
    code: 'service-export',
    clauses: ['S24'],
    name: { zh: '知识产权服务出口', en: 'Export of IP services' },
    definition: {
      zh: '与境外客户签订、收汇日在统计期内的知识产权服务合同,按所载当日汇率折算为美元后合计;汇率与合同一并保存,事后不再重算。',
      en: 'Contracts with clients abroad, counted on the day of receipt and converted at the rate of the day each contract names; the rate is kept with the contract and never applied anew.',
    },
    version: 1,
    unit: 'usdCent',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'sum',
    recordKind: 'exportContract',
    records: (_db, { from, to }) => sql<Weighed>`(
      select contract.id::text as record_id, contract.contract_number as label, contract.recognised_on as occurred_on,
        agency.party_id, contract.usd_cents as amount
      from export_contract contract
      join agency on agency.id = contract.agency_id
      where contract.voided_at is null and contract.recognised_on between ${from} and ${to})`,
  }),

  indicator({
    code: 'driven-export',
    clauses: ['S25'],
    name: { zh: '带动服务贸易出口', en: 'Trade in services driven' },
    definition: {
      zh: '统计期内企业服务贸易出口中,按所载归因规则认定由知识产权服务带动的部分;每笔记录注明规则与比例。',
      en: 'The part of firms’ exports of services within the span that the rule named on each record attributes to an IP service; rule and share stand on the record.',
    },
    version: 1,
    unit: 'fen',
    measures: 'flow',
    confidentiality: 'masked',
    dimensions: {
      attributionRule: { name: { zh: '归因规则', en: 'Attribution rule' }, values: () => ATTRIBUTION_RULES },
    },
    kind: 'sum',
    recordKind: 'drivenExport',
    records: (_db, { from, to }) => sql<Weighed>`(
      select driven.id::text as record_id, driven.reference as label, driven.recognised_on as occurred_on,
        survivor.survivor_id as party_id, driven.attributed_fen as amount, driven.attribution_rule
      from driven_export driven
      join party_survivor survivor on survivor.party_id = driven.exporter_id
      where driven.voided_at is null and driven.recognised_on between ${from} and ${to})`,
  }),

  indicator({
    code: 'foreign-offices',
    clauses: ['S52'],
    name: { zh: '入驻外国代表机构', en: 'Foreign representative offices' },
    definition: {
      zh: '当日许可有效的外国代表机构;许可期满当天起不再计入,不需任何人操作。',
      en: 'Representative offices of foreign agencies whose permit is valid on the day; from the day on which it ends an office no longer counts, without anybody acting.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'foreignOffice',
    // A renewed permit is a second row of the same office and must not count it twice.
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select distinct on (office.code) office.code as record_id, office.name as label, office.valid_from as occurred_on
      from foreign_office office
      where office.valid_from <= ${asOf} and office.valid_to > ${asOf}
      order by office.code, office.valid_from desc)`,
  }),
]
