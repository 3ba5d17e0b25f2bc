import { addDays, type CalendarDate } from '#platform/calendar.ts'
import type { Target } from '../zone/measure.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import type { Indicator, Part, Span, StatedFigure } from './declare.ts'
import { growth, judge, ratio, standing, type Judged, type Standing } from './goal.rules.ts'
import { countPart, type CountedPart, type PartCount } from './part.store.ts'
import type { Reading } from './reading.store.ts'
import { daysOf, yearBefore, type Days } from './span.rules.ts'
import { isDominated, isSmall, type Terms } from './suppression.rules.ts'

/** `records` where there is one part; a ratio has two, growth has this span and the one a year before. */
export type PartName = 'records' | 'numerator' | 'denominator' | 'previous'

export interface NamedPart {
  readonly name: PartName
  readonly part: Part
  readonly span: Span
}

export interface CountedNamedPart extends NamedPart {
  readonly count: PartCount
  readonly stated: StatedFigure | undefined
}

/** A figure on a day, with everything it was made of and judged by. */
export interface Figure {
  readonly value: number | null
  readonly days: Days
  readonly parts: readonly CountedNamedPart[]
}

export interface JudgedFigure extends Figure, Judged, Standing {
  readonly previous: number | null
  readonly comparator: StatedFigure | undefined
}

export function spanOn(zone: ZoneProfile, days: Days): Span {
  return { ...days, zone }
}

export function targetOf(zone: ZoneProfile, code: string): Target | undefined {
  return zone.targets.find((target) => target.code === code)
}

/** The parts of an indicator with the span each looks at. */
export function partsOf(
  indicator: Indicator,
  zone: ZoneProfile,
  days: Days,
  period?: Target['period'],
): NamedPart[] {
  const span = spanOn(zone, days)
  if (indicator.kind === 'ratio') {
    return [
      { name: 'numerator', part: indicator.numerator, span },
      { name: 'denominator', part: indicator.denominator, span },
    ]
  }
  if (indicator.kind === 'growth') {
    const before = spanOn(zone, yearBefore(days, period))
    return [
      { name: 'records', part: indicator.part, span },
      { name: 'previous', part: indicator.part, span: before },
    ]
  }
  return [{ name: 'records', part: indicator, span }]
}

const nothing: PartCount = { value: null, items: 0, records: 0, contributors: 0, largestTwo: 0 }

async function count(reading: Reading, { part, span }: NamedPart) {
  if (part.kind !== 'stated') return { count: await countPart(reading, part, span), stated: undefined }
  const stated = await part.figure(reading.db, span)
  return {
    count: stated === undefined ? nothing : { ...nothing, value: stated.value, items: 1, records: 1 },
    stated,
  }
}

export async function figureOf(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  asOf: CalendarDate,
): Promise<Figure> {
  const period = targetOf(zone, indicator.code)?.period
  return figureOver(reading, indicator, zone, daysOf(asOf, period), period)
}

async function figureOver(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  days: Days,
  period?: Target['period'],
): Promise<Figure> {
  const parts: CountedNamedPart[] = []
  for (const named of partsOf(indicator, zone, days, period))
    parts.push({ ...named, ...(await count(reading, named)) })
  return { value: valueOf(indicator, parts), days, parts }
}

export function valueOf(indicator: Indicator, parts: readonly CountedNamedPart[]): number | null {
  const [first, second] = parts
  if (first === undefined) return null
  if (indicator.kind === 'ratio')
    return ratio(first.count.value, second?.count.value ?? null, indicator.scale)
  if (indicator.kind !== 'growth') return first.count.value
  if (first.count.value === null || second === undefined || second.count.value === null) return null
  const amount = ({ count, span }: CountedNamedPart) => ({
    value: count.value ?? 0,
    from: span.from,
    to: span.to,
    priceBasis: indicator.priceBasis,
  })
  return growth(amount(first), amount(second)) ?? null
}

/** The figure with what its target asks of it. Without a target there is nothing to judge. */
export async function judgedFigure(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  asOf: CalendarDate,
): Promise<JudgedFigure> {
  const target = targetOf(zone, indicator.code)
  const figure = await figureOf(reading, indicator, zone, asOf)
  if (target === undefined) {
    const unjudged = { verdict: 'unknown', reason: 'notComparable', status: 'noPath' } as const
    return {
      ...figure,
      ...unjudged,
      planned: null,
      plannedAtYearEnd: null,
      previous: null,
      comparator: undefined,
    }
  }
  const previous =
    target.operator === 'trend' ? await valueYearBefore(reading, indicator, zone, figure.days, target) : null
  const comparator =
    target.comparator === null ? undefined : await comparatorOf(reading, indicator, zone, figure.days, target)
  const judged = judge(target, { value: figure.value, previous, comparator })
  return {
    ...figure,
    ...judged,
    ...standing(target, figure.value, judged.verdict, asOf),
    previous,
    comparator,
  }
}

async function valueYearBefore(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  days: Days,
  { period }: Target,
) {
  const before = await figureOver(reading, indicator, zone, yearBefore(days, period), period)
  return before.value
}

/** Imported where the room has it, else what the zone profile states for the very year; another year is no comparison. */
async function comparatorOf(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  days: Days,
  { comparator, definition }: Target,
) {
  const imported = await indicator.comparator?.(reading.db, spanOn(zone, days))
  if (imported !== undefined || comparator === null) return imported
  const stated = comparator.values.find(({ period }) => period === days.asOf.slice(0, 4))
  return (
    stated && {
      ...stated,
      definition: {
        zh: `${comparator.names.zh}。${definition.zh}`,
        en: `${comparator.names.en}. ${definition.en}`,
      },
    }
  )
}

export type Suppressed = 'small' | 'dominated'

export function termsOf({ suppression }: Pick<ZoneProfile, 'suppression'>): Terms {
  return { threshold: suppression.smallCellThreshold, dominancePercent: suppression.dominancePercent }
}

/** Why a reader who sees no records must not see this number either; undefined when the number may be told. */
export function suppressionOf(kind: Part['kind'], count: PartCount, terms: Terms): Suppressed | undefined {
  if (kind === 'stated' || count.value === null) return undefined
  if (kind !== 'sum') return isSmall(count.value, terms) ? 'small' : undefined
  return isDominated(
    { value: count.value, contributors: count.contributors, largestTwo: count.largestTwo },
    terms,
  )
    ? 'dominated'
    : undefined
}

export function isCounted(part: Part): part is CountedPart {
  return part.kind !== 'stated'
}

/** Days of the last `count` quarters' ends are enough to see a way, and few enough to count afresh. */
const QUARTERS_SHOWN = 12

export function historyStart(asOf: CalendarDate): CalendarDate {
  return addDays(asOf, -Math.round((QUARTERS_SHOWN * 365.25) / 4))
}
