import { lintDeadlines } from './deadline.lint.rules.ts'
import { lintAssessment } from './assessment.rules.ts'
import { lintGovernance } from './governance.lint.rules.ts'
import { lintIndustryCodes } from './industry-code.rules.ts'
import { lintMeasures } from './measure.lint.rules.ts'
import { lintMoving } from './moving.lint.rules.ts'
import { lintPatents } from './patent.rules.ts'
import { lintPlaces } from './place.lint.rules.ts'
import { lintPlan } from './plan.lint.rules.ts'
import { type Report, reportDuplicates } from './report.rules.ts'
import { lintServiceOffers } from './service-offer.rules.ts'
import type { ZoneProblem, ZoneProfile } from './rules.ts'

/** The rules that no single file can state: references that must hold, orders, sums, quotations. */
export function lintProfile(profile: ZoneProfile): ZoneProblem[] {
  const problems: ZoneProblem[] = []
  const report: Report = (file, field, rule, message) => problems.push({ file, field, rule, message })
  lintPlan(profile, report)
  lintPlaces(profile, report)
  lintMeasures(profile, report)
  lintGovernance(profile, report)
  lintMoving(profile, report)
  lintIndustryCodes(profile, report)
  lintPatents(profile, report)
  lintCalendar(profile, report)
  lintAssessment(profile, report)
  lintDeadlines(profile, report)
  lintServiceOffers(profile, report)
  return problems
}

function lintCalendar(profile: ZoneProfile, report: Report): void {
  for (const { year, days } of profile.holidays) {
    const file = `calendar/${year}.json`
    reportDuplicates(
      days.map(({ date }) => date),
      (index) => ({ file, field: `$.days[${index}].date` }),
      report,
    )
    for (const [index, { date }] of days.entries()) {
      // An announcement may reach into the last days of the year before, as that for 2023 does.
      if (Math.abs(Number(date.slice(0, 4)) - year) > 1) {
        report(file, `$.days[${index}].date`, 'calendar/year', `${date} does not belong to the year ${year}`)
      }
    }
  }
  for (const [index, year] of profile.holidays.entries()) {
    if (profile.holidays.findIndex((other) => other.year === year.year) !== index) {
      report(`calendar/${year.year}.json`, '$.year', 'unique', `two files announce the year ${year.year}`)
    }
  }
}
