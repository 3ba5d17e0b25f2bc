import type { CalendarDate } from '#platform/calendar.ts'

/** The parts of the national guide to patent navigation (GB/T 39551-2020, parts 2 to 6). */
export const NAVIGATION_KINDS = {
  region: { zh: '区域规划类', en: 'Regional planning' },
  industry: { zh: '产业规划类', en: 'Industrial planning' },
  enterprise: { zh: '企业经营类', en: 'Enterprise operation' },
  research: { zh: '研发活动类', en: 'Research and development' },
  talent: { zh: '人才管理类', en: 'Talent management' },
} as const
export type NavigationKind = keyof typeof NAVIGATION_KINDS
export const NAVIGATION_KIND_NAMES = Object.keys(NAVIGATION_KINDS) as [NavigationKind, ...NavigationKind[]]

export const OUTCOME_KINDS = ['adopted', 'partly-adopted', 'rejected', 'result'] as const
export type OutcomeKind = (typeof OUTCOME_KINDS)[number]
export type Adoption = Exclude<OutcomeKind, 'result'> | 'open'

export interface Outcome {
  readonly kind: OutcomeKind
  readonly happenedOn: CalendarDate | string
}

/** Where a recommendation stands: its newest decision, in the order in which they were recorded; open without one. */
export function adoptionOf(outcomes: readonly Outcome[]): Adoption {
  const decided = outcomes.findLast(({ kind }) => kind !== 'result')
  return decided === undefined ? 'open' : (decided.kind as Adoption)
}

export type OutcomeObstacle = 'NOT_ADOPTED' | 'BEFORE_REPORT' | 'SAME_DECISION'

/**
 * Why an outcome cannot be recorded. A result is that of a recommendation somebody adopted at least in part; nothing is
 * decided of a report before it is published; and a decision that says the same again is no decision.
 */
export function outcomeObstacle(
  outcomes: readonly Outcome[],
  next: Outcome,
  reportPublishedOn: string,
): OutcomeObstacle | undefined {
  if (next.happenedOn < reportPublishedOn) return 'BEFORE_REPORT'
  const now = adoptionOf(outcomes)
  if (next.kind === 'result') return now === 'adopted' || now === 'partly-adopted' ? undefined : 'NOT_ADOPTED'
  return next.kind === now ? 'SAME_DECISION' : undefined
}

export type CentreObstacle = 'ALREADY_ENDED' | 'ENDS_BEFORE_IT_BEGINS' | 'NOT_LONGER'

/** Why the term of a cultivation centre cannot be changed to end on that day (null: no end). */
export function centreObstacle(
  centre: { readonly approvedOn: string; readonly endsOn: string | null },
  change: { readonly kind: 'renewed' | 'ended'; readonly endsOn: string | null; readonly today: string },
): CentreObstacle | undefined {
  if (change.endsOn !== null && change.endsOn <= centre.approvedOn) return 'ENDS_BEFORE_IT_BEGINS'
  const over = centre.endsOn !== null && centre.endsOn <= change.today
  if (change.kind === 'ended') return over ? 'ALREADY_ENDED' : undefined
  if (centre.endsOn === null) return 'NOT_LONGER'
  return change.endsOn !== null && change.endsOn <= centre.endsOn ? 'NOT_LONGER' : undefined
}
