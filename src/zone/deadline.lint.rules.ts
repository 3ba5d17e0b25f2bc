import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'

/** Deadlines and receiving bodies: one of each code, values in the order of their days, clauses that exist. */
export function lintDeadlines(profile: ZoneProfile, report: Report): void {
  const file = 'deadlines.json'
  reportDuplicates(
    profile.deadlines.map(({ code }) => code),
    (index) => ({ file, field: `$.deadlines[${index}].code` }),
    report,
  )
  for (const [index, { clauses, values }] of profile.deadlines.entries()) {
    const field = `$.deadlines[${index}]`
    reportUnknownClauses(profile, clauses, { file, field: `${field}.clauses` }, report)
    for (const [at, { from }] of values.entries()) {
      const before = values[at - 1]
      if (before === undefined || before.from < from) continue
      report(file, `${field}.values[${at}].from`, 'deadline/order', `${from} is not after ${before.from}`)
    }
  }
  lintBodies(profile, report)
}

function lintBodies({ receivingBodies, ...profile }: ZoneProfile, report: Report): void {
  const file = 'receiving-bodies.json'
  reportDuplicates(
    receivingBodies.map(({ code }) => code),
    (index) => ({ file, field: `$.bodies[${index}].code` }),
    report,
  )
  for (const [index, { clauses }] of receivingBodies.entries()) {
    const at = { file, field: `$.bodies[${index}].clauses` }
    reportUnknownClauses({ receivingBodies, ...profile }, clauses, at, report)
  }
}
