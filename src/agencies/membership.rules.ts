import type { CalendarDate } from '#platform/calendar.ts'
import { type Interval, overlaps } from './timeline.rules.ts'

export interface StayDays {
  readonly id?: string
  readonly movedIn: CalendarDate
  readonly movedOut: CalendarDate | null
}

const intervalOf = ({ movedIn, movedOut }: StayDays): Interval => ({ validFrom: movedIn, validTo: movedOut })

/** The stay that a new one would share a day with; an agency stands in one place on any day. */
export function clashingStay<Stay extends StayDays>(
  stays: readonly Stay[],
  next: StayDays,
): Stay | undefined {
  return stays.find((stay) => stay.id !== next.id && overlaps(intervalOf(stay), intervalOf(next)))
}

/** The stay that an agency leaves on a day: it has begun before that day and has no end yet. */
export function stayToLeave<Stay extends StayDays>(
  stays: readonly Stay[],
  on: CalendarDate,
): Stay | undefined {
  return stays.find(({ movedIn, movedOut }) => movedOut === null && movedIn < on)
}
