import { type Context, implementation } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { callerOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { analyses } from './analysis.contract.ts'
import { figuresCsv } from './analysis.csv.ts'
import { type CellDraft, type CountedQuestion, shareObstacle } from './analysis.rules.ts'
import {
  type AnalysisRow,
  changeAnalysis,
  countMine,
  findAnalysis,
  insertAnalysis,
  listAnalyses,
  lockAnalysis,
} from './analysis.store.ts'
import {
  basisOf,
  compare,
  countCells,
  draftOf,
  type Frame,
  frameOf,
  frameOfToday,
  rerun,
  tokenOf,
  type Understood,
} from './analysis.ts'
import {
  basisShown,
  isMine,
  readable,
  readerOf,
  sharedOf,
  show,
  summaryOf,
  type UnknownErrors,
} from './analysis-view.ts'
import { type LandscapeErrors, understood, within } from './landscape.api.ts'

const os = implementation(analyses)

/** More than one person keeps; each is some tens of kilobytes. */
const MOST = 500

const list = os.list.handler(async ({ input: { scope, cursor, limit }, context, errors }) => {
  const skip = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isSafeInteger(skip) || skip < 0 || skip > 1_000_000) throw errors.INVALID_CURSOR()
  const { counts, rows } = await listAnalyses(context.db, readerOf(context), { scope, skip, limit })
  const shown = skip + rows.length
  return {
    total: counts[scope],
    scopes: counts,
    items: rows.map((row) => ({ ...summaryOf(context, row), questions: row.questions })),
    next: rows.length > 0 && shown < counts[scope] ? String(shown) : null,
  }
})

const get = os.get.handler(async ({ input: { id }, context, errors }) =>
  show(context, await readable(context, id, errors)),
)

const create = os.create.handler(({ input: { name, cells }, context, errors }) =>
  within(errors, async () => {
    const frame = await frameOfToday(context)
    return store(context, { name, frame, drafts: cells, copiedFrom: null }, errors)
  }),
)

const copy = os.copy.handler(({ input: { id, name, on }, context, errors }) =>
  within(errors, async () => {
    const original = await readable(context, id, errors)
    const same = on === 'same'
    const frame = same ? await frameOf(context, original) : await frameOfToday(context)
    const drafts = original.cells.map(draftOf)
    const kept = same ? original.cells : []
    return store(context, { name, frame, drafts, kept, copiedFrom: original.id }, errors)
  }),
)

interface Making {
  readonly name: string
  readonly frame: Frame
  readonly drafts: readonly CellDraft[]
  readonly kept?: AnalysisRow['cells']
  readonly copiedFrom: string | null
}

async function store(
  context: Context,
  { name, frame, drafts, kept = [], copiedFrom }: Making,
  errors: LandscapeErrors & { TOO_MANY: (refusal: { data: { most: number } }) => Error },
) {
  const { accountId, name: ownerName } = callerOf(context)
  const cells = await countCells(frame, drafts, kept, reading(context, errors))
  return context.write(async (tx) => {
    if ((await countMine(tx, accountId)) >= MOST) throw errors.TOO_MANY({ data: { most: MOST } })
    const basis = await basisOf(tx, frame)
    const id = await insertAnalysis(
      tx,
      { ownerId: accountId, ownerName, name, cells, copiedFrom, ...basis },
      context.now,
    )
    const { dataVersion, ownerVersion } = basis
    await note(tx, context, id, 'analysis.saved', { name, dataVersion, ownerVersion, copiedFrom })
    return show(context, (await findAnalysis(tx, id))!)
  })
}

const save = os.save.handler(({ input: { id, version, name, cells: drafts }, context, errors }) =>
  within(errors, async () => {
    const analysis = await readable(context, id, errors)
    if (!isMine(context, analysis)) throw errors.NOT_YOURS()
    const frame = await frameOf(context, analysis)
    // Counting comes before the lock: it may take seconds, and the version says whether it was in vain.
    const cells = await countCells(frame, drafts, analysis.cells, reading(context, errors))
    return context.write(async (tx) => {
      await unchanged(tx, id, version, errors)
      await changeAnalysis(tx, id, { name, cells }, context.now)
      await note(tx, context, id, 'analysis.changed', { name, before: analysis.name, cells: cells.length })
      return show(context, (await findAnalysis(tx, id))!)
    })
  }),
)

