import { date, daysBetween, type CalendarDate } from '#platform/calendar.ts'

export const FOLLOW_UPS = ['late', 'open', 'answeredLate', 'answered', 'closed'] as const
/** Where an issue or a piece of guidance stands: what is late comes first. */
export type FollowUp = (typeof FOLLOW_UPS)[number]

export interface Asked {
  readonly dueOn: string | null
  readonly answeredOn: string | null
  readonly closed: boolean
}

export function followUpOf({ dueOn, answeredOn, closed }: Asked, today: CalendarDate): FollowUp {
  if (closed) return 'closed'
  if (answeredOn !== null) return dueOn !== null && answeredOn > dueOn ? 'answeredLate' : 'answered'
  return dueOn !== null && dueOn < today ? 'late' : 'open'
}

export function followUpDaysLate({ dueOn, answeredOn, closed }: Asked, today: CalendarDate): number {
  if (closed || answeredOn !== null || dueOn === null) return 0
  return Math.max(0, daysBetween(date(dueOn), today))
}

interface Ordered {
  readonly followUp: FollowUp
  readonly daysLate: number
  readonly dueOn: string | null
  readonly number: number
}

/** Late first, the longest late before all, then what is due next. */
export function byFollowUp(a: Ordered, b: Ordered): number {
  const rank = FOLLOW_UPS.indexOf(a.followUp) - FOLLOW_UPS.indexOf(b.followUp)
  if (rank !== 0) return rank
  if (a.daysLate !== b.daysLate) return b.daysLate - a.daysLate
  if (a.dueOn !== b.dueOn) return (a.dueOn ?? '9999-12-31') < (b.dueOn ?? '9999-12-31') ? -1 : 1
  return a.number - b.number
}
