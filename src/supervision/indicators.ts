import { sql } from 'kysely'
import { addDays } from '#platform/calendar.ts'
import { indicator, type IndicatorRow, type Part, type Span } from '../statistics/declare.ts'
import { findComparator } from './store.ts'

const filings = ({ from, to }: Span, onlyWithdrawn: boolean) => sql<IndicatorRow>`(
  select filing.id::text as record_id, filing.application_number as label, filing.notified_on as occurred_on
  from abnormal_filing filing
  where filing.notified_on between ${from} and ${to}
    and ${onlyWithdrawn ? sql`filing.withdrawn_on <= ${to}` : sql`true`})`

const part = (onlyWithdrawn: boolean): Part => ({
  kind: 'count',
  unit: 'application',
  recordKind: 'abnormalFiling',
  records: (_db, span) => filings(span, onlyWithdrawn),
})

export const supervisionIndicators = [
  indicator({
    code: 'abnormal-withdrawal-rate',
    clauses: ['S28'],
    name: { zh: '非正常专利申请撤回率', en: 'Withdrawal rate of abnormal filings' },
    definition: {
      zh: '统计期内收到非正常专利申请通知的申请中,截至期末已撤回的比例。分子分母为同一批申请,与全省同口径数据比较。',
      en: 'Of the applications notified as abnormal within the span, the share withdrawn by its end. Both counts are of the same applications, and the province is measured the same way.',
    },
    version: 1,
    unit: 'percent',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'ratio',
    numerator: part(true),
    denominator: part(false),
    scale: 100,
    comparator: async (db, { from, to }) => {
      const found = await findComparator(db, from, to)
      if (found === undefined) return undefined
      const { area, notified, withdrawn, periodFrom, periodTo, publishedOn, source } = found
      return {
        value: (withdrawn / notified) * 100,
        period: `${periodFrom}/${addDays(periodTo, -1)}`,
        definition: {
          zh: `${area}:通知 ${notified} 件,撤回 ${withdrawn} 件`,
          en: `${area}: ${notified} notified, ${withdrawn} withdrawn`,
        },
        source: { zh: `${source}(${publishedOn} 公布)`, en: `${source} (published ${publishedOn})` },
      }
    },
  }),
]