const share = os.share.handler(({ input: { id, version, ...wanted }, context, errors }) =>
  context.write(async (tx) => {
    const analysis = await readable(context, id, errors, tx)
    const organisationId = wanted.share === 'organisation' ? (wanted.organisationId ?? null) : null
    const obstacle = shareObstacle(readerOf(context), sharedOf(analysis), {
      share: wanted.share,
      organisationId,
    })
    if (obstacle !== undefined) throw errors[obstacle]()
    await unchanged(tx, id, version, errors)
    await changeAnalysis(tx, id, { share: wanted.share, organisationId }, context.now)
    await note(tx, context, id, 'analysis.shared', {
      before: analysis.share,
      share: wanted.share,
      organisationId,
    })
    return show(context, (await findAnalysis(tx, id))!)
  }),
)

const remove = os.remove.handler(({ input: { id, version }, context, errors }) =>
  context.write(async (tx) => {
    const analysis = await readable(context, id, errors, tx)
    if (!isMine(context, analysis)) throw errors.NOT_YOURS()
    await unchanged(tx, id, version, errors)
    await changeAnalysis(tx, id, { deletedAt: context.now }, context.now)
    await note(tx, context, id, 'analysis.deleted', { name: analysis.name })
    return show(context, (await findAnalysis(tx, id))!)
  }),
)

const restore = os.restore.handler(({ input: { id }, context, errors }) =>
  context.write(async (tx) => {
    const analysis = await readable(context, id, errors, tx)
    if (!isMine(context, analysis) || analysis.deletedAt === null) throw errors.UNKNOWN_ANALYSIS()
    await changeAnalysis(tx, id, { deletedAt: null }, context.now)
    await note(tx, context, id, 'analysis.restored', { name: analysis.name })
    return show(context, (await findAnalysis(tx, id))!)
  }),
)

const again = os.rerun.handler(({ input: { id }, context, errors }) =>
  within(errors, async () => {
    const analysis = await readable(context, id, errors)
    const frame = await frameOf(context, analysis)
    const cells = []
    for (const cell of questionsOf(analysis)) cells.push(await rerun(frame, cell, reading(context, errors)))
    return {
      basis: basisShown(analysis),
      at: context.now.toISOString(),
      identical: cells.every(({ identical }) => identical),
      figures: cells.reduce((sum, { figures }) => sum + figures, 0),
      cells,
    }
  }),
)

const today = os.today.handler(({ input: { id }, context, errors }) =>
  within(errors, async () => {
    const analysis = await readable(context, id, errors)
    const frames = [await frameOf(context, analysis), await frameOfToday(context)] as const
    const cells = []
    for (const cell of questionsOf(analysis))
      cells.push(await compare(frames, cell, reading(context, errors)))
    const { dataVersion, ownerVersion, asOf } = frames[1].on
    return {
      before: basisShown(analysis),
      after: { dataVersion, ownerVersion, asOf },
      to: tokenOf(frames[1]),
      cells,
    }
  }),
)

const csv = os.csv.handler(async ({ input: { id }, context, errors }) => {
  const analysis = await readable(context, id, errors)
  return new File([figuresCsv(analysis)], `analysis-v${analysis.dataVersion}.csv`, {
    type: 'text/csv;charset=utf-8',
  })
})

export const notebookApi = { list, get, create, save, share, copy, remove, restore, rerun: again, today, csv }

async function unchanged(
  tx: Tx,
  id: string,
  version: number,
  errors: UnknownErrors & { CHANGED: (refusal: { data: { version: number } }) => Error },
): Promise<void> {
  const standing = await lockAnalysis(tx, id)
  if (standing === undefined) throw errors.UNKNOWN_ANALYSIS()
  if (standing.version !== version) throw errors.CHANGED({ data: { version: standing.version } })
}

const questionsOf = ({ cells }: AnalysisRow): CountedQuestion[] =>
  cells.filter((cell): cell is CountedQuestion => cell.kind === 'question')

/** A filter read in a frame, or refused in words. */
export const reading =
  (context: Context, errors: LandscapeErrors): Understood =>
  (frame, filter) =>
    understood({ ...context, ...frame.context }, filter, frame.on, errors)

function note(
  tx: Tx,
  context: Context,
  id: string,
  action: string,
  detail: Record<string, string | number | null>,
) {
  return recordAudit(tx, context, { action, subject: { kind: 'savedAnalysis', id }, detail })
}
