import { sql } from 'kysely'
import { indicator, type IndicatorRow } from '../statistics/declare.ts'
import { WORKSITE_KINDS } from './rules.ts'

export const overseasIndicators = [
  indicator({
    code: 'overseas-worksites',
    clauses: ['S54'],
    name: { zh: '海外工作站或分支机构', en: 'Overseas worksites and branches' },
    definition: {
      zh: '当日在册、且此前一年内提交过活动报告的海外工作站或分支机构。',
      en: 'Worksites and branches abroad that are open on the day and have reported on their work within the year before it.',
    },
    version: 1,
    unit: 'organisation',
    measures: 'stock',
    confidentiality: 'public',
    dimensions: { kind: { name: { zh: '类型', en: 'Kind' }, values: () => WORKSITE_KINDS } },
    kind: 'count',
    recordKind: 'overseasWorksite',
    records: (_db, { asOf }) => sql<IndicatorRow>`(
      select worksite.code as record_id, worksite.name as label, worksite.opened_on as occurred_on, worksite.kind
      from overseas_worksite worksite
      where worksite.opened_on <= ${asOf} and (worksite.closed_on is null or worksite.closed_on > ${asOf})
        and exists (
          select from worksite_report report
          where report.worksite_id = worksite.id and report.reported_on <= ${asOf}
            and report.reported_on > (${asOf}::date - interval '1 year')::date))`,
  }),
]
