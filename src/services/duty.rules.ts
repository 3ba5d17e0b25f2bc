/** Duty hours as they are typed and read: for each weekday the spans of a day, such as `09:00-12:00 13:30-17:00`. */
import { clockOf, minutesOf, type Span } from './slot.rules.ts'

export interface Duty extends Span {
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekday: number
}

interface DatedDuty extends Duty {
  readonly validFrom: string
  readonly validTo: string | null
}

/** The hours in force on a day, by weekday and hour. */
export function dutiesOn(duties: readonly DatedDuty[], on: string): Duty[] {
  return duties
    .filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on < validTo))
    .map(({ weekday, from, to }) => ({ weekday, from, to }))
    .toSorted((one, other) => one.weekday - other.weekday || one.from - other.from)
}

/** The next day after a given one from which other hours are planned; undefined where there is none. */
export function nextChange(duties: readonly DatedDuty[], after: string): string | undefined {
  return duties
    .filter(({ validFrom, validTo }) => validTo === null || validFrom < validTo)
    .flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [validTo])])
    .filter((day) => day > after)
    .toSorted()[0]
}

/** Spans that overlap, or end before they begin, are no hours. */
export function areHours(spans: readonly Span[]): boolean {
  const sorted = spans.toSorted((one, other) => one.from - other.from)
  return sorted.every(({ from, to }, index) => from < to && (sorted[index - 1]?.to ?? 0) <= from)
}

export function spansText(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(' ')
}

const SPAN = /^([01]?\d|2[0-3])[:：]([0-5]\d)[-–—~～至]([01]?\d|2[0-3])[:：]([0-5]\d)$/u

/** What was typed for one day; nothing typed is no duty. Undefined where it cannot be read. */
export function readSpans(typed: string): Span[] | undefined {
  const parts = typed
    .replaceAll(/\s*([-–—~～至])\s*/gu, '$1')
    .split(/[\s,，、;；]+/u)
    .filter((part) => part !== '')
  const spans = parts.map((part) => {
    const [, ...found] = SPAN.exec(part) ?? []
    const [fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = found
    return found.length === 0
      ? undefined
      : { from: minutesOf(`${fromHour}:${fromMinute}`), to: minutesOf(`${toHour}:${toMinute}`) }
  })
  const read = spans.filter((span) => span !== undefined)
  return read.length === spans.length && areHours(read)
    ? read.toSorted((one, other) => one.from - other.from)
    : undefined
}
