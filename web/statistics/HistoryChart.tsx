import { Chart } from '../ui/Chart.tsx'
import { either, useMessages } from '../ui/language.ts'
import { inShownUnit } from './figures.tsx'
import type { IndicatorAnswer } from './IndicatorPage.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** Actual against the declared path, quarter by quarter. A suppressed quarter is a gap, not a zero. */
export function HistoryChart({ indicator }: { readonly indicator: IndicatorAnswer }) {
  const text = useMessages({ zh, en }).indicator
  const { history, unitWords } = indicator
  if (history.every(({ value }) => value === null)) return <p>{text.noHistory}</p>
  const planned = history.map((point) => inShownUnit(point.planned, unitWords))
  return (
    <Chart
      kind="line"
      title={text.historyTitle(either(indicator.names))}
      summary={text.historySummary(history.length)}
      categories={history.map(({ quarter, asOf }, index) => (index === history.length - 1 ? asOf : quarter))}
      categoryName={text.quarter}
      unit={either(unitWords)}
      series={[
        { name: text.actual, values: history.map(({ value }) => inShownUnit(value, unitWords)) },
        ...(planned.some((value) => value !== null)
          ? [{ name: text.path, values: planned, planned: true }]
          : []),
      ]}
    />
  )
}
