import type { z } from 'zod'
import { date, type CalendarDate } from '#platform/calendar.ts'
import type { Actor } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { recordAudit, recordOpenEntry, type Seal } from '../ledger/public.ts'
import type { statistics } from './contract.ts'
import type { Indicator, Registry } from './declare.ts'
import { Described } from './described.rules.ts'
import { snapshotDigest } from './digest.rules.ts'
import { isCounted, judgedFigure, partsOf, targetOf } from './figure.ts'
import { directReading, freezeFigure, holdStill, newId, type FrozenFigure } from './freeze.store.ts'
import { changesBetweenFigures, changesSince, insertRestatement, type Changes } from './restatement.store.ts'
import { figuresOf, findFigure, insertSnapshot, type FigureRow } from './snapshot.store.ts'

type Difference = z.infer<
  NonNullable<(typeof statistics.differences)['~orpc']['outputSchema']>
>['items'][number]

export interface Order {
  readonly asOf: CalendarDate
  readonly title: string
  readonly indicators: readonly Indicator[]
}

/** Freezes the figures at one moment and commits to them in the ledger. Returns the snapshot's id. */
export function takeSnapshot(context: Context, { asOf, title, indicators }: Order): Promise<string> {
  return context.write(async (tx) => {
    await holdStill(tx)
    const id = await newId(tx)
    const figures: FrozenFigure[] = []
    for (const indicator of indicators.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
      figures.push(await freezeFigure(tx, context, indicator, asOf, { snapshotId: id, revision: 0 }))
    const zoneVersion = context.zone.version
    const digest = snapshotDigest({ asOf, zoneVersion, figures })
    const subject = { kind: 'snapshot', id }
    const detail = {
      asOf,
      digest,
      zoneVersion,
      figures: figures.map(({ code, digest }) => ({ code, digest })),
    }
    const entryId = await recordOpenEntry(tx, context, {
      kind: 'snapshot',
      action: 'snapshot.taken',
      subject,
      detail,
    })
    await insertSnapshot(tx, {
      id,
      asOf,
      title,
      zoneVersion,
      digest,
      entryId,
      takenBy: nameOf(context.actor),
      takenAt: context.now,
    })
    const seals = [{ table: 'snapshot', id }, ...figures.flatMap(sealsOf)]
    await recordAudit(tx, context, { action: 'snapshot.taken', subject, detail: { asOf, digest }, seals })
    return id
  })
}

function nameOf(actor: Actor): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind === 'system' ? actor.job : 'visitor'
}

function sealsOf({ id, parts, hasTable }: FrozenFigure): Seal[] {
  return [
    { table: 'snapshot_figure', id },
    ...parts.map((part) => ({ table: 'snapshot_part', id: [id, part] })),
    ...(hasTable ? [{ table: 'snapshot_breakdown', id }] : []),
  ]
}

