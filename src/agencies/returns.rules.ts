import { addMonths, type CalendarDate } from '#platform/calendar.ts'

/** Returns are made for a calendar quarter or a calendar year (S198): other periods could not be added up or compared. */
export function isReportingPeriod(from: CalendarDate, to: CalendarDate): boolean {
  const year = from.endsWith('-01-01') && to === addMonths(from, 12)
  const quarter = /-(01|04|07|10)-01$/.test(from) && to === addMonths(from, 3)
  return year || quarter
}
