import { addDays, addMonths, type CalendarDate, date, yearOf } from '#platform/calendar.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import type { StageCondition, StageRules } from '../zone/measure.rules.ts'
import type { Stage } from '../zone/place.rules.ts'

type FactName = StageCondition['fact']

/** A number the rule looks at, and where it comes from. */
export interface StageFact {
  readonly value: number
  readonly asOf: CalendarDate
  readonly source: string
}

export type StageFacts = Readonly<Partial<Record<FactName, StageFact | undefined>>>

export interface ConditionFinding {
  readonly stage: Stage
  readonly fact: FactName
  readonly atLeast: number
  readonly value: number | null
  readonly asOf: CalendarDate | null
  readonly source: string | null
  /** Null where the number is not known: such a condition does not count as met. */
  readonly met: boolean | null
}

export interface StageFinding {
  readonly stage: Stage
  /** The day from which this version of the rule holds: its name. */
  readonly rule: CalendarDate
  readonly sample: boolean
  readonly conditions: readonly ConditionFinding[]
  readonly needed: Readonly<Record<Stage, number>>
  /** False where an unknown number could still lift the agency to a later stage. */
  readonly certain: boolean
}

export interface KnownForStage {
  readonly foundedOn?:
    | { readonly value: string; readonly observedOn: CalendarDate; readonly source: string }
    | undefined
  readonly attorneyCount?:
    | { readonly value: number; readonly observedOn: CalendarDate; readonly source: string }
    | undefined
  readonly staffCount?:
    | { readonly value: number; readonly observedOn: CalendarDate; readonly source: string }
    | undefined
  readonly annualReturn: {
    readonly periodTo: CalendarDate
    readonly revenueFen: number
    readonly headcount: number
    readonly source: string
  } | null
}

interface Listed {
  readonly value: number
  readonly observedOn: CalendarDate
  readonly source: string
}

const listed = (fact: Listed | undefined): StageFact | undefined =>
  fact && { value: fact.value, asOf: fact.observedOn, source: fact.source }

/** A return says something about today for two years after its period; what an agency earned before then does not. */
const returnSpeaksForMonths = 24

/** The numbers the rule may look at, as they are known on a day. What was reported goes before what was merely listed. */
export function stageFactsOf(
  { foundedOn, attorneyCount, staffCount, annualReturn }: KnownForStage,
  on: CalendarDate,
): StageFacts {
  const reported =
    annualReturn !== null && on <= addMonths(annualReturn.periodTo, returnSpeaksForMonths)
      ? annualReturn
      : null
  const returned = (value: number): StageFact | undefined =>
    reported === null ? undefined : { value, asOf: addDays(reported.periodTo, -1), source: reported.source }
  const facts: Record<FactName, StageFact | undefined> = {
    yearsSinceFounding: listed(foundedOn && { ...foundedOn, value: wholeYears(date(foundedOn.value), on) }),
    annualRevenueFen: returned(reported?.revenueFen ?? 0),
    staff: returned(reported?.headcount ?? 0) ?? listed(staffCount),
    attorneys: listed(attorneyCount),
  }
  return facts
}

/** The version of a dated rule that holds on a day. Undefined before the first. */
export function rulesInForce<Version extends { readonly from: string }>(
  versions: readonly Version[],
  on: CalendarDate,
): Version | undefined {
  return versions.reduce<Version | undefined>(
    (best, version) =>
      version.from <= on && (best === undefined || version.from > best.from) ? version : best,
    undefined,
  )
}

/**
 * The lifecycle stage (S60: 成熟期、成长期、初创期) from dated numbers. Stages are tried in the order of the rule; one is
 * reached when enough of its conditions are met. The finding lists every number that was looked at.
 */
export function stageOf(facts: StageFacts, rules: StageRules): StageFinding {
  const findings = rules.stages.map(({ stage, needed, conditions }) => {
    const found = conditions.map((condition) => judge(stage, condition, facts))
    return {
      stage,
      needed,
      found,
      reached: found.filter(({ met }) => met === true).length >= needed,
      reachable: found.filter(({ met }) => met !== false).length >= needed,
    }
  })
  const index = findings.findIndex(({ reached }) => reached)
  const reached = findings[index]
  if (reached === undefined)
    throw new BrokenInvariant(`the stage rule of ${rules.from} leaves an agency without a stage`)
  return {
    stage: reached.stage,
    rule: rules.from as CalendarDate,
    sample: rules.sample,
    conditions: findings.flatMap(({ found }) => found),
    needed: Object.fromEntries(findings.map(({ stage, needed }) => [stage, needed])) as Record<Stage, number>,
    certain: !findings.slice(0, index).some(({ reachable }) => reachable),
  }
}

/** Whole years between two days, as people count an age; a founding day that lies ahead counts as none. */
export function wholeYears(from: CalendarDate, on: CalendarDate): number {
  const years = Math.max(0, yearOf(on) - yearOf(from))
  return years > 0 && addMonths(from, years * 12) > on ? years - 1 : years
}

function judge(stage: Stage, { fact, atLeast }: StageCondition, facts: StageFacts): ConditionFinding {
  const known = facts[fact]
  if (known === undefined) return { stage, fact, atLeast, value: null, asOf: null, source: null, met: null }
  return { stage, fact, atLeast, ...known, met: known.value >= atLeast }
}
