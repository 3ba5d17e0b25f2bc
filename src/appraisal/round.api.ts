import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { appraisal } from './contract.ts'
import { beginPublicity, closeRound, computeEdition, openRound } from './keeping.ts'
import { setList } from './list.document.ts'
import {
  findRound,
  listEditions,
  listResults,
  lockRound,
  type RoundRow,
  type RoundState,
} from './round.store.ts'
import { publicityOf } from './round.view.ts'
import { lastDayOf, schemeFor } from './rules.ts'

const os = implementation(appraisal)

const nameOf = ({ actor }: Context) => {
  if (actor.kind !== 'account') throw new BrokenInvariant('a round is kept by somebody')
  return actor.name
}

interface Refusals {
  UNKNOWN_ROUND(): Error
  CHANGED_MEANWHILE(refusal: { data: { version: number } }): Error
  NOT_NOW(refusal: { data: { state: RoundState } }): Error
}

/** The round as the person saw it, in a state in which this can be done. */
async function lockFor(
  tx: Tx,
  { year, version }: { year: number; version: number },
  states: readonly RoundState[],
  errors: Refusals,
): Promise<RoundRow> {
  const round = await lockRound(tx, year)
  if (round === undefined) throw errors.UNKNOWN_ROUND()
  if (round.version !== version) throw errors.CHANGED_MEANWHILE({ data: { version: round.version } })
  if (!states.includes(round.state)) throw errors.NOT_NOW({ data: { state: round.state } })
  return round
}

const open = os.open.handler(({ input: { year, cutoffOn }, context, errors }) =>
  context.write(async (tx) => {
    const scheme = schemeFor(context.zone.appraisal.schemes, year)
    if (scheme === undefined) throw errors.NO_CRITERIA()
    if (cutoffOn <= lastDayOf(year)) throw errors.CUTOFF_IN_YEAR({ data: { after: lastDayOf(year) } })
    const opened = await openRound(tx, context, { year, scheme, cutoffOn, by: nameOf(context) })
    if (!opened) throw errors.ROUND_EXISTS()
    return { year, version: 1 }
  }),
)

const compute = os.compute.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const round = await lockFor(tx, input, ['open', 'computed', 'publicity'], errors)
    if (context.today <= round.cutoffOn) throw errors.CUTOFF_AHEAD({ data: { cutoffOn: round.cutoffOn } })
    if (round.edition > 0 && input.cause === null) throw errors.CAUSE_NEEDED()
    if (round.state === 'publicity') {
      const open = await openObjections({ ...context, db: tx }, round)
      if (open > 0) throw errors.OBJECTIONS_OPEN({ data: { open } })
    }
    const cause = round.edition === 0 ? null : input.cause
    const computed = await computeEdition(tx, context, round, { by: nameOf(context), cause })
    if (computed === undefined) throw errors.NOBODY_TO_APPRAISE()
    return computed
  }),
)

async function openObjections(context: Context, round: RoundRow): Promise<number> {
  const { objections = [] } = (await publicityOf(context, round)) ?? {}
  return objections.filter(({ decidedAt }) => decidedAt === null).length
}

const publish = os.publish.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const round = await lockFor(tx, input, ['computed'], errors)
    return beginPublicity(tx, context, round)
  }),
)

/** Objections may come until the end of the last day; the list is final at the earliest on the day after. */
async function checkOver(
  context: Context,
  round: RoundRow,
  errors: {
    OBJECTIONS_OPEN(refusal: { data: { open: number } }): Error
    PUBLICITY_RUNS(refusal: { data: { until: string | null } }): Error
  },
): Promise<void> {
  const publicity = await publicityOf(context, round)
  const open = publicity?.objections.filter(({ decidedAt }) => decidedAt === null).length ?? 0
  if (open > 0) throw errors.OBJECTIONS_OPEN({ data: { open } })
  const due = publicity?.clock?.due ?? null
  if (due === null || context.today <= due) throw errors.PUBLICITY_RUNS({ data: { until: due } })
}

const close = os.close.handler(async ({ input, context, errors }) => {
  const seen = await findRound(context.db, input.year)
  if (seen === undefined) throw errors.UNKNOWN_ROUND()
  if (seen.version !== input.version) throw errors.CHANGED_MEANWHILE({ data: { version: seen.version } })
  if (seen.state !== 'publicity') throw errors.NOT_NOW({ data: { state: seen.state } })
  await checkOver(context, seen, errors)
  const [results, editions] = await Promise.all([
    listResults(context.db, seen.id, seen.edition),
    listEditions(context.db, seen.id),
  ])
  const edition = editions.at(-1)
  if (edition === undefined)
    throw new BrokenInvariant(`round ${seen.year} was made public without a computation`)
  const documents = await setList(context, seen, edition, results)
  return context.write(async (tx) => {
    const round = await lockFor(tx, input, ['publicity'], errors)
    await checkOver({ ...context, db: tx }, round, errors)
    const { digest } = edition
    return { version: await closeRound(tx, context, round, { by: nameOf(context), documents, digest }) }
  })
})

export const roundHandlers = { open, compute, publish, close }
