import { csvRow } from './search.csv.ts'
import { type CountedQuestion, marksOf } from './analysis.rules.ts'
import type { AnalysisRow } from './analysis.store.ts'
import { narrowed } from './landscape-filter.rules.ts'

/** Every figure of an analysis, one a row, with the state of the data and the conditions that count it again. */
export function figuresCsv({ name, cells, dataVersion, ownerVersion, asOf, knownAt }: AnalysisRow): string {
  const questions = cells.filter((cell): cell is CountedQuestion => cell.kind === 'question')
  const basis = [name, asOf, String(dataVersion), String(ownerVersion), knownAt]
  const rows = questions.flatMap(({ title, filter, panels, landscape }) =>
    marksOf(landscape, panels).map(({ panel, key, mark, count }) => [
      ...basis,
      title,
      panel,
      key,
      String(count),
      new URLSearchParams(Object.entries(narrowed(filter, mark))).toString(),
    ]),
  )
  const header = [
    'analysis',
    'asOf',
    'dataVersion',
    'ownerVersion',
    'dealsKnownAt',
    'question',
    'panel',
    'key',
    'count',
    'conditions',
  ]
  return `\uFEFF${[header, ...rows].map(csvRow).join('\r\n')}\r\n`
}