export type Restated =
  | { readonly kind: 'restated'; readonly id: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unchanged' }

/** Freezes the figure anew beside the old one and says what differs and why. The old one stays as it was published. */
export function restate(
  context: Context,
  snapshotId: string,
  indicator: Indicator,
  cause: string,
): Promise<Restated> {
  return context
    .write(async (tx) => {
      await holdStill(tx)
      const old = await findFigure(tx, snapshotId, indicator.code)
      if (old === undefined) return nothing({ kind: 'unknown' })
      const { days } = Described.parse(old.described)
      const frozen = await freezeFigure(tx, context, indicator, date(days.asOf), {
        snapshotId,
        revision: old.revision + 1,
      })
      const changes = await changesOfFigure(frozen.parts, (part) =>
        changesBetweenFigures(tx, old.id, frozen.id, part),
      )
      if (isUnchanged(changes) && frozen.value === old.value && indicator.version === old.definitionVersion)
        return nothing({ kind: 'unchanged' })
      const id = await newId(tx)
      const subject = { kind: 'snapshot', id: snapshotId }
      const { added, removed, changed } = changes
      const detail = {
        restatement: id,
        code: indicator.code,
        oldDigest: old.digest,
        newDigest: frozen.digest,
        cause,
      }
      const entryId = await recordOpenEntry(tx, context, {
        kind: 'snapshot',
        action: 'snapshot.restated',
        subject,
        detail,
      })
      const figures = {
        oldFigureId: old.id,
        newFigureId: frozen.id,
        oldValue: old.value,
        newValue: frozen.value,
      }
      const made = { madeBy: nameOf(context.actor), madeAt: context.now }
      await insertRestatement(tx, {
        id,
        snapshotId,
        code: indicator.code,
        ...figures,
        cause,
        added,
        removed,
        changed,
        entryId,
        ...made,
      })
      const seals = [{ table: 'restatement', id }, ...sealsOf(frozen)]
      await recordAudit(tx, context, { action: 'snapshot.restated', subject, detail, seals })
      return { kind: 'restated' as const, id }
    })
    .catch((error: unknown) => {
      if (error instanceof NothingWritten) return error.outcome
      throw error
    })
}

/** Rolls back what was frozen in vain. */
class NothingWritten extends Error {
  readonly outcome: Restated
  constructor(outcome: Restated) {
    super('nothing to restate')
    this.outcome = outcome
  }
}

function nothing(outcome: Restated): never {
  throw new NothingWritten(outcome)
}

async function changesOfFigure(
  parts: readonly string[],
  changesOf: (part: string) => Promise<Changes>,
): Promise<Changes> {
  const all: Changes[] = []
  for (const part of parts) all.push(await changesOf(part))
  const sum = (pick: (changes: Changes) => number) => all.reduce((total, changes) => total + pick(changes), 0)
  return {
    added: sum(({ added }) => added),
    removed: sum(({ removed }) => removed),
    changed: sum(({ changed }) => changed),
    records: all.flatMap(({ records }) => records),
  }
}

function isUnchanged({ added, removed, changed }: Changes): boolean {
  return added + removed + changed === 0
}

/** What a snapshot would say differently if it were taken now, figure by figure. */
export async function differencesOf(
  db: Db,
  { zone }: Pick<Context, 'zone'>,
  snapshotId: string,
  registry: Registry,
): Promise<Difference[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (still) => {
      const differences: Difference[] = []
      for (const figure of newestRevisions(await figuresOf(still, snapshotId))) {
        const indicator = registry.get(figure.code)
        const difference = indicator && (await differenceOf(still, zone, figure, indicator))
        if (difference !== undefined) differences.push(difference)
      }
      return differences
    })
}

async function differenceOf(
  db: Db,
  zone: Context['zone'],
  figure: FigureRow,
  indicator: Indicator,
): Promise<Difference | undefined> {
  const { names, unit, days } = Described.parse(figure.described)
  const asOf = date(days.asOf)
  const live = await judgedFigure(directReading(db), indicator, zone, asOf)
  const records: Difference['records'] = []
  let [added, removed, changed] = [0, 0, 0]
  for (const { name, part, span } of partsOf(
    indicator,
    zone,
    live.days,
    targetOf(zone, indicator.code)?.period,
  )) {
    if (!isCounted(part)) continue
    const changes = await changesSince(db, figure.id, name, part, span)
    ;[added, removed, changed] = [added + changes.added, removed + changes.removed, changed + changes.changed]
    records.push(...changes.records.map((record) => ({ ...record, part: name })))
  }
  const redefined = indicator.version !== figure.definitionVersion
  if (added + removed + changed === 0 && live.value === figure.value && !redefined) return undefined
  return {
    code: figure.code,
    names,
    unit,
    frozenValue: figure.value,
    liveValue: live.value,
    added,
    removed,
    changed,
    redefined,
    records,
  }
}

function newestRevisions(figures: readonly FigureRow[]): FigureRow[] {
  return [...new Map(figures.map((figure) => [figure.code, figure])).values()]
}
