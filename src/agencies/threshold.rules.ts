import type { CalendarDate } from '#platform/calendar.ts'
import type { Threshold } from '../zone/measure.rules.ts'

export interface ThresholdInForce {
  readonly value: number
  readonly operator: '>' | '>='
  readonly from: CalendarDate
  readonly sample: boolean
}

/** The value of a dated threshold on a day; undefined where the zone sets none, or none yet. */
export function thresholdOn(
  thresholds: readonly Threshold[],
  code: string,
  on: CalendarDate,
): ThresholdInForce | undefined {
  const threshold = thresholds.find((one) => one.code === code)
  const inForce = threshold?.values
    .filter(({ from }) => from <= on)
    .reduce<Threshold['values'][number] | undefined>(
      (latest, value) => (latest === undefined || value.from > latest.from ? value : latest),
      undefined,
    )
  if (threshold === undefined || inForce === undefined) return undefined
  return {
    value: inForce.value,
    operator: threshold.operator,
    from: inForce.from as CalendarDate,
    sample: inForce.sample,
  }
}
