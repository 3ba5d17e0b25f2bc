import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'

/**
 * From where one looks at the register: which day one asks about, and by when it must have been recorded. Without
 * `knownOn` the answer uses everything known now, corrections of the past included; with it, the answer is what the
 * register said at the end of that day.
 */
export interface Vantage {
  readonly asOf: CalendarDate
  readonly knownOn?: CalendarDate | undefined
  readonly timeZone: string
}

/** The rows of `table` that the register believes, seen from there. */
export function believed(table: string, { knownOn, timeZone }: Omit<Vantage, 'asOf'>): RawBuilder<boolean> {
  const recordedAt = sql.ref(`${table}.recordedAt`)
  const supersededAt = sql.ref(`${table}.supersededAt`)
  if (knownOn === undefined) return sql<boolean>`${supersededAt} is null`
  const end = sql`((${knownOn}::date + 1)::timestamp at time zone ${timeZone})`
  return sql<boolean>`(${recordedAt} < ${end} and (${supersededAt} is null or ${supersededAt} >= ${end}))`
}

/** The rows of `table` that hold on the day asked about. */
export function holding(
  table: string,
  from: string,
  to: string,
  { asOf }: Pick<Vantage, 'asOf'>,
): RawBuilder<boolean> {
  const validTo = sql.ref(`${table}.${to}`)
  return sql<boolean>`(${sql.ref(`${table}.${from}`)} <= ${asOf} and (${validTo} is null or ${validTo} > ${asOf}))`
}
