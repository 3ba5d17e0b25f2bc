import { sql } from 'kysely'
import { yearOf } from '#platform/calendar.ts'
import { indicator, type IndicatorRow } from '../statistics/declare.ts'

export const fundIndicators = [
  indicator({
    code: 'fund-budget',
    clauses: ['S34'],
    name: { zh: '试验区建设资金预算', en: 'Zone funds in the budget' },
    definition: {
      zh: '统计期所在年度、截至期末已批准的预算科目的预算数合计(预算数,不是支付数)。逐年与上年同日比较。',
      en: 'The planned amounts of the budget lines of the years in the span, as approved by its end (planned, not paid). Each year is compared with the same day of the year before.',
    },
    version: 1,
    unit: 'fen',
    measures: 'flow',
    confidentiality: 'public',
    kind: 'sum',
    recordKind: 'budgetLine',
    records: (_db, { from, to }) => sql<IndicatorRow & { partyId: string | null; amount: number }>`(
      select line.year || '/' || line.code as record_id, line.title as label, line.approved_on as occurred_on,
        null::uuid as party_id, line.planned_fen as amount
      from budget_line line
      where line.year between ${yearOf(from)} and ${yearOf(to)} and line.approved_on <= ${to})`,
  }),
]
