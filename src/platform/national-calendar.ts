import holidays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import packageFile from 'chinese-days/package.json' with { type: 'json' }

import type { CalendarYear, WorkingCalendar } from './working-days.ts'

/**
 * The State Council's holidays and make-up workdays since 2004, as the `chinese-days` package carries them: the
 * calendar in force until a zone brings its own. It knows a year once the package has been published with it.
 */
export const nationalCalendar: WorkingCalendar = { years: yearsOf(holidays) }

function yearsOf(days: {
  holidays: Record<string, string>
  workdays: Record<string, string>
}): CalendarYear[] {
  const years = new Set(Object.keys(days.holidays).map((day) => Number(day.slice(0, 4))))
  return [...years]
    .toSorted((a, b) => a - b)
    .map((year) => ({
      year,
      source: 'chinese-days',
      version: packageFile.version,
      daysOff: namedDays(days.holidays, year),
      makeUpWorkdays: namedDays(days.workdays, year),
    }))
}

/** The package writes `English name,Chinese name,days of the holiday`. */
function namedDays(days: Record<string, string>, year: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(days)
      .filter(([day]) => Number(day.slice(0, 4)) === year)
      .map(([day, text]) => [day, text.split(',')[1] ?? text]),
  )
}
