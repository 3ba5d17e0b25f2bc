import { type Report, reportDisorder, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { Target } from './measure.rules.ts'
import type { ZoneProfile } from './rules.ts'

/** Targets, published figures, thresholds, stage rules, services and industries. */
export function lintMeasures(profile: ZoneProfile, report: Report): void {
  lintTargets(profile, report)
  lintPublished(profile, report)
  lintThresholds(profile, report)
  lintStageRules(profile, report)
  lintServices(profile, report)
  lintIndustries(profile, report)
  const at = { file: 'suppression.json', field: '$.clauses' }
  reportUnknownClauses(profile, profile.suppression.clauses, at, report)
}

function lintTargets(profile: ZoneProfile, report: Report): void {
  const file = 'targets.json'
  reportDuplicates(
    profile.targets.map(({ code }) => code),
    (index) => ({ file, field: `$.targets[${index}].code` }),
    report,
  )
  for (const [index, target] of profile.targets.entries()) {
    const field = `$.targets[${index}]`
    reportUnknownClauses(profile, [target.clause], { file, field: `${field}.clause` }, report)
    if (!profile.pillars.some(({ code }) => code === target.pillar)) {
      report(file, `${field}.pillar`, 'target/pillar', `pillars.json has no pillar “${target.pillar}”`)
    }
    lintOperator(target, field, report)
    lintPeriod(target, field, report)
    lintPath(target, field, report)
  }
}

function lintOperator(target: Target, field: string, report: Report): void {
  const file = 'targets.json'
  const namesFigure = target.operator === '>' || target.operator === '>='
  if (namesFigure && target.target === null) {
    report(
      file,
      `${field}.target`,
      'target/operator',
      `“${target.operator}” needs the figure to compare with`,
    )
  }
  if (!namesFigure && target.target !== null) {
    report(
      file,
      `${field}.target`,
      'target/operator',
      `“${target.operator}” compares with no figure of its own`,
    )
  }
  if ((target.operator === 'exceeds-comparator') !== (target.comparator !== null)) {
    const message =
      target.comparator === null
        ? '“exceeds-comparator” must say what is to be exceeded'
        : `“${target.operator}” does not look at a comparator`
    report(file, `${field}.comparator`, 'target/comparator', message)
  }
}

function lintPeriod({ measure, period, baseline }: Target, field: string, report: Report): void {
  const file = 'targets.json'
  if ((period.choice === 'cumulative') !== (period.since !== null)) {
    const message = 'a cumulative target names its first day, and no other does'
    report(file, `${field}.period.since`, 'target/period', message)
  }
  if (measure === 'stock' && period.choice !== 'as-of') {
    report(
      file,
      `${field}.period.choice`,
      'target/period',
      'a stock stands on a day; it is neither annual nor cumulative',
    )
  }
  if (measure === 'flow' && period.choice === 'as-of') {
    report(
      file,
      `${field}.period.choice`,
      'target/period',
      'a flow is annual or cumulative; the choice must be declared',
    )
  }
  if (baseline && period.since && baseline.date < period.since) {
    report(file, `${field}.baseline.date`, 'date/order', 'the baseline lies before the first day counted')
  }
}

function lintPath({ path, target, targetYear }: Target, field: string, report: Report): void {
  const file = 'targets.json'
  for (const [index, { year }] of path.entries()) {
    const before = path[index - 1]
    if (before && before.year >= year) {
      report(file, `${field}.path[${index}].year`, 'path/order', `${year} is not after ${before.year}`)
    }
    if (year > targetYear) {
      report(file, `${field}.path[${index}].year`, 'path/beyond', `the target is due in ${targetYear}`)
    }
  }
  const last = path.at(-1)
  if (last && target !== null && last.year === targetYear && last.value < target) {
    report(file, `${field}.path[${path.length - 1}].value`, 'path/short', 'the path ends below the target')
  }
}

function lintPublished(profile: ZoneProfile, report: Report): void {
  const file = 'targets.json'
  reportDuplicates(
    profile.published.map(({ code }) => code),
    (index) => ({ file, field: `$.published[${index}].code` }),
    report,
  )
  for (const [index, { target }] of profile.published.entries()) {
    if (target === null || profile.targets.some(({ code }) => code === target)) continue
    report(file, `$.published[${index}].target`, 'published/target', `no target “${target}” is listed`)
  }
}

function lintThresholds(profile: ZoneProfile, report: Report): void {
  const file = 'thresholds.json'
  reportDuplicates(
    profile.thresholds.map(({ code }) => code),
    (index) => ({ file, field: `$.thresholds[${index}].code` }),
    report,
  )
  for (const [index, { clauses, values }] of profile.thresholds.entries()) {
    const field = `$.thresholds[${index}]`
    reportUnknownClauses(profile, clauses, { file, field: `${field}.clauses` }, report)
    reportDisorder(values, (value) => ({ file, field: `${field}.values[${value}].from` }), report)
  }
}

function lintStageRules(profile: ZoneProfile, report: Report): void {
  const file = 'stage-rules.json'
  reportDisorder(profile.stageRules, (version) => ({ file, field: `$.versions[${version}].from` }), report)
  for (const [version, { clauses, stages }] of profile.stageRules.entries()) {
    const field = `$.versions[${version}]`
    reportUnknownClauses(profile, clauses, { file, field: `${field}.clauses` }, report)
    reportDuplicates(
      stages.map(({ stage }) => stage),
      (index) => ({ file, field: `${field}.stages[${index}].stage` }),
      report,
    )
    for (const [index, { needed, conditions }] of stages.entries()) {
      if (needed <= conditions.length) continue
      const message = `${needed} conditions must hold, ${conditions.length} are listed`
      report(file, `${field}.stages[${index}].needed`, 'stage/needed', message)
    }
    const last = stages.at(-1)
    if (last && last.needed > 0) {
      const message = 'the last stage takes whoever reaches no other, so it needs no condition'
      report(file, `${field}.stages[${stages.length - 1}].needed`, 'stage/last', message)
    }
  }
}

function lintServices(profile: ZoneProfile, report: Report): void {
  const file = 'service-taxonomy.json'
  const services = profile.services.flatMap((serviceClass, c) => [
    { code: serviceClass.code, field: `$.classes[${c}].code` },
    ...serviceClass.services.map(({ code }, s) => ({ code, field: `$.classes[${c}].services[${s}].code` })),
  ])
  reportDuplicates(
    services.map(({ code }) => code),
    (index) => ({ file, field: services[index]?.field ?? '$' }),
    report,
  )
  for (const [c, serviceClass] of profile.services.entries()) {
    reportUnknownClauses(profile, serviceClass.clauses, { file, field: `$.classes[${c}].clauses` }, report)
    for (const [s, { soughtBy }] of serviceClass.services.entries()) {
      const at = { file, field: `$.classes[${c}].services[${s}].soughtBy` }
      reportUnknownClauses(profile, soughtBy === null ? [] : [soughtBy], at, report)
    }
  }
}

function lintIndustries(profile: ZoneProfile, report: Report): void {
  const file = 'industries.json'
  const members = profile.industries.flatMap(({ groups }, s) =>
    groups.flatMap((group, g) =>
      group.members.map(({ code }, m) => ({
        code,
        field: `$.systems[${s}].groups[${g}].members[${m}].code`,
      })),
    ),
  )
  reportDuplicates(
    members.map(({ code }) => code),
    (index) => ({ file, field: members[index]?.field ?? '$' }),
    report,
  )
  for (const [s, system] of profile.industries.entries()) {
    reportUnknownClauses(profile, [system.clause], { file, field: `$.systems[${s}].clause` }, report)
    for (const [g, { stated, members }] of system.groups.entries()) {
      if (members.length === 0 || members.length === stated) continue
      const message = `the plan counts ${stated}; ${members.length} are named (name all, or none while unknown)`
      report(file, `$.systems[${s}].groups[${g}].members`, 'industry/stated', message)
    }
  }
}
