import { implementation, type Context } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { matters } from './contract.ts'
import { insertMessage, insertNote, listMessages, listNotes } from './correspondence.store.ts'
import type { Procedures } from './define.ts'
import { insertReceipt } from './matter.store.ts'
import { itemView, matterView } from './matter-view.ts'
import { cursorOf, lockOpened, needOffice, openMatter, personOf, placeOf } from './opening.ts'
import { listQueue, type Horizon, type QueueQuery } from './queue.store.ts'
import { findRating, insertRating } from './rating.store.ts'
import { refused } from './refused.ts'
import { horizonOf } from './standing.ts'
import { takeStep } from './step.ts'
import { nameOf, tellSide } from './telling.ts'

const os = implementation(matters)
const MOST_ROWS = 5000

type Filters = Omit<QueueQuery, 'horizon' | 'today' | 'unassigned'> & {
  readonly unassigned?: 'true' | 'false' | undefined
}

export const matterApi = (procedures: Procedures) => ({
  list: os.list.handler(async ({ input: { cursor, limit, sort, ...filters }, context }) => {
    const horizon = await horizonOf(context, procedures)
    const order = sort ?? (filters.scope === 'mine' || filters.scope === 'all' ? 'newest' : 'due')
    const after = placeOf(cursor, order !== 'due')
    const { total, items } = await listQueue(context.db, queryOf(context, horizon, filters), {
      order,
      after,
      limit,
    })
    const last = items.length < limit ? undefined : items.at(-1)
    return {
      total,
      items: items.map((row) => itemView(context, procedures, row, horizon)),
      next: last === undefined ? null : cursorOf({ key: last.place ?? '', id: last.matterId }),
      stations: horizon.stations.map((code) => ({ code, names: nameOf(context, code, null) })),
    }
  }),

  download: os.download.handler(async ({ input: filters, context }) => {
    const horizon = await horizonOf(context, procedures)
    const { items } = await listQueue(context.db, queryOf(context, horizon, filters), {
      order: 'newest',
      limit: MOST_ROWS,
    })
    const rows = items
      .map((row) => itemView(context, procedures, row, horizon))
      .map((one) => [
        one.number,
        one.procedure.names.zh,
        one.title,
        one.applicant,
        one.station.names.zh,
        one.state.names.zh,
        one.handler ?? '',
        one.due?.on ?? '',
        one.submittedAt,
        one.closedOn ?? '',
      ])
    const head = [
      'number',
      'procedure',
      'title',
      'applicant',
      'station',
      'state',
      'handler',
      'due',
      'submittedAt',
      'closedOn',
    ]
    const text = [head, ...rows].map((cells) => cells.map(cellOf).join(',')).join('\r\n')
    return new File([`\uFEFF${text}\r\n`], `matters-${context.today}.csv`, { type: 'text/csv;charset=utf-8' })
  }),

  get: os.get.handler(async ({ input: { number, purpose }, context }) =>
    matterView(context, procedures, await openMatter(context, procedures, number), purpose),
  ),

  act: os.act.handler(async ({ input: { number, items, ...input }, context }) => {
    const { matter, procedure, standing } = await openMatter(context, procedures, number)
    const wanted = items?.map(({ kind, code, wanted: what }) => ({ kind, code: code ?? null, wanted: what }))
    if (JSON.stringify(input.answers ?? {}).includes('\\u0000'))
      throw refused('INCOMPLETE', 422, { faults: [] })
    await takeStep(context, procedure, matter, standing, { ...input, items: wanted })
    return matterView(context, procedures, await openMatter(context, procedures, number))
  }),

  rate: os.rate.handler(({ input: { number, grade, words }, context, errors }) =>
    context.write(async (tx) => {
      const { matter, procedure, standing } = await lockOpened(tx, context, procedures, number)
      if (standing.side !== 'applicant') throw errors.NOT_YOURS_TO_RATE()
      if (matter.closedAt === null || procedure.rating !== true)
        throw errors.NOT_RATEABLE({ data: { state: matter.state } })
      const before = await findRating(tx, matter.id)
      if (before !== undefined)
        throw errors.ALREADY_RATED({ data: { grade: before.grade, ratedAt: before.ratedAt.toISOString() } })
      await insertRating(tx, {
        matterId: matter.id,
        stationCode: matter.stationCode,
        grade,
        words: words ?? null,
        ratedBy: personOf(context).accountId,
        ratedAt: context.now,
        ratedOn: context.today,
      })
      const entryId = await audit(tx, context, 'matter.rated', matter.id, { number, grade })
      const receipt = { matterId: matter.id, kind: 'rating' as const, subjectId: matter.id }
      await insertReceipt(tx, { ...receipt, entryId, issuedAt: context.now })
      return { grade, ratedAt: context.now.toISOString() }
    }),
  ),

  notes: os.notes.handler(async ({ input: { number }, context }) => {
    const { matter, standing } = await openMatter(context, procedures, number)
    needOffice(standing)
    const items = await listNotes(context.db, matter.id)
    return {
      items: items.map(({ id, authorName, body, at }) => ({
        id,
        by: authorName,
        body,
        at: at.toISOString(),
      })),
    }
  }),

  note: os.note.handler(({ input: { number, body }, context }) =>
    context.write(async (tx) => {
      const { matter, standing } = await lockOpened(tx, context, procedures, number)
      needOffice(standing)
      const { accountId, name } = personOf(context)
      const { id, at } = await insertNote(tx, {
        matterId: matter.id,
        authorId: accountId,
        authorName: name,
        body,
        at: context.now,
      })
      await audit(tx, context, 'matter.note-written', matter.id, { number })
      return { id, at: at.toISOString() }
    }),
  ),

  messages: os.messages.handler(async ({ input: { number }, context, errors }) => {
    const { matter, standing } = await openMatter(context, procedures, number)
    if (standing.side !== 'applicant' && standing.side !== 'office') throw errors.NOT_A_PARTY()
    const items = await listMessages(context.db, matter.id)
    return {
      items: items.map(({ id, side, authorName, body, at }) => ({
        id,
        body,
        side: side as 'applicant' | 'office',
        by: authorName,
        at: at.toISOString(),
      })),
      mayWrite: true,
    }
  }),

  write: os.write.handler(({ input: { number, body }, context, errors }) =>
    context.write(async (tx) => {
      const { matter, procedure, standing } = await lockOpened(tx, context, procedures, number)
      const { side } = standing
      if (side !== 'applicant' && side !== 'office') throw errors.NOT_A_PARTY()
      const { accountId, name } = personOf(context)
      const author = { authorId: accountId, authorName: name }
      const { id, at } = await insertMessage(tx, {
        matterId: matter.id,
        ...author,
        side,
        body,
        at: context.now,
      })
      await audit(tx, context, 'matter.message-written', matter.id, { number })
      await tellSide(tx, context, procedure, matter, {
        to: side === 'applicant' ? 'office' : 'applicant',
        words: { zh: `${number}：收到新留言`, en: `${number}: a new message` },
      })
      return { id, at: at.toISOString() }
    }),
  ),
})

function audit(
  tx: Parameters<typeof recordAudit>[0],
  context: Context,
  action: string,
  id: string,
  detail: Record<string, string | number>,
) {
  return recordAudit(tx, context, { action, subject: { kind: 'matter', id }, detail })
}

/** A queue of one station is for those who work there; readers of a procedure use the other scopes. */
function queryOf({ today }: Context, horizon: Horizon, { unassigned, ...filters }: Filters): QueueQuery {
  const { scope, station } = filters
  if ((scope === 'queue' || scope === 'late') && station !== undefined && !horizon.stations.includes(station))
    throw refused('NOT_YOUR_STATION', 403, { station })
  return { ...filters, horizon, today, unassigned: unassigned === 'true' }
}

/** A cell that a spreadsheet would run as a formula is made text by an apostrophe (CWE-1236). */
function cellOf(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
