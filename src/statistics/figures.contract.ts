import { z } from 'zod'
import { anyone, day, download, get, pageInput, refusal } from '#platform/contract.ts'

export const Words = z.object({ zh: z.string(), en: z.string() })
const Sourced = Words.extend({ url: z.string().optional() })

export const PartNames = z.enum(['records', 'numerator', 'denominator', 'previous'])
export const Suppressed = z.enum(['small', 'dominated'])
export const Confidentiality = z.enum(['public', 'masked', 'protected'])

export const Unit = z.object({
  code: z.string(),
  ...Words.shape,
  /** How many of the stored unit make one of the shown unit. */
  per: z.number(),
})

const Stated = z.object({
  value: z.number(),
  period: z.string(),
  definition: Words,
  source: Sourced,
})

const Baseline = z.object({
  value: z.number(),
  /** True where the source says “more than”. */
  atLeast: z.boolean(),
  date: day,
  source: Sourced,
  note: Words.nullable(),
})

export const PartFigure = z.object({
  part: PartNames,
  /** Null where it is suppressed for this reader, or where there is nothing to count. */
  value: z.number().nullable(),
  suppressed: Suppressed.nullable(),
  unit: Unit,
  from: day,
  to: day,
  stated: Stated.nullable(),
  /** Answers with `total` equal to what this part counts. */
  recordsUrl: z.string(),
})

export const Verdict = z.enum(['met', 'notMet', 'unknown'])

export const FigureItem = z.object({
  code: z.string(),
  /** In Chinese, the language of the plan; `names` has both. */
  name: z.string(),
  names: Words,
  pillar: z.string().nullable(),
  clauses: z.array(z.string()),
  /** In the stored unit: money in fen or cents. Null where nobody knows, or where it is suppressed for this reader. */
  value: z.number().nullable(),
  suppressed: Suppressed.nullable(),
  unit: z.string(),
  unitWords: Unit,
  currency: z.enum(['CNY', 'USD']).nullable(),
  /** `>` is strictly more (超过); `>=` is met at equality. */
  operator: z.enum(['>', '>=', 'trend', 'exceeds-comparator']).nullable(),
  target: z.number().nullable(),
  targetYear: z.int().nullable(),
  /** Null where it cannot be said. */
  met: z.boolean().nullable(),
  verdict: Verdict,
  reason: z.string(),
  status: z.enum(['met', 'ahead', 'onPath', 'atRisk', 'late', 'noPath', 'unknown']),
  planned: z.number().nullable(),
  plannedAtYearEnd: z.number().nullable(),
  path: z.array(z.object({ year: z.int(), value: z.number(), sample: z.boolean() })),
  baseline: Baseline.nullable(),
  /** The same days one year earlier, for a trend. */
  previous: z.number().nullable(),
  comparator: Stated.nullable(),
  comparatorNames: Words.nullable(),
  period: z
    .object({
      choice: z.enum(['as-of', 'annual', 'cumulative']),
      since: day.nullable(),
      stated: z.boolean(),
      note: Words,
    })
    .nullable(),
  measures: z.enum(['stock', 'flow', 'ratio']),
  confidentiality: Confidentiality,
  asOf: day,
  from: day,
  parts: z.array(PartFigure),
  recordsUrl: z.string(),
  /** False while no room keeps the records that this target needs: there is then no figure, not a zero. */
  declared: z.boolean(),
})

export const SnapshotReference = z.object({
  id: z.string(),
  asOf: day,
  digest: z.string(),
  title: z.string(),
})

const Board = z.object({
  asOf: day,
  pillars: z.array(
    z.object({
      code: z.string(),
      names: Words,
      aim: Words.nullable(),
      items: z.array(FigureItem),
    }),
  ),
  /** The latest frozen snapshot that is not after the day. */
  snapshot: SnapshotReference.nullable(),
})

const HistoryPoint = z.object({
  quarter: z.string(),
  asOf: day,
  value: z.number().nullable(),
  suppressed: Suppressed.nullable(),
  planned: z.number().nullable(),
})

const Detail = FigureItem.extend({
  definition: Words,
  /** The formula in words of the kind: what is counted once, what is divided by what. */
  kind: z.enum(['count', 'countDistinct', 'sum', 'ratio', 'growth']).nullable(),
  scale: z.number().nullable(),
  definitionVersion: z.int().nullable(),
  history: z.array(HistoryPoint),
  dimensions: z.array(z.object({ code: z.string(), names: Words })),
  frozen: z.array(
    SnapshotReference.extend({
      value: z.number().nullable(),
      suppressed: Suppressed.nullable(),
      revision: z.int(),
    }),
  ),
})

