/** What other rooms and the assembly may use of matters. Procedures are declared with `define.ts`. */
import type { Context } from '#platform/context.ts'
import type { Db, Tx } from '#platform/database.ts'
import { clocksOf } from './clock-view.ts'
import type { Matter, Procedure } from './define.ts'
import { prepareDocument } from './documents.ts'
import { asMatter, fileMatter, findRoute } from './filing.ts'
import type { Answers } from './form.rules.ts'
import { findMatter as findRow, findMatterById, findMatterOf, listMattersOf } from './matter.store.ts'
import { stepOf } from './procedure.rules.ts'
import { listObjections } from './publicity.store.ts'
import { refused } from './refused.ts'
import type { Standing } from './standing.ts'
import { applyStep } from './step.ts'

export { mattersApi } from './api.ts'
export { findCalendar } from './calendar.store.ts'
export { matterJobs } from './jobs.ts'
export { matterNotices } from './notices.ts'
export { refused } from './refused.ts'

const systemStanding: Standing = {
  side: 'system',
  isHandler: false,
  accountId: null,
  name: 'system',
  roles: [],
  stations: [],
}

export interface Start {
  readonly answers: Answers
  readonly applicant: Matter['applicant']
  /** What it is started for, e.g. `agency-exit-2026-A0001`: the same cause twice is one matter. */
  readonly cause: string
  /** The station where it should lie, if that is able. */
  readonly station?: string
}

/** Starts a matter on behalf of the system or of somebody whose answers another room has checked. */
export async function startMatter(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  start: Start,
): Promise<Matter> {
  const before = await findMatterOf(tx, { cause: start.cause })
  if (before !== undefined) return asMatter(before)
  const route = await findRoute({ ...context, db: tx }, procedure, { station: start.station })
  const { matter } = await fileMatter(tx, context, {
    procedure,
    answers: start.answers,
    applicant: start.applicant,
    route,
    draftId: null,
    cause: start.cause,
    explanations: {},
    hasMaterials: false,
  })
  return asMatter(matter)
}

export interface Move {
  readonly id: string
  /** A step that `system` may take. */
  readonly step: string
  readonly answers?: Answers
  readonly note?: string
  /** Who acted, as the timeline names them: an agency, a client. The step itself is the system's. */
  readonly by?: string
}

/** Takes a step in the transaction of another room's act. Refuses as it would refuse a person. */
export async function moveMatter(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  { id, by, ...input }: Move,
): Promise<Matter> {
  const row = await findMatterById(tx, id)
  if (row === undefined) throw refused('UNKNOWN_MATTER', 404, { number: id })
  const code = stepOf(procedure, input.step)?.document
  const inside: Context = { ...context, db: tx }
  const document =
    code === undefined ? undefined : await prepareDocument(inside, procedure, row, code, input.answers ?? {})
  const standing = by === undefined ? systemStanding : { ...systemStanding, name: by }
  return asMatter(await applyStep(tx, inside, procedure, id, standing, input, document))
}

export async function findMatter(db: Db, number: string): Promise<Matter | undefined> {
  const row = await findRow(db, number)
  return row && asMatter(row)
}

/** Matters of one procedure in the order in which they came; with `open`, those that are not closed. */
export async function findMatters(
  db: Db,
  query: { readonly procedure: string; readonly organisationId?: string; readonly open?: true },
): Promise<Matter[]> {
  return (await listMattersOf(db, query)).map(asMatter)
}

/**
 * How the publicity of a matter stands, for a room that shows it on pages of its own: its clock with every day counted
 * and every objection without who filed it and what it says.
 */
export async function findPublicity(context: Context, procedure: Procedure, matterId: string) {
  const row = await findMatterById(context.db, matterId)
  if (row === undefined) return undefined
  const clocks = await clocksOf(context, procedure, matterId)
  const objections = await listObjections(context.db, matterId)
  return {
    number: row.number,
    open: row.closedAt === null,
    clock: clocks.findLast(({ code }) => code === procedure.publicity?.clock) ?? null,
    objections: objections.map(({ filedAt, decidedAt, upheld, decision }) => ({
      filedAt: filedAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      upheld,
      decision,
    })),
  }
}
