import { addMonths, type CalendarDate, daysBetween } from '#platform/calendar.ts'
import type { Bilingual } from '../zone/words.rules.ts'
import type { ExitRules, ExitTrigger } from '../zone/moving.rules.ts'

/** What is known of an agency on the day on which the triggers are looked at. */
export interface ExitFacts {
  /** When the agency moved in: nothing before then speaks against it. */
  readonly movedIn: CalendarDate
  /** The end of its latest lease; null where one runs on without end, undefined where it never had one. */
  readonly leaseEnd: CalendarDate | null | undefined
  /** The days of penalties; one of unknown day speaks against nobody. */
  readonly penalties: readonly CalendarDate[]
  /** Periods that were due and not filed, by their last day for filing. */
  readonly returnsMissing: readonly { readonly period: string; readonly dueOn: CalendarDate }[]
  /** The last day on which a service was recorded; undefined where none ever was. */
  readonly lastServed: CalendarDate | undefined
}

export interface TriggerFinding {
  readonly code: string
  readonly kind: ExitTrigger['kind']
  readonly names: Bilingual
  readonly met: boolean
  /** The number that was looked at: days since the lease ended, penalties, returns, whole days without service. */
  readonly value: number | null
  /** What the trigger asks for, in the same unit. */
  readonly limit: number
  /** The days behind the number. */
  readonly days: readonly CalendarDate[]
  /** The periods that were not reported, for that trigger. */
  readonly periods: readonly string[]
}

export interface ExitFinding {
  readonly rule: string
  readonly sample: boolean
  readonly triggers: readonly TriggerFinding[]
}

/** Which triggers of moving out an agency meets on a day (S202), each with the number and the days behind it. */
export function exitTriggersOf(facts: ExitFacts, rules: ExitRules, on: CalendarDate): ExitFinding {
  return {
    rule: rules.from,
    sample: rules.sample,
    triggers: rules.triggers.map((trigger) => findingOf(trigger, facts, on)),
  }
}

function findingOf(trigger: ExitTrigger, facts: ExitFacts, on: CalendarDate): TriggerFinding {
  const { code, kind, names } = trigger
  const base = { code, kind, names, periods: [] }
  switch (trigger.kind) {
    case 'lease-ended': {
      const { leaseEnd } = facts
      const limit = trigger.graceDays
      if (leaseEnd === null || leaseEnd === undefined || leaseEnd > on)
        return { ...base, met: false, value: null, limit, days: [] }
      const value = daysBetween(leaseEnd, on)
      return { ...base, met: value > limit, value, limit, days: [leaseEnd] }
    }
    case 'penalties': {
      const since = addMonths(on, -trigger.withinMonths)
      const days = facts.penalties
        .filter((day) => day > since && day <= on && day >= facts.movedIn)
        .toSorted()
      return {
        ...base,
        met: days.length >= trigger.atLeast,
        value: days.length,
        limit: trigger.atLeast,
        days,
      }
    }
    case 'returns-missing': {
      const late = facts.returnsMissing.filter(({ dueOn }) => dueOn < on)
      return {
        ...base,
        met: late.length >= trigger.atLeast,
        value: late.length,
        limit: trigger.atLeast,
        days: late.map(({ dueOn }) => dueOn),
        periods: late.map(({ period }) => period),
      }
    }
    case 'dormant': {
      // Who has only just come is given the same time as who has served before.
      const since =
        facts.lastServed !== undefined && facts.lastServed > facts.movedIn ? facts.lastServed : facts.movedIn
      const end = addMonths(since, trigger.months)
      const value = Math.max(0, daysBetween(since, on))
      return { ...base, met: on > end, value, limit: daysBetween(since, end), days: [since] }
    }
  }
}
