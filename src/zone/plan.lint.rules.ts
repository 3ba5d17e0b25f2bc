import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import { locateQuotes } from './quote.rules.ts'
import type { ZoneProfile } from './rules.ts'

/** The plan, its clauses, and all that leans on them: features, pillars, actors, policies. */
export function lintPlan(profile: ZoneProfile, report: Report): void {
  lintSections(profile, report)
  lintClauses(profile, report)
  lintFeatures(profile, report)
  lintPillars(profile, report)
  lintActors(profile, report)
  lintPolicies(profile, report)
}

function lintSections({ plan }: ZoneProfile, report: Report): void {
  const file = 'plan.json'
  reportDuplicates(
    plan.sections.map(({ id }) => id),
    (index) => ({ file, field: `$.sections[${index}].id` }),
    report,
  )
  for (const [index, section] of plan.sections.entries()) {
    const field = `$.sections[${index}]`
    const before = plan.sections[index - 1]
    if (before && before.line >= section.line) {
      report(file, `${field}.line`, 'plan/order', `line ${section.line} is not after line ${before.line}`)
    }
    if (plan.lines[section.line - 1]?.trim() !== section.names.zh) {
      report(
        file,
        `${field}.names.zh`,
        'plan/heading',
        `line ${section.line} of the plan is not this heading`,
      )
    }
  }
  if (plan.publishedOn < plan.issuedOn) {
    report(file, '$.publishedOn', 'date/order', 'the plan was published before it was issued')
  }
}

function lintClauses({ clauses, plan }: ZoneProfile, report: Report): void {
  const file = 'clauses.json'
  reportDuplicates(
    clauses.map(({ id }) => id),
    (index) => ({ file, field: `$[${index}].id` }),
    report,
  )
  for (const [index, clause] of clauses.entries()) {
    const line = plan.lines[clause.line - 1]
    if (line === undefined) {
      const message = `the plan has ${plan.lines.length} lines, none numbered ${clause.line}`
      report(file, `$[${index}].line`, 'clause/line', message)
      continue
    }
    const { spans, missing } = locateQuotes(line, clause.quotes)
    if (missing !== null) {
      const message = `line ${clause.line} of the plan does not say “${missing}”${spans.length > 0 ? ' after the quote before it' : ''}`
      report(file, `$[${index}].quotes[${spans.length}]`, 'clause/quote', message)
    }
  }
}

function lintFeatures(profile: ZoneProfile, report: Report): void {
  const file = 'features.json'
  reportDuplicates(
    profile.features.map(({ id }) => id),
    (index) => ({ file, field: `$[${index}].id` }),
    report,
  )
  for (const [index, feature] of profile.features.entries()) {
    reportUnknownClauses(profile, feature.seed, { file, field: `$[${index}].seed` }, report)
  }
  if (profile.features.length === 0) return
  const served = new Set(profile.features.flatMap(({ seed }) => seed))
  for (const [index, clause] of profile.clauses.entries()) {
    if (!served.has(clause.id)) {
      report('clauses.json', `$[${index}].id`, 'clause/unserved', `no feature serves ${clause.id}`)
    }
  }
}

function lintPillars(profile: ZoneProfile, report: Report): void {
  const file = 'pillars.json'
  const sections = new Set(profile.plan.sections.map(({ id }) => id))
  reportDuplicates(
    profile.pillars.map(({ code }) => code),
    (index) => ({ file, field: `$.pillars[${index}].code` }),
    report,
  )
  for (const [index, pillar] of profile.pillars.entries()) {
    const field = `$.pillars[${index}]`
    reportUnknownClauses(profile, pillar.clauses, { file, field: `${field}.clauses` }, report)
    if (!sections.has(pillar.section)) {
      report(file, `${field}.section`, 'pillar/section', `plan.json has no section “${pillar.section}”`)
    }
  }
}

function lintActors(profile: ZoneProfile, report: Report): void {
  const file = 'actors.json'
  const { actors, classes, groups } = profile.actors
  reportDuplicates(
    actors.map(({ code }) => code),
    (index) => ({ file, field: `$.actors[${index}].code` }),
    report,
  )
  for (const [index, { clauses }] of classes.entries()) {
    reportUnknownClauses(profile, clauses, { file, field: `$.classes[${index}].clauses` }, report)
  }
  for (const [index, actor] of actors.entries()) {
    const field = `$.actors[${index}]`
    if (!classes.some(({ code }) => code === actor.class)) {
      report(file, `${field}.class`, 'actor/class', `no actor class “${actor.class}” is listed`)
    }
    if (!groups.some(({ code }) => code === actor.group)) {
      report(file, `${field}.group`, 'actor/group', `no group “${actor.group}” is listed`)
    }
  }
}

function lintPolicies(profile: ZoneProfile, report: Report): void {
  const file = 'policies.json'
  reportDuplicates(
    profile.policies.map(({ code }) => code),
    (index) => ({ file, field: `$.policies[${index}].code` }),
    report,
  )
  for (const [index, policy] of profile.policies.entries()) {
    const field = `$.policies[${index}]`
    reportUnknownClauses(profile, policy.clauses, { file, field: `${field}.clauses` }, report)
    if (policy.issuedOn && policy.inForceFrom && policy.inForceFrom < policy.issuedOn) {
      report(file, `${field}.inForceFrom`, 'date/order', 'in force before it was issued')
    }
  }
}
