/** The lists that the figures of a saved analysis open: what it counts, and what has become of that since. */
import { type Context, implementation } from '#platform/api.ts'
import { basisShown, readable } from './analysis-view.ts'
import { notebookApi, reading } from './analysis.api.ts'
import { analyses } from './analysis.contract.ts'
import { changedFacts, type CountedQuestion } from './analysis.rules.ts'
import { type AnalysisRow, countDifferences, listDifferences } from './analysis.store.ts'
import { conditionsOf, frameAt, frameOf, frameOfToday, tokenOf } from './analysis.ts'
import { findRecords } from './corpus.store.ts'
import { pageOf, within } from './landscape.api.ts'
import { narrowed } from './landscape-filter.rules.ts'

const os = implementation(analyses)

const documents = os.documents.handler(({ input, context, errors }) => {
  const { id, cell: cellId, cursor, limit, ...mark } = input
  return within(errors, async () => {
    const analysis = await readable(context, id, errors)
    const filter = narrowed(questionOf(analysis, cellId, errors).filter, mark)
    const frame = await frameOf(context, analysis)
    const { condition } = await reading(context, errors)(frame, filter)
    return { basis: basisShown(analysis), ...(await pageOf(context, condition, { cursor, limit }, errors)) }
  })
})

const differences = os.differences.handler(({ input, context, errors }) => {
  const { id, cell: cellId, difference, to, cursor, limit, ...mark } = input
  return within(errors, async () => {
    const analysis = await readable(context, id, errors)
    const filter = narrowed(questionOf(analysis, cellId, errors).filter, mark)
    const now = to === undefined ? await frameOfToday(context) : await frameAt(context, to)
    if (now === undefined) throw errors.UNKNOWN_STATE()
    const then = await frameOf(context, analysis)
    const conditions = await conditionsOf([then, now], filter, reading(context, errors))
    if (cursor !== undefined && !/^[A-Z0-9/]{1,50}$/.test(cursor)) throw errors.INVALID_CURSOR()
    const [counts, rows] = await Promise.all([
      countDifferences(context.analytics, ...conditions),
      listDifferences(context.analytics, conditions, {
        kind: difference,
        after: cursor ?? '',
        limit: limit + 1,
      }),
    ])
    const items = rows.slice(0, limit)
    const versions = [then.on.dataVersion, now.on.dataVersion] as const
    const facts =
      difference === 'changed' ? await factsOf(context, items, versions) : new Map<string, never[]>()
    const { dataVersion, ownerVersion, asOf } = now.on
    return {
      before: basisShown(analysis),
      after: { dataVersion, ownerVersion, asOf },
      to: tokenOf(now),
      counts,
      total: counts[difference],
      items: items.map((item) => ({ ...item, facts: facts.get(item.publicationNumber) ?? [] })),
      next: rows.length > limit ? (items.at(-1)?.publicationNumber ?? null) : null,
    }
  })
})

export const analysesApi = { ...notebookApi, documents, differences }

async function factsOf(
  { analytics }: Context,
  items: readonly { readonly publicationNumber: string }[],
  [before, after]: readonly [number, number],
) {
  const keys = items.map(({ publicationNumber }) => publicationNumber)
  const [then, now] = await Promise.all([
    findRecords(analytics, keys, before),
    findRecords(analytics, keys, after),
  ])
  const known = new Map(then.map((record) => [record.publicationNumber, record]))
  return new Map(
    now.map((record) => {
      const old = known.get(record.publicationNumber)
      return [record.publicationNumber, old === undefined ? [] : changedFacts(old, record)]
    }),
  )
}

function questionOf(
  { cells }: AnalysisRow,
  cellId: string,
  errors: { UNKNOWN_CELL: () => Error },
): CountedQuestion {
  const found = cells.find((cell): cell is CountedQuestion => cell.kind === 'question' && cell.id === cellId)
  if (found === undefined) throw errors.UNKNOWN_CELL()
  return found
}
