import { sql } from 'kysely'
import { indicator, type IndicatorRow } from '../statistics/declare.ts'
import { PLATFORM_KINDS } from './rules.ts'

export const marketIndicators = [
  indicator({
    code: 'patent-transfers',
    clauses: ['S49'],
    name: { zh: '专利转让', en: 'Patent transfers' },
    definition: {
      zh: '登记生效日在统计期内的专利转让,每件专利每次登记计一件;转让自登记之日起生效(专利法第十条)。许可不计。',
      en: 'Transfers registered within the span, one for each patent and registration; a transfer takes effect when registered (Patent Law, art. 10). Licences are not counted.',
    },
    version: 1,
    unit: 'transfer',
    measures: 'flow',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'transfer',
    records: (_db, { from, to }) => sql<IndicatorRow>`(
      select item.deal_id::text || '/' || item.patent_number as record_id, item.patent_number as label,
        item.recorded_on as occurred_on
      from deal_patent item
      where item.kind = 'transfer' and item.recorded_on between ${from} and ${to}
        and not exists (select from deal where deal.id = item.deal_id and deal.voided_at is not null))`,
  }),

  indicator({
    code: 'operation-platforms',
    clauses: ['S48'],
    name: { zh: '公共运营中心和平台', en: 'Public operation centres and platforms' },
    definition: {
      zh: '当日已组建、未关闭并有证据材料的公共运营中心和平台;没有证据材料的列出但不计。',
      en: 'Centres and platforms that stand on the day and show evidence; one without evidence is listed in the register and not counted.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    dimensions: { kind: { name: { zh: '类型', en: 'Kind' }, values: () => PLATFORM_KINDS } },
    kind: 'count',
    recordKind: 'operationPlatform',
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select platform.code as record_id, platform.name as label, platform.established_on as occurred_on, platform.kind
      from operation_platform platform
      where platform.evidence_hash is not null and platform.established_on <= ${asOf}
        and (platform.closed_on is null or platform.closed_on > ${asOf}))`,
  }),
]
