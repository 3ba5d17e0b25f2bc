import type { ChartData, ChartKind, ChartSeries } from './Chart.tsx'
import { formatNumber } from './format.ts'

/** Colours and type of the page, read from the tokens so that they are named in one place. */
export interface ChartTheme {
  readonly ink: string
  readonly faint: string
  readonly hairline: string
  readonly font: string
  readonly series: readonly string[]
}

export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    faint: token('--ink-faint'),
    hairline: token('--hairline'),
    font: style.fontFamily,
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => token(`--series-${number}`)),
  }
}

/** Room for the direct labels at the ends of lines: what the longest name needs, within limits. */
function labelRoom(series: readonly ChartSeries[]): number {
  const longest = Math.max(
    ...series.map(({ name }) => [...name].reduce((width, c) => width + (c > '\u2e7f' ? 12 : 7), 0)),
  )
  return Math.min(longest, 110) + 16
}

/**
 * ECharts' options for our few kinds of chart. Bars start at zero; the unit stands in the title of the value axis; lines
 * carry their names at their ends; nothing moves.
 */
export function chartOptions(kind: ChartKind, { categories, series, unit }: ChartData, theme: ChartTheme) {
  const bars = kind !== 'line'
  return {
    animation: false,
    color: [...theme.series],
    textStyle: { fontFamily: theme.font, color: theme.ink, fontSize: 12 },
    grid: {
      left: 8,
      right: bars ? 12 : labelRoom(series),
      top: 36,
      bottom: bars && series.length > 1 ? 36 : 8,
      containLabel: true,
    },
    // Rich text keeps the tooltip on the canvas: as HTML it would carry inline styles, which the policy refuses.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      valueFormatter: (value: unknown) => said(value, unit),
    },
    ...(bars &&
      series.length > 1 && { legend: { bottom: 0, left: 0, itemWidth: 12, itemHeight: 12, icon: 'rect' } }),
    xAxis: {
      type: 'category',
      data: [...categories],
      axisLine: { lineStyle: { color: theme.faint } },
      axisTick: { show: false },
      axisLabel: { color: theme.faint, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: unit,
      nameTextStyle: { color: theme.faint, align: 'left', padding: [0, 0, 4, -4] },
      min: bars ? 0 : (range: { min: number }) => (range.min >= 0 ? 0 : range.min),
      splitLine: { lineStyle: { color: theme.hairline } },
      axisLabel: { color: theme.faint, formatter: (value: number) => formatNumber(value) },
    },
    series: series.map((one, index) => seriesOptions(kind, one, { index, only: series.length === 1 }, theme)),
  }
}

/** Marks differ in shape as well as in colour. */
const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
]

interface Place {
  readonly index: number
  /** The only series of its chart: its bars carry their numbers. */
  readonly only: boolean
}

function seriesOptions(
  kind: ChartKind,
  { name, values, planned, hrefs }: ChartSeries,
  { index, only }: Place,
  theme: ChartTheme,
) {
  const color = theme.series[index % theme.series.length]
  if (kind !== 'line') {
    return {
      type: 'bar',
      name,
      data: [...values],
      barMaxWidth: 36,
      cursor: hrefs ? 'pointer' : 'default',
      ...(only && { label: { show: true, position: 'top', color: theme.ink } }),
      ...(kind === 'stacked' && { stack: 'all' }),
      itemStyle: { borderColor: '#fff', borderWidth: kind === 'stacked' ? 1 : 0 },
    }
  }
  return {
    type: 'line',
    name,
    data: [...values],
    symbol: planned ? 'none' : (SYMBOLS[index % SYMBOLS.length] ?? 'circle'),
    symbolSize: 6,
    cursor: hrefs ? 'pointer' : 'default',
    lineStyle: { width: 2, type: planned ? 'dashed' : 'solid', color },
    endLabel: { show: true, formatter: '{a}', color, lineHeight: 16, width: 110, overflow: 'truncate' },
    labelLayout: { moveOverlap: 'shiftY' },
    connectNulls: false,
  }
}

function said(value: unknown, unit: string): string {
  return typeof value === 'number' ? `${formatNumber(value)} ${unit}` : '–'
}
