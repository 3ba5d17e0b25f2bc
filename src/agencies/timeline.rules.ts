import type { CalendarDate } from '#platform/calendar.ts'

/** Half-open days: `validTo` is the first day on which it no longer holds, null while no such day is known. */
export interface Interval {
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
}

/** What remains of an earlier belief beside the days that a later one took from it. */
export interface Remnant<Belief extends Interval> extends Interval {
  readonly of: Belief
}

export interface Revision<Belief extends Interval> {
  readonly superseded: readonly Belief[]
  readonly remnants: readonly Remnant<Belief>[]
}

/**
 * How the beliefs about one thing change when `next` is asserted: those that speak of any of its days are superseded, and
 * live on only for the days that it leaves them.
 */
export function revise<Belief extends Interval>(
  believed: readonly Belief[],
  next: Interval,
): Revision<Belief> {
  const superseded = believed.filter((belief) => overlaps(belief, next))
  return { superseded, remnants: superseded.flatMap((belief) => remnantsOf(belief, next)) }
}

/**
 * The last day a statement reaches when it does not say: until the next day on which the register already knows a
 * change, so that correcting the past never erases what was recorded about a later time.
 */
export function endOfStatement(believed: readonly Interval[], validFrom: CalendarDate): CalendarDate | null {
  const later = believed.map((belief) => belief.validFrom).filter((from) => from > validFrom)
  const ends = believed.flatMap(({ validTo }) => (validTo !== null && validTo > validFrom ? [validTo] : []))
  const holding = believed.some((belief) => holdsOn(belief, validFrom))
  // In a gap, only the next beginning bounds it; inside a belief, its own end does.
  return earliest(holding ? [...later, ...ends] : later)
}

export function holdsOn({ validFrom, validTo }: Interval, day: CalendarDate): boolean {
  return validFrom <= day && (validTo === null || day < validTo)
}

export function overlaps(one: Interval, other: Interval): boolean {
  return (
    (other.validTo === null || one.validFrom < other.validTo) &&
    (one.validTo === null || other.validFrom < one.validTo)
  )
}

function remnantsOf<Belief extends Interval>(belief: Belief, next: Interval): Remnant<Belief>[] {
  const remnants: Remnant<Belief>[] = []
  if (belief.validFrom < next.validFrom) {
    remnants.push({ of: belief, validFrom: belief.validFrom, validTo: next.validFrom })
  }
  if (next.validTo !== null && (belief.validTo === null || next.validTo < belief.validTo)) {
    remnants.push({ of: belief, validFrom: next.validTo, validTo: belief.validTo })
  }
  return remnants
}

function earliest(days: readonly CalendarDate[]): CalendarDate | null {
  return days.reduce<CalendarDate | null>((first, day) => (first === null || day < first ? day : first), null)
}
