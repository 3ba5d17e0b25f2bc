import { type Report, reportDisorder, reportDuplicates, reportUnknownClauses } from './report.rules.ts'
import { COUNTED_FIELDS, type ReturnCheck, type ReturnForms } from './returns.rules.ts'
import type { ZoneProfile } from './rules.ts'

/** Placement, exit rules and statistical returns: what refers to carriers, uses, industries, classes and fields. */
export function lintMoving(profile: ZoneProfile, report: Report): void {
  lintPlacement(profile, report)
  lintExits(profile, report)
  lintReturns(profile, report)
}

function lintPlacement({ placement, ...profile }: ZoneProfile, report: Report): void {
  const file = 'placement.json'
  reportDisorder(placement, (version) => ({ file, field: `$.versions[${version}].from` }), report)
  const industries = new Set(
    profile.industries.flatMap(({ groups }) =>
      groups.flatMap(({ members }) => members.map(({ code }) => code)),
    ),
  )
  for (const [version, { clauses, unitUses, parks }] of placement.entries()) {
    const field = `$.versions[${version}]`
    reportUnknownClauses({ ...profile, placement }, clauses, { file, field: `${field}.clauses` }, report)
    for (const [index, use] of unitUses.entries()) {
      if (profile.spaces.uses.some(({ code }) => code === use)) continue
      report(file, `${field}.unitUses[${index}]`, 'space/use', `spaces.json lists no use “${use}”`)
    }
    reportDuplicates(
      parks.map(({ carrier }) => carrier),
      (index) => ({ file, field: `${field}.parks[${index}].carrier` }),
      report,
    )
    for (const [index, park] of parks.entries()) {
      if (!profile.carriers.some(({ id }) => id === park.carrier)) {
        const message = `carriers.json has no carrier “${park.carrier}”`
        report(file, `${field}.parks[${index}].carrier`, 'carrier/unknown', message)
      }
      for (const [member, industry] of park.industries.entries()) {
        if (industries.has(industry)) continue
        const message = `industries.json names no member “${industry}”`
        report(file, `${field}.parks[${index}].industries[${member}]`, 'industry/unknown', message)
      }
    }
  }
}

function lintExits(profile: ZoneProfile, report: Report): void {
  const file = 'exit-rules.json'
  reportDisorder(profile.exitRules, (version) => ({ file, field: `$.versions[${version}].from` }), report)
  for (const [version, { clauses, triggers }] of profile.exitRules.entries()) {
    const field = `$.versions[${version}]`
    reportUnknownClauses(profile, clauses, { file, field: `${field}.clauses` }, report)
    reportDuplicates(
      triggers.map(({ code }) => code),
      (index) => ({ file, field: `${field}.triggers[${index}].code` }),
      report,
    )
  }
}

function lintReturns(profile: ZoneProfile, report: Report): void {
  const file = 'returns.json'
  reportDisorder(profile.returnForms, (version) => ({ file, field: `$.versions[${version}].from` }), report)
  for (const [version, forms] of profile.returnForms.entries()) {
    const field = `$.versions[${version}]`
    reportUnknownClauses(profile, forms.clauses, { file, field: `${field}.clauses` }, report)
    lintClasses(profile, forms, field, report)
    lintFields(forms, field, report)
    if (forms.schedules.at(-1)?.classes !== null) {
      const message = 'the last schedule takes every agency that no other names'
      report(file, `${field}.schedules[${forms.schedules.length - 1}].classes`, 'returns/everybody', message)
    }
  }
}

function lintClasses(profile: ZoneProfile, forms: ReturnForms, field: string, report: Report): void {
  const given = [
    ...forms.schedules.map(({ classes }, index) => ({ classes, at: `${field}.schedules[${index}].classes` })),
    ...forms.parts.map(({ classes }, index) => ({ classes, at: `${field}.parts[${index}].classes` })),
  ]
  for (const { classes, at } of given) {
    for (const [index, code] of (classes ?? []).entries()) {
      if (profile.services.some((one) => one.code === code)) continue
      report(
        'returns.json',
        `${at}[${index}]`,
        'class/unknown',
        `service-taxonomy.json has no class “${code}”`,
      )
    }
  }
}

function lintFields({ parts, checks }: ReturnForms, field: string, report: Report): void {
  const file = 'returns.json'
  const fields = parts.flatMap((part, p) =>
    part.fields.map(({ code }, f) => ({ code, part, at: `${field}.parts[${p}].fields[${f}].code` })),
  )
  reportDuplicates(
    fields.map(({ code }) => code),
    (index) => ({ file, field: fields[index]?.at ?? '$' }),
    report,
  )
  for (const counted of COUNTED_FIELDS) {
    if (fields.some(({ code, part }) => code === counted && part.classes === null)) continue
    report(file, `${field}.parts`, 'returns/counted', `the part for everybody lacks the field “${counted}”`)
  }
  reportDuplicates(
    checks.map(({ code }) => code),
    (index) => ({ file, field: `${field}.checks[${index}].code` }),
    report,
  )
  for (const [index, check] of checks.entries()) {
    for (const code of fieldsOfCheck(check)) {
      if (fields.some((one) => one.code === code)) continue
      report(file, `${field}.checks[${index}]`, 'returns/field', `no part has a field “${code}”`)
    }
  }
}

/** The fields that a check looks at. */
export function fieldsOfCheck(check: ReturnCheck): readonly string[] {
  switch (check.kind) {
    case 'times-last-year':
    case 'licences':
      return [check.field]
    case 'at-most':
      return [...check.fields, check.of]
    case 'per':
      return [check.field, check.by]
  }
}
