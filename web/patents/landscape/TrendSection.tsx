import { Chart } from '../../ui/Chart.tsx'
import { formatNumber } from '../../ui/format.ts'
import { language } from '../../ui/language.ts'
import { Section } from '../../ui/Page.tsx'
import { type Landscape, useDocumentsHref, useText } from './queries.ts'

/** By year of filing and of grant. */
export function Trend({ landscape: { filter, trend, yearUnknown } }: { readonly landscape: Landscape }) {
  const { trend: text, documents } = useText()
  const documentsHref = useDocumentsHref()
  const [first, last] = [trend[0], trend.at(-1)]
  const peak = trend.toSorted((one, other) => other.filed - one.filed)[0]
  if (first === undefined || last === undefined || peak === undefined) return null
  const years = trend.map(({ year }) => String(year))
  return (
    <Section title={text.title} note={text.note} layout="stacked">
      <Chart
        kind="bar"
        title={text.title}
        summary={[
          text.summary(years[0] ?? '', years.at(-1) ?? '', String(peak.year), formatNumber(peak.filed)),
          ...(yearUnknown > 0 ? [text.unknown(formatNumber(yearUnknown))] : []),
        ].join(language === 'zh' ? '' : ' ')}
        categories={years}
        categoryName={text.year}
        unit={documents}
        series={[
          {
            name: text.filed,
            values: trend.map(({ filed }) => filed),
            hrefs: years.map((year) => documentsHref(filter, { year })),
          },
          {
            name: text.granted,
            values: trend.map(({ granted }) => granted),
            hrefs: years.map((granted) => documentsHref(filter, { granted })),
          },
        ]}
      />
    </Section>
  )
}