export const RecordRow = z.object({
  /** Its place in the list, from 1. */
  position: z.int(),
  recordKind: z.string(),
  /** All of these are null in a masked row. */
  id: z.string().nullable(),
  label: z.string().nullable(),
  occurredOn: day.nullable(),
  partyId: z.string().nullable(),
  amount: z.number().nullable(),
  /** Records behind this row; more than one only where parties count once. */
  records: z.int().nullable(),
  page: z.string().nullable(),
  masked: z.boolean(),
})

export const RecordList = z.object({
  /** Equals what the figure counts; null where even the number is suppressed for this reader. */
  total: z.int().nullable(),
  items: z.array(RecordRow),
  next: z.string().nullable(),
  part: PartNames,
  asOf: day,
  from: day,
  /** For a sum: what the rows add up to. */
  sum: z.number().nullable(),
  unit: Unit,
  masked: z.boolean(),
  suppressed: Suppressed.nullable(),
})

const BreakdownCell = z.object({ shown: z.enum(['shown', 'small', 'hidden']), value: z.number().nullable() })

const Breakdown = z.object({
  asOf: day,
  unit: Unit,
  rows: z.object({
    code: z.string(),
    names: Words,
    values: z.array(z.object({ code: z.string(), names: Words })),
  }),
  columns: z
    .object({ code: z.string(), names: Words, values: z.array(z.object({ code: z.string(), names: Words })) })
    .nullable(),
  /** Row by row; the last column holds row totals, the last row column totals. Null where no table may be shown. */
  cells: z.array(z.array(BreakdownCell)).nullable(),
  threshold: z.int(),
  /** The frozen table this is, where a reader may only see published ones. */
  snapshotId: z.string().nullable(),
  withheld: z.enum(['notPublished', 'unprotectable']).nullable(),
})

const onDay = z.object({ asOf: day.optional() })
export const code = z.string().max(80)

export const unknownIndicator = { UNKNOWN_INDICATOR: refusal(404, z.object({ code: z.string() })) }
export const invalidCursor = { INVALID_CURSOR: refusal(400) }
/** Nobody knows tomorrow's figure. */
export const notYet = { DAY_NOT_REACHED: refusal(422, z.object({ today: day })) }

const KPI_CLAUSES = ['S4', 'S20', 'S22', 'S38', 'S46', 'S49', 'S62', 'S108', 'S109']

export const figures = {
  indicators: get('/indicators', {
    summary: 'Every indicator with its value and target',
    allow: anyone,
    clauses: KPI_CLAUSES,
  })
    .input(onDay)
    .output(z.object({ items: z.array(FigureItem) }))
    .errors(notYet),

  board: get('/board', {
    summary: 'The indicators by pillar, with path and standing',
    allow: anyone,
    clauses: KPI_CLAUSES,
  })
    .input(onDay)
    .output(Board)
    .errors(notYet),

  indicator: get('/indicators/{code}', {
    summary: 'One indicator: definition, target, path and history',
    allow: anyone,
    clauses: ['S4', 'S198'],
  })
    .input(onDay.extend({ code }))
    .output(Detail)
    .errors({ ...unknownIndicator, ...notYet }),

  records: get('/indicators/{code}/records', {
    summary: 'The records a figure counts, masked for readers who may not see them',
    allow: anyone,
    clauses: ['S20', 'S22', 'S38', 'S40', 'S49', 'S98'],
  })
    .input(onDay.extend({ code, part: PartNames.optional(), ...pageInput.shape }))
    .output(RecordList)
    .errors({ ...unknownIndicator, ...notYet, ...invalidCursor }),

  breakdown: get('/indicators/{code}/breakdown', {
    summary: 'A figure by dimension, small cells suppressed',
    allow: anyone,
    clauses: ['S198'],
  })
    .input(onDay.extend({ code }))
    .output(Breakdown)
    .errors({ ...unknownIndicator, ...notYet, NO_DIMENSIONS: refusal(404) }),

  breakdownTable: get('/indicators/{code}/breakdown.csv', {
    summary: 'The same table as CSV',
    allow: anyone,
    clauses: ['S198'],
  })
    .input(onDay.extend({ code }))
    .output(download)
    .errors({ ...unknownIndicator, ...notYet, NO_DIMENSIONS: refusal(404) }),
}
