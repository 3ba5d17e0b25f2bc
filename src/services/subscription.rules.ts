import type { CalendarDate } from '#platform/calendar.ts'
import { weekdayOf } from '#platform/calendar.ts'

export const RHYTHMS = ['daily', 'weekly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** Digests of the week are made on Mondays, those of the day every day. */
export function isDue(rhythm: Rhythm, today: CalendarDate): boolean {
  return rhythm === 'daily' || weekdayOf(today) === 1
}

/**
 * How far behind the last look the next one begins. A record bears the moment at which its transaction began and is seen
 * when that has ended, so it may appear behind records that are already listed: a day is longer than any import takes.
 */
export const OVERLAP_HOURS = 24

/** How many lines a letter carries; the page has all. */
export const LETTER_LINES = 20
