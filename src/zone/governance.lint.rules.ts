import { type Report, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import type { ZoneProfile } from './rules.ts'

/** Who governs the zone, and by which schemes agencies are appraised. */
export function lintGovernance(profile: ZoneProfile, report: Report): void {
  lintUnits(profile, report)
  lintSchemes(profile, report)
}

function lintUnits(profile: ZoneProfile, report: Report): void {
  const file = 'governance.json'
  const { units, leadingGroup, settledBy } = profile.governance
  reportDuplicates(
    units.map(({ code }) => code),
    (index) => ({ file, field: `$.units[${index}].code` }),
    report,
  )
  for (const [index, { actor }] of units.entries()) {
    if (actor !== null && !profile.actors.actors.some(({ code }) => code === actor)) {
      report(file, `$.units[${index}].actor`, 'unit/actor', `actors.json has no actor “${actor}”`)
    }
  }
  if (!units.some(({ code }) => code === leadingGroup.office)) {
    report(file, '$.leadingGroup.office', 'unit/office', `no unit “${leadingGroup.office}” is listed`)
  }
  reportDuplicates(
    leadingGroup.bodies.map(({ code }) => code),
    (index) => ({ file, field: `$.leadingGroup.bodies[${index}].code` }),
    report,
  )
  reportUnknownClauses(profile, leadingGroup.clauses, { file, field: '$.leadingGroup.clauses' }, report)
  if (settledBy !== null) reportUnknownClauses(profile, [settledBy], { file, field: '$.settledBy' }, report)
}

function lintSchemes(profile: ZoneProfile, report: Report): void {
  const file = 'appraisal.json'
  const { schemes } = profile.appraisal
  reportDuplicates(
    schemes.map(({ code, version }) => `${code} ${version}`),
    (index) => ({ file, field: `$.schemes[${index}].version` }),
    report,
  )
  for (const [index, scheme] of schemes.entries()) {
    const field = `$.schemes[${index}]`
    reportUnknownClauses(profile, scheme.clauses, { file, field: `${field}.clauses` }, report)
    const later = schemes.find(({ code, version }) => code === scheme.code && version === scheme.version + 1)
    if (later !== undefined && later.from <= scheme.from)
      report(file, `${field}.from`, 'date/order', 'the next version begins no later')
    lintClasses(profile, scheme, field, report)
    reportDuplicates(
      scheme.vetoes.map(({ code }) => code),
      (veto) => ({ file, field: `${field}.vetoes[${veto}].code` }),
      report,
    )
    for (const [at, { clauses, from, to }] of scheme.vetoes.entries()) {
      const place = `${field}.vetoes[${at}]`
      reportUnknownClauses(profile, clauses, { file, field: `${place}.clauses` }, report)
      if (to !== null && to <= from) report(file, `${place}.to`, 'date/order', 'it ends before it begins')
    }
  }
}

function lintClasses(
  profile: ZoneProfile,
  scheme: ZoneProfile['appraisal']['schemes'][number],
  field: string,
  report: Report,
): void {
  const file = 'appraisal.json'
  const last = scheme.classes.length - 1
  reportDuplicates(
    scheme.classes.map(({ code }) => code),
    (index) => ({ file, field: `${field}.classes[${index}].code` }),
    report,
  )
  for (const [index, one] of scheme.classes.entries()) {
    const place = `${field}.classes[${index}]`
    reportDuplicates(
      one.items.map(({ code }) => code),
      (item) => ({ file, field: `${place}.items[${item}].code` }),
      report,
    )
    for (const [at, { clauses }] of one.items.entries())
      reportUnknownClauses(profile, clauses, { file, field: `${place}.items[${at}].clauses` }, report)
    for (const name of one.serviceClasses) {
      if (!profile.services.some(({ code }) => code === name))
        report(file, `${place}.serviceClasses`, 'scheme/class', `the zone has no service class “${name}”`)
    }
    if ((one.serviceClasses.length === 0) !== (index === last))
      report(file, place, 'scheme/rest', 'the last class, and no other, takes all agencies that are left')
    const most = one.items.reduce((sum, item) => sum + (item.kind === 'deduct' ? 0 : item.weight), 0)
    if (most !== 100) report(file, place, 'scheme/sum', `the weights sum to ${most}, not to 100`)
  }
}
