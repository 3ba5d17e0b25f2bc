import { type CalendarDate, date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Vantage } from './vantage.store.ts'

interface DayAhead {
  DAY_AHEAD(refusal: { data: { field: string; today: string } }): Error
}

/** Where the question looks from. A register knows no day that has not come; such a question is refused, not guessed. */
export function vantageOf(
  { asOf, knownOn }: { asOf?: string | undefined; knownOn?: string | undefined },
  { today, zone }: Context,
  errors: DayAhead,
): Vantage {
  return {
    asOf: asOf === undefined ? today : pastDay('asOf', asOf, today, errors),
    knownOn: knownOn === undefined ? undefined : pastDay('knownOn', knownOn, today, errors),
    timeZone: zone.timeZone,
  }
}

export function pastDay(field: string, given: string, today: CalendarDate, errors: DayAhead): CalendarDate {
  if (given > today) throw errors.DAY_AHEAD({ data: { field, today } })
  return date(given)
}
