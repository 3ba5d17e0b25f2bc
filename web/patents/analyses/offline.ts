import { marksOf, type Mark } from '../../../src/patents/analysis.rules.ts'
import { formatNumber } from '../../ui/format.ts'
import { language } from '../../ui/language.ts'
import type { Landscape, Text as LandscapeText } from '../landscape/queries.ts'
import type { Analysis, Question, Text } from './queries.ts'

interface Words {
  readonly text: Text
  readonly landscape: LandscapeText
  readonly markWords: (marked: Pick<Mark, 'panel' | 'mark'>, landscape: Landscape) => string
  readonly made: Date
}

/** The notebook as one HTML text: no script, nothing fetched, every figure in a table with its bar. */
export function offlineHtml(analysis: Analysis, words: Words): string {
  const { text } = words
  const { basis, cells, name } = analysis
  const facts = [
    [text.page.dataVersion, String(basis.dataVersion)],
    [text.page.ownerVersion, String(basis.ownerVersion)],
    [text.page.asOf, basis.asOf],
  ]
  const body = cells.map((cell) =>
    cell.kind === 'note' ? `<p class="note">${escaped(cell.text)}</p>` : questionHtml(cell, words),
  )
  const made = words.made.toISOString().slice(0, 16).replace('T', ' ')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)}</title>
<style>${STYLE}</style></head>
<body><h1>${escaped(name)}</h1>
<dl>${facts.map(([label = '', value = '']) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
${body.join('\n')}
<footer>${escaped(text.offline.made(`${made} UTC`))}</footer></body></html>
`
}

function questionHtml(cell: Question, { text, markWords }: Words): string {
  const { landscape, panels, title, filter } = cell
  const conditions = new URLSearchParams(Object.entries(filter)).toString()
  const tables = [...Map.groupBy(marksOf(landscape, panels), ({ panel }) => panel)].map(([panel, marks]) =>
    tableHtml(text.panels[panel], marks, {
      item: text.offline.item,
      count: text.offline.count,
      wordsOf: (mark) => markWords(mark, landscape),
    }),
  )
  return `<section><h2>${escaped(title === '' ? text.page.question : title)}</h2>
<p>${escaped(text.offline.conditions)}: <code>${escaped(decodeURIComponent(conditions.replaceAll('+', ' ')) || '—')}</code></p>
${tables.join('\n')}</section>`
}

interface TableWords {
  readonly item: string
  readonly count: string
  readonly wordsOf: (mark: Mark) => string
}

function tableHtml(caption: string, marks: readonly Mark[], { item, count, wordsOf }: TableWords): string {
  const most = Math.max(1, ...marks.map((mark) => mark.count))
  const rows = marks.map((mark) => {
    const width = Math.round((mark.count / most) * 200)
    const bar = `<svg width="200" height="10" aria-hidden="true"><rect width="${width}" height="10" fill="#1c5d99"/></svg>`
    return `<tr><th scope="row">${escaped(wordsOf(mark))}</th><td>${formatNumber(mark.count)}</td><td>${bar}</td></tr>`
  })
  return `<table><caption>${escaped(caption)}</caption><thead><tr><th scope="col">${escaped(item)}</th>
<th scope="col">${escaped(count)}</th><td></td></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (words: string) => words.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

const STYLE = `body{font:16px/1.7 "PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;color:#1b2733;background:#fbfaf7;
max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1.5rem 0;width:100%}
caption{text-align:start;font-weight:600}th,td{text-align:start;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #dfe3e6;
font-weight:400}td:nth-child(2){text-align:end;font-variant-numeric:tabular-nums}.note{white-space:pre-wrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}footer{margin-top:3rem;color:#5b6b78}
code{overflow-wrap:anywhere}`
