/** Counts the questions of a notebook on its own basis, again on the same one, and on today's. */
import { randomUUID } from 'node:crypto'
import type { Tx } from '#platform/database.ts'
import {
  type Cell,
  type CellDraft,
  type CountedQuestion,
  figuresText,
  type Mark,
  marksOf,
  missingFrom,
  type Moved,
  movedOf,
} from './analysis.rules.ts'
import {
  type AnalysisRow,
  countDifferences,
  type DifferenceCounts,
  getWords,
  keepWords,
  momentOf,
} from './analysis.store.ts'
import type { Landscape } from './landscape.contract.ts'
import { type LandscapeFilter, narrowed } from './landscape-filter.rules.ts'
import { type Condition, countDocuments } from './landscape.store.ts'
import { type Asked, basisOfToday, countAgain, type CountedOn, type Reads } from './landscape.ts'

/** Everything that decides what is counted: the same frame gives the same figures, whenever it is asked. */
export interface Frame {
  readonly on: CountedOn & { readonly knownAt: string }
  /** The reader's context with the words of the zone of that day. */
  readonly context: Reads
}

/** The frame that an analysis was made in. */
export async function frameOf(context: Reads, analysis: AnalysisRow): Promise<Frame> {
  const { dataVersion, ownerVersion, asOf, knownAt, wordsHash } = analysis
  const words = await getWords(context.db, wordsHash)
  return { on: { dataVersion, ownerVersion, asOf, knownAt }, context: framed(context, words) }
}

/** As everything stands now. */
export async function frameOfToday(context: Reads): Promise<Frame> {
  const knownAt = await momentOf(context.db)
  return { on: { ...(await basisOfToday(context)), knownAt }, context }
}

const framed = ({ analytics, db, today, zone }: Reads, words: Partial<Reads['zone']>): Reads => ({
  analytics,
  db,
  today,
  zone: { ...zone, ...words },
})

export const basisOf = async (tx: Tx, { on, context }: Frame) => ({
  dataVersion: on.dataVersion,
  ownerVersion: on.ownerVersion,
  asOf: on.asOf,
  knownAt: on.knownAt,
  wordsHash: await keepWords(tx, context.zone),
})

export type Understood = (
  frame: Frame,
  filter: LandscapeFilter,
) => Promise<Exclude<Asked, { refused: string }>>

async function countIn(frame: Frame, filter: LandscapeFilter, understood: Understood): Promise<Landscape> {
  return countAgain(frame.context, filter, frame.on, await understood(frame, filter))
}

/** The drafts of a notebook as cells with figures; what was asked before keeps the figures it has. */
export async function countCells(
  frame: Frame,
  drafts: readonly CellDraft[],
  kept: readonly Cell[],
  understood: Understood,
): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const draft of drafts) {
    const taken = cells.some(({ id }) => id === draft.id)
    const id = draft.id === undefined || taken ? randomUUID() : draft.id
    if (draft.kind === 'note') {
      cells.push({ ...draft, id })
      continue
    }
    const known = kept.find((cell) => cell.kind === 'question' && sameFilter(cell.filter, draft.filter))
    const landscape =
      known?.kind === 'question' ? known.landscape : await countIn(frame, draft.filter, understood)
    cells.push({ ...draft, id, landscape })
  }
  return cells
}

const sameFilter = (one: LandscapeFilter, other: LandscapeFilter) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

const sorted = (filter: LandscapeFilter) =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))

/** A cell as it is written; a copy shares no cell with what it was copied from. */
export function draftOf(cell: Cell): CellDraft {
  if (cell.kind === 'note') return { kind: 'note', text: cell.text }
  const { kind, title, filter, panels } = cell
  return { kind, title, filter, panels }
}

export interface Rerun {
  readonly cell: string
  /** Figures that were compared. */
  readonly figures: number
  readonly identical: boolean
  readonly moved: Moved[]
}

/** Counts a question again in its own frame. */
export async function rerun(frame: Frame, cell: CountedQuestion, understood: Understood): Promise<Rerun> {
  const landscape = await countIn(frame, cell.filter, understood)
  const before = marksOf(cell.landscape, cell.panels)
  return {
    cell: cell.id,
    figures: before.length,
    identical: figuresText(landscape, cell.panels) === figuresText(cell.landscape, cell.panels),
    moved: movedOf(before, marksOf(landscape, cell.panels)),
  }
}

export interface Compared {
  readonly cell: string
  readonly before: number
  readonly after: number
  readonly documents: DifferenceCounts
  readonly moved: Moved[]
}

/** What has become of a question since: which documents came, left or changed, and which figures are no longer what they were. */
export async function compare(
  frames: readonly [Frame, Frame],
  cell: CountedQuestion,
  understood: Understood,
): Promise<Compared> {
  const [then, now] = frames
  const landscape = await countIn(now, cell.filter, understood)
  const before = marksOf(cell.landscape, cell.panels)
  const after = marksOf(landscape, cell.panels)
  const [documents, gone, come] = await Promise.all([
    conditionsOf(frames, cell.filter, understood).then(([one, other]) =>
      countDifferences(now.context.analytics, one, other),
    ),
    recount(now, cell.filter, missingFrom(after, before), understood),
    recount(then, cell.filter, missingFrom(before, after), understood),
  ])
  return {
    cell: cell.id,
    before: cell.landscape.documents,
    after: landscape.documents,
    documents,
    moved: movedOf([...before, ...come], [...after, ...gone]),
  }
}

/** What a question and a mark ask for, then and now. */
export async function conditionsOf(
  [then, now]: readonly [Frame, Frame],
  filter: LandscapeFilter,
  understood: Understood,
): Promise<readonly [Condition, Condition]> {
  const [one, other] = await Promise.all([understood(then, filter), understood(now, filter)])
  return [one.condition, other.condition]
}

/** Marks counted in another frame, whose charts do not show them: only the largest have a bar. */
async function recount(
  frame: Frame,
  filter: LandscapeFilter,
  marks: readonly Mark[],
  understood: Understood,
): Promise<Mark[]> {
  return Promise.all(
    marks.map(async (mark) => {
      const { condition } = await understood(frame, narrowed(filter, mark.mark))
      return { ...mark, count: await countDocuments(frame.context.analytics, condition) }
    }),
  )
}

/** Where a reader who was shown today's differences finds them again while data is still being imported. */
export const tokenOf = ({ on }: Frame): string =>
  [on.dataVersion, on.ownerVersion, on.asOf, on.knownAt].join('_')

export async function frameAt(context: Reads, token: string): Promise<Frame | undefined> {
  const [, data, owners, asOf, knownAt] =
    /^(\d{1,9})_(\d{1,9})_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/.exec(token) ?? []
  if (asOf === undefined || knownAt === undefined) return undefined
  if (Number.isNaN(Date.parse(asOf)) || Number.isNaN(Date.parse(knownAt))) return undefined
  const now = await basisOfToday(context)
  const [dataVersion, ownerVersion] = [Number(data), Number(owners)]
  if (dataVersion > now.dataVersion || ownerVersion > now.ownerVersion || asOf > now.asOf) return undefined
  return { on: { dataVersion, ownerVersion, asOf, knownAt }, context }
}
