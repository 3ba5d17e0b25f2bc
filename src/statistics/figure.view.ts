import type { z } from 'zod'
import type { Actor } from '#platform/access.ts'
import type { Target } from '../zone/measure.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { seesRecords } from './access.rules.ts'
import type { FigureItem, PartFigure } from './figures.contract.ts'
import { UNITS, type Confidentiality, type Indicator, type Unit } from './declare.ts'
import {
  suppressionOf,
  targetOf,
  termsOf,
  type CountedNamedPart,
  type Figure,
  type JudgedFigure,
  type PartName,
  type Suppressed,
} from './figure.ts'

type Item = z.infer<typeof FigureItem>

/** The zone may mark as confidential what a room would show; never the other way round. */
export function confidentialityOf(indicator: Indicator, target: Target | undefined): Confidentiality {
  return target?.confidential === true ? 'protected' : indicator.confidentiality
}

export interface UnitView {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly per: number
}

/** The target's own unit where there is one: it may show fen as 亿元. */
export function unitView(unit: Unit | undefined, target: Target | undefined): UnitView {
  return target?.unit ?? UNITS[unit ?? 'item']
}

/** The parts of a ratio are counts of their own; only a single part shares the figure's unit. */
export function partUnit(
  indicator: Indicator,
  named: CountedNamedPart,
  target: Target | undefined,
): UnitView {
  if (indicator.kind !== 'ratio' && indicator.kind !== 'growth') return unitView(indicator.unit, target)
  return UNITS[named.part.unit ?? (named.part.kind === 'sum' ? 'fen' : 'item')]
}

/** Why this reader must not see the figure: a ratio gives away its parts. */
export function figureSuppression(figure: Figure, sees: boolean, zone: ZoneProfile): Suppressed | undefined {
  if (sees) return undefined
  const terms = termsOf(zone)
  return figure.parts
    .map(({ part, count }) => suppressionOf(part.kind, count, terms))
    .find((why) => why !== undefined)
}

function recordsUrl(code: string, asOf: string, part: PartName): string {
  const query = new URLSearchParams({ asOf, ...(part === 'records' || part === 'numerator' ? {} : { part }) })
  return `/api/v1/indicators/${code}/records?${query.toString()}`
}

function partView(
  indicator: Indicator,
  named: CountedNamedPart,
  sees: boolean,
  zone: ZoneProfile,
  asOf: string,
): z.infer<typeof PartFigure> {
  const suppressed = sees ? undefined : suppressionOf(named.part.kind, named.count, termsOf(zone))
  return {
    part: named.name,
    value: suppressed === undefined ? named.count.value : null,
    suppressed: suppressed ?? null,
    unit: partUnit(indicator, named, targetOf(zone, indicator.code)),
    from: named.span.from,
    to: named.span.to,
    stated: named.stated ?? null,
    recordsUrl: recordsUrl(indicator.code, asOf, named.name),
  }
}

/** One line of the board, as this reader may see it. */
export function figureView(
  indicator: Indicator,
  figure: JudgedFigure,
  actor: Actor,
  zone: ZoneProfile,
): Item {
  const { code } = indicator
  const target = targetOf(zone, code)
  const confidentiality = confidentialityOf(indicator, target)
  const sees = seesRecords(actor, confidentiality)
  const suppressed = figureSuppression(figure, sees, zone)
  const asOf = figure.days.asOf
  return {
    ...targetView(target),
    ...outcomeView(figure, suppressed, target, zone),
    code,
    name: (target?.names ?? indicator.name).zh,
    names: target?.names ?? indicator.name,
    clauses: [...new Set([...(target === undefined ? [] : [target.clause]), ...indicator.clauses])],
    ...unitFields(unitView(indicator.unit, target)),
    measures:
      target?.measure ??
      (indicator.kind === 'ratio' || indicator.kind === 'growth' ? 'ratio' : indicator.measures),
    comparator: figure.comparator ?? null,
    confidentiality,
    asOf,
    from: figure.days.from,
    parts: figure.parts.map((part) => partView(indicator, part, sees, zone, asOf)),
    recordsUrl: recordsUrl(code, asOf, 'records'),
    declared: true,
  }
}

function outcomeView(
  figure: JudgedFigure,
  suppressed: Suppressed | undefined,
  target: Target | undefined,
  zone: ZoneProfile,
) {
  const { planned, plannedAtYearEnd, reason } = figure
  if (suppressed !== undefined) {
    // A number below the threshold is below any higher target, and saying so tells nothing more.
    const below = suppressed === 'small' && (target?.target ?? 0) >= zone.suppression.smallCellThreshold
    return {
      value: null,
      suppressed,
      ...verdictFields(below ? 'notMet' : 'unknown', below ? 'below' : 'suppressed'),
      status: 'unknown' as const,
      planned,
      plannedAtYearEnd,
      previous: null,
    }
  }
  const { value, verdict, status, previous } = figure
  return {
    value,
    suppressed: null,
    ...verdictFields(verdict, reason),
    status,
    planned,
    plannedAtYearEnd,
    previous,
  }
}

function verdictFields(verdict: Item['verdict'], reason: string) {
  return { verdict, reason, met: verdict === 'unknown' ? null : verdict === 'met' }
}

function targetView(target: Target | undefined) {
  return {
    pillar: target?.pillar ?? null,
    operator: target?.operator ?? null,
    target: target?.target ?? null,
    targetYear: target?.targetYear ?? null,
    path: target?.path ?? [],
    baseline: target?.baseline ?? null,
    comparatorNames: target?.comparator?.names ?? null,
    period: target?.period ?? null,
  }
}

function unitFields(unit: UnitView) {
  const currency = unit.code === 'fen' ? 'CNY' : unit.code === 'usd-cent' ? 'USD' : null
  return {
    unit: unit.code,
    unitWords: { code: unit.code, zh: unit.zh, en: unit.en, per: unit.per },
    currency,
  } as const
}

/** A target whose records no room keeps yet: shown, so that nothing in the plan is out of sight, and never as zero. */
export function undeclaredView(target: Target, asOf: string): Item {
  return {
    ...targetView(target),
    code: target.code,
    name: target.names.zh,
    names: target.names,
    clauses: [target.clause],
    value: null,
    suppressed: null,
    ...unitFields(target.unit),
    ...verdictFields('unknown', 'noValue'),
    status: 'unknown',
    planned: null,
    plannedAtYearEnd: null,
    previous: null,
    comparator: null,
    measures: target.measure,
    confidentiality: target.confidential ? 'protected' : 'public',
    asOf,
    from: asOf,
    parts: [],
    recordsUrl: recordsUrl(target.code, asOf, 'records'),
    declared: false,
  }
}
