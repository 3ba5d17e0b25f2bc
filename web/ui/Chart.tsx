import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { chartOptions, readTheme } from './chart-options.ts'
import { formatNumber } from './format.ts'
import { TableIcon } from './icons.ts'
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

/** A chart and, one key (`t`) away, the table it was drawn from. */
export function Chart({ kind, title, summary, ...data }: ChartProps) {
  const words = useOwnWords()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const toggle = () => setAsTable((now) => !now)
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 't' && !event.ctrlKey && !event.metaKey && !event.altKey) toggle()
  }
  return (
    <figure className="chart" aria-labelledby={id} onKeyDown={onKey}>
      <figcaption className="chart-head">
        <div>
          <p className="chart-title" id={id}>
            {title}
          </p>
          {summary && <p className="chart-summary">{summary}</p>}
        </div>
        <Button kind="quiet" onClick={toggle} aria-keyshortcuts="t">
          <TableIcon className="icon" />
          {asTable ? words.showChart : words.showTable}
        </Button>
      </figcaption>
      {asTable ? <ChartTable title={title} {...data} /> : <Drawing kind={kind} title={title} data={data} />}
    </figure>
  )
}

interface DrawingProps {
  readonly kind: ChartKind
  readonly title: string
  readonly data: ChartData
}

function Drawing({ kind, title, data }: DrawingProps) {
  const words = useOwnWords()
  const box = useRef<HTMLDivElement>(null)
  const described = `${title}. ${words.showTable}: t`
  // Compared by content: a parent that renders again hands in new objects with the same numbers.
  const content = JSON.stringify(data)

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    let gone = false
    let dispose = () => {}
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return
      const chart = init(element)
      chart.setOption(chartOptions(kind, JSON.parse(content) as ChartData, readTheme(element)))
      const resized = new ResizeObserver(() => chart.resize())
      resized.observe(element)
      dispose = () => {
        resized.disconnect()
        chart.dispose()
      }
    })
    return () => {
      gone = true
      dispose()
    }
  }, [kind, content])

  return <div className="chart-drawing" ref={box} role="img" aria-label={described} tabIndex={0} />
}

function ChartTable({ title, categories, categoryName, series, unit }: ChartData & { readonly title: string }) {
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
              {series.map(({ name, values }) => {
                const value = values[row]
                return (
                  <td className="numeric" key={name}>
                    {typeof value === 'number' ? formatNumber(value) : <Unknown />}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
