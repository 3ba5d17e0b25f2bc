import { useContext, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { chartOptions, readTheme } from './chart-options.ts'
import { formatNumber } from './format.ts'
import { TableIcon } from './icons.ts'
import { NavigationContext, TextLink } from './TextLink.tsx'
import { Unknown } from './values.tsx'
import { useOwnWords } from './words.ts'
import './Chart.css'
import './DataTable.css'

export type ChartKind = 'line' | 'bar' | 'stacked'

export interface ChartSeries {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** Drawn dashed and without marks: a course that was set, not a thing that was counted. */
  readonly planned?: boolean
  /** The list behind each value, place by place: a mark opens it, and so does the number in the table. */
  readonly hrefs?: readonly string[]
}

export interface ChartData {
  /** Along the horizontal axis: years, quarters, names. */
  readonly categories: readonly string[]
  readonly categoryName: string
  readonly series: readonly ChartSeries[]
  readonly unit: string
}

interface ChartProps extends ChartData {
  readonly kind: ChartKind
  readonly title: string
  /** What one sees in it, in a sentence: for those who cannot look, and good for all others. */
  readonly summary?: string
}

/** A chart and, one key away (the button is its one stop), the table it was drawn from. */
export function Chart({ kind, title, summary, ...data }: ChartProps) {
  const words = useOwnWords()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className="chart" aria-labelledby={id} aria-describedby={summary && `${id}-summary`}>
      <figcaption className="chart-head">
        <div>
          <p className="chart-title" id={id}>
            {title}
          </p>
          {summary && (
            <p className="chart-summary" id={`${id}-summary`}>
              {summary}
            </p>
          )}
        </div>
        <Button kind="quiet" onClick={() => setAsTable(!asTable)} aria-describedby={id}>
          <TableIcon className="icon" />
          {asTable ? words.showChart : words.showTable}
        </Button>
      </figcaption>
      {asTable ? <ChartTable title={title} {...data} /> : <Drawing kind={kind} data={data} />}
    </figure>
  )
}

/** The picture alone; whoever cannot see it has the summary and the table. */
function Drawing({ kind, data }: { readonly kind: ChartKind; readonly data: ChartData }) {
  const box = useRef<HTMLDivElement>(null)
  // Compared by content: a parent that renders again hands in new objects with the same numbers.
  const content = JSON.stringify(data)
  const navigation = useContext(NavigationContext)
  const open = useRef<(href: string) => void>(undefined)
  useEffect(() => {
    open.current = navigation?.go
  }, [navigation])

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const left = new AbortController()
    void draw(element, kind, JSON.parse(content) as ChartData, {
      signal: left.signal,
      open: (href) => open.current?.(href),
    })
    return () => left.abort()
  }, [kind, content])

  return <div className="chart-drawing" ref={box} aria-hidden />
}

/** Draws once ECharts has arrived, follows the size of the place, and clears it when the signal says so. */
async function draw(
  element: HTMLElement,
  kind: ChartKind,
  data: ChartData,
  { signal, open }: { readonly signal: AbortSignal; readonly open: (href: string) => void },
): Promise<void> {
  const { init } = await import('./echarts.ts')
  if (signal.aborted) return
  const chart = init(element)
  chart.setOption(chartOptions(kind, data, readTheme(element)))
  chart.on('click', ({ seriesIndex = 0, dataIndex }) => {
    const href = data.series[seriesIndex]?.hrefs?.[dataIndex]
    if (href !== undefined) open(href)
  })
  const resized = new ResizeObserver(() => chart.resize())
  resized.observe(element)
  signal.addEventListener('abort', () => {
    resized.disconnect()
    chart.dispose()
  })
}

function ChartTable({
  title,
  categories,
  categoryName,
  series,
  unit,
}: ChartData & { readonly title: string }) {
  const words = useOwnWords()
  return (
    <section className="data-table" aria-label={`${words.chartTable}: ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{categoryName}</th>
            {series.map(({ name }) => (
              <th scope="col" className="numeric" key={name}>
                {name} ({unit})
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {categories.map((category, row) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map(({ name, values, hrefs }) => (
                <td className="numeric" key={name}>
                  <Opened value={values[row]} href={hrefs?.[row]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface OpenedProps {
  readonly value: number | null | undefined
  readonly href: string | undefined
}

function Opened({ value, href }: OpenedProps) {
  if (typeof value !== 'number') return <Unknown />
  if (href === undefined || value === 0) return formatNumber(value)
  return <TextLink href={href}>{formatNumber(value)}</TextLink>
}
