import type { z } from 'zod'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Target } from '../zone/measure.rules.ts'
import { seesRecords } from './access.rules.ts'
import type { statistics } from './contract.ts'
import { UNITS, type Indicator, type Registry } from './declare.ts'
import { figureOf, historyStart, judgedFigure, targetOf } from './figure.ts'
import { confidentialityOf, figureSuppression, figureView, undeclaredView } from './figure.view.ts'
import { plannedOn } from './goal.rules.ts'
import type { Reading } from './reading.store.ts'
import { frozenFigures, latestSnapshot } from './snapshot.store.ts'
import { sightOf } from './snapshot.view.ts'
import { quarterEnds, quarterOf } from './span.rules.ts'

type Output<Operation extends { '~orpc': { outputSchema?: z.ZodType } }> = z.infer<
  NonNullable<Operation['~orpc']['outputSchema']>
>
type Board = Output<typeof statistics.board>
type Detail = Output<typeof statistics.indicator>
type Item = Board['pillars'][number]['items'][number]
type Reader = Pick<Context, 'actor' | 'zone'>

/** Every target of the plan in its order, then what the rooms declare beyond the plan. */
export async function itemsOf(
  reading: Reading,
  registry: Registry,
  { actor, zone }: Reader,
  asOf: CalendarDate,
): Promise<Item[]> {
  const beyond = [...registry.values()].filter(({ code }) => targetOf(zone, code) === undefined)
  const items: Item[] = []
  for (const target of zone.targets) {
    const indicator = registry.get(target.code)
    items.push(
      indicator === undefined
        ? undeclaredView(target, asOf)
        : figureView(indicator, await judgedFigure(reading, indicator, zone, asOf), actor, zone),
    )
  }
  for (const indicator of beyond) {
    items.push(figureView(indicator, await judgedFigure(reading, indicator, zone, asOf), actor, zone))
  }
  return items
}

export async function boardView(
  reading: Reading,
  registry: Registry,
  context: Reader,
  asOf: CalendarDate,
): Promise<Board> {
  const items = await itemsOf(reading, registry, context, asOf)
  const snapshot = await latestSnapshot(reading.db, asOf)
  return {
    asOf,
    pillars: context.zone.pillars.map(({ code, names, aim }) => ({
      code,
      names,
      aim,
      items: items.filter(({ pillar }) => pillar === code),
    })),
    snapshot: snapshot === undefined ? null : referenceTo(snapshot),
  }
}

function referenceTo({
  id,
  asOf,
  digest,
  title,
}: {
  id: string
  asOf: string
  digest: string
  title: string
}) {
  return { id, asOf, digest, title }
}

/** Undefined when neither a room nor the plan knows this code. */
export async function detailView(
  reading: Reading,
  registry: Registry,
  context: Reader,
  code: string,
  asOf: CalendarDate,
): Promise<Detail | undefined> {
  const { zone, actor } = context
  const indicator = registry.get(code)
  const target = targetOf(zone, code)
  if (indicator === undefined) return target && undeclaredDetail(target, asOf)
  const item = figureView(indicator, await judgedFigure(reading, indicator, zone, asOf), actor, zone)
  return {
    ...item,
    definition: indicator.definition,
    kind: indicator.kind === 'stated' ? null : indicator.kind,
    scale: indicator.kind === 'ratio' ? indicator.scale : null,
    definitionVersion: indicator.version,
    history: await historyOf(reading, indicator, context, asOf),
    dimensions: Object.entries(indicator.dimensions ?? {}).map(([dimension, { name }]) => ({
      code: dimension,
      names: name,
    })),
    frozen: await frozenOf(reading, code, context),
  }
}

function undeclaredDetail(target: Target, asOf: CalendarDate): Detail {
  const empty = { kind: null, scale: null, definitionVersion: null, history: [], dimensions: [], frozen: [] }
  return { ...undeclaredView(target, asOf), definition: target.definition, ...empty }
}

async function historyOf(
  reading: Reading,
  indicator: Indicator,
  { zone, actor }: Reader,
  asOf: CalendarDate,
): Promise<Detail['history']> {
  const target = targetOf(zone, indicator.code)
  const sees = seesRecords(actor, confidentialityOf(indicator, target))
  const points: Detail['history'] = []
  for (const day of quarterEnds(historyStart(asOf), asOf)) {
    const figure = await figureOf(reading, indicator, zone, day)
    const suppressed = figureSuppression(figure, sees, zone)
    points.push({
      quarter: quarterOf(day),
      asOf: day,
      value: suppressed === undefined ? figure.value : null,
      suppressed: suppressed ?? null,
      planned: target === undefined ? null : plannedOn(target, day),
    })
  }
  return points
}

async function frozenOf(reading: Reading, code: string, { actor, zone }: Reader): Promise<Detail['frozen']> {
  const figures = await frozenFigures(reading.db, code)
  return figures.map(({ snapshotId, asOf, digest, title, value, revision, described }) => {
    const { suppressed } = sightOf({ described }, actor, zone)
    const shown = { value: suppressed === undefined ? value : null, suppressed: suppressed ?? null }
    return { ...referenceTo({ id: snapshotId, asOf, digest, title }), ...shown, revision }
  })
}

/** A target without records opens to a list without rows: the address answers all the same. */
export function emptyRecords({ unit }: Target, asOf: CalendarDate): Output<typeof statistics.records> {
  const words = { ...(unit ?? UNITS.item) }
  const none = { items: [], next: null, sum: null, masked: false, suppressed: null }
  return { total: 0, ...none, part: 'records', asOf, from: asOf, unit: words }
}
