import { daysBetween, date, yearOf, type CalendarDate } from '#platform/calendar.ts'
import type { Target } from '../zone/measure.rules.ts'
import type { StatedFigure } from './declare.ts'
import { firstDayOf, lastDayOf } from './span.rules.ts'

export type Goal = Pick<
  Target,
  'operator' | 'target' | 'targetYear' | 'path' | 'baseline' | 'measure' | 'period'
>

/** `unknown` where a part of the comparison is missing; a goal is never met by what nobody knows. */
export type Verdict = 'met' | 'notMet' | 'unknown'

/** Why the verdict is what it is; the pages put it into words. */
type VerdictReason =
  | 'over'
  | 'atTarget'
  | 'below'
  | 'rose'
  | 'didNotRise'
  | 'exceeds'
  | 'doesNotExceed'
  | 'noValue'
  | 'noPreviousValue'
  | 'notComparable'

export interface Judged {
  readonly verdict: Verdict
  readonly reason: VerdictReason
}

export interface Facts {
  readonly value: number | null
  /** The same figure over the same days one year earlier, for a trend. */
  readonly previous?: number | null
  /** For a comparison: the other figure with its source, period and definition. */
  readonly comparator?: StatedFigure | undefined
}

/**
 * 超过 is strictly more: at exactly the target such a goal is not met. 达 and a stated figure are met at equality. A trend
 * must rise. A comparison needs a comparator that says where it comes from and what it means (plan, S20–S54).
 */
export function judge(goal: Pick<Goal, 'operator' | 'target'>, facts: Facts): Judged {
  const { value } = facts
  if (value === null) return { verdict: 'unknown', reason: 'noValue' }
  if (goal.operator === 'trend') return judgeTrend(value, facts.previous ?? null)
  if (goal.operator === 'exceeds-comparator') return judgeComparison(value, facts.comparator)
  const target = goal.target
  if (target === null) return { verdict: 'unknown', reason: 'notComparable' }
  if (value === target) return { verdict: goal.operator === '>=' ? 'met' : 'notMet', reason: 'atTarget' }
  return value > target ? { verdict: 'met', reason: 'over' } : { verdict: 'notMet', reason: 'below' }
}

function judgeTrend(value: number, previous: number | null): Judged {
  if (previous === null) return { verdict: 'unknown', reason: 'noPreviousValue' }
  return value > previous ? { verdict: 'met', reason: 'rose' } : { verdict: 'notMet', reason: 'didNotRise' }
}

function judgeComparison(value: number, comparator: StatedFigure | undefined): Judged {
  if (comparator === undefined || !isSourced(comparator))
    return { verdict: 'unknown', reason: 'notComparable' }
  return value > comparator.value
    ? { verdict: 'met', reason: 'exceeds' }
    : { verdict: 'notMet', reason: 'doesNotExceed' }
}

function isSourced({ period, source, definition, value }: StatedFigure): boolean {
  return (
    Number.isFinite(value) &&
    [period, source.zh, source.en, definition.zh, definition.en].every((text) => text.trim() !== '')
  )
}

export interface Amount {
  readonly value: number
  readonly from: CalendarDate
  readonly to: CalendarDate
  readonly priceBasis: 'current' | 'constant'
}

/**
 * Growth in per cent, unrounded. Undefined where the two cannot be compared: another price basis, spans of another
 * length (a leap day aside), or nothing to grow from.
 */
export function growth(now: Amount, before: Amount): number | undefined {
  if (now.priceBasis !== before.priceBasis) return undefined
  const [length, lengthBefore] = [now, before].map(({ from, to }) => daysBetween(from, to))
  if (length === undefined || lengthBefore === undefined || Math.abs(length - lengthBefore) > 1)
    return undefined
  if (before.value <= 0) return undefined
  return ((now.value - before.value) / before.value) * 100
}

/** numerator ÷ denominator × scale; null where there is nothing to divide by. */
export function ratio(numerator: number | null, denominator: number | null, scale: number): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null
  return (numerator / denominator) * scale
}

type PathStatus = 'met' | 'ahead' | 'onPath' | 'atRisk' | 'late' | 'noPath' | 'unknown'

export interface Standing {
  readonly status: PathStatus
  /** What the path asks for on this very day, between the ends of two years; null where there is no path. */
  readonly planned: number | null
  /** What it asks for at the end of this year. */
  readonly plannedAtYearEnd: number | null
}

/** Below the path by no more than this share is a risk; by more it is late. The platform's own convention. */
const RISK_MARGIN = 0.1

/**
 * Where the figure stands on the way to its goal. Ahead: it already holds what is planned for the end of the year. After
 * the last day of the target year there is no way left, only met or late.
 */
export function standing(goal: Goal, value: number | null, verdict: Verdict, asOf: CalendarDate): Standing {
  const planned = plannedOn(goal, asOf)
  const plannedAtYearEnd = plannedOn(goal, lastDayOf(yearOf(asOf)))
  const at = (status: PathStatus): Standing => ({ status, planned, plannedAtYearEnd })
  if (verdict === 'met') return at('met')
  if (value === null || verdict === 'unknown') return at('unknown')
  if (asOf >= lastDayOf(goal.targetYear)) return at('late')
  if (planned === null || plannedAtYearEnd === null) return at('noPath')
  if (value >= plannedAtYearEnd) return at('ahead')
  if (value >= planned) return at('onPath')
  return at(value >= planned * (1 - RISK_MARGIN) ? 'atRisk' : 'late')
}

/** Straight between two year ends. A yearly flow starts each year from nothing; everything else from where it stood. */
export function plannedOn({ path, baseline, measure, period }: Goal, day: CalendarDate): number | null {
  const year = yearOf(day)
  const end = path.find((step) => step.year === year)
  if (end === undefined) return null
  if (measure === 'flow' && period.choice === 'annual') {
    return end.value * share(firstDayOf(year), day, lastDayOf(year))
  }
  const before = path.filter((step) => step.year < year).at(-1)
  const start =
    before !== undefined
      ? { on: lastDayOf(before.year), value: before.value }
      : baseline !== null && baseline.date < day
        ? { on: date(baseline.date), value: baseline.value }
        : undefined
  if (start === undefined) return end.value
  return start.value + (end.value - start.value) * share(start.on, day, lastDayOf(year))
}

function share(from: CalendarDate, day: CalendarDate, to: CalendarDate): number {
  const whole = daysBetween(from, to)
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(from, day) / whole))
}
