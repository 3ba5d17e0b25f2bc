import type { Bilingual } from '../zone/words.rules.ts'
import type { ReturnCheck, ReturnForms } from '../zone/returns.rules.ts'
import { fieldsFor, type ReturnValues } from './returns.rules.ts'

/** What a return is compared with. */
export interface ReturnComparison {
  /** The same period of the year before; undefined where nothing was reported for it. */
  readonly lastYear: ReturnValues | undefined
  /** Attorneys' licences that the register holds for the agency on the last day of the period. */
  readonly licences: number
}

/** What a cross-check found, with the numbers that led to it: the page words it, a replay needs nothing else. */
export interface ReturnFinding {
  readonly code: string
  readonly kind: ReturnCheck['kind']
  readonly severity: ReturnCheck['severity']
  readonly names: Bilingual
  /** The fields it looks at. */
  readonly fields: readonly string[]
  /** What was reported, or the quotient. */
  readonly value: number
  /** What it is compared with: last year's number, the number it may not exceed, the register's. Null for a quotient. */
  readonly against: number | null
  /** The bound that was crossed. */
  readonly limit: number | null
  readonly side: 'above' | 'below'
}

/** The fields of the form that have no answer; each must have one, were it zero. */
export function missingFields(
  values: ReturnValues,
  forms: ReturnForms,
  classes: readonly string[],
): readonly string[] {
  return fieldsFor(forms, classes)
    .map(({ code }) => code)
    .filter((code) => values[code] === undefined)
}

/** Answers to questions that the form does not ask of an agency of these classes. */
export function strangeFields(
  values: ReturnValues,
  forms: ReturnForms,
  classes: readonly string[],
): readonly string[] {
  const asked = new Set(fieldsFor(forms, classes).map(({ code }) => code))
  return Object.keys(values).filter((code) => !asked.has(code))
}

/**
 * The cross-checks of a return (S198). A check whose fields the form does not ask, or whose comparison is unknown, finds
 * nothing: the reporter is asked only about what can be seen.
 */
export function checkReturn(
  values: ReturnValues,
  comparison: ReturnComparison,
  { checks }: ReturnForms,
): readonly ReturnFinding[] {
  return checks.flatMap((check) => {
    const found = crossing(check, values, comparison)
    if (found === undefined) return []
    const { code, kind, severity, names } = check
    return [{ code, kind, severity, names, ...found }]
  })
}

type Crossing = Pick<ReturnFinding, 'fields' | 'value' | 'against' | 'limit' | 'side'>

function crossing(
  check: ReturnCheck,
  values: ReturnValues,
  { lastYear, licences }: ReturnComparison,
): Crossing | undefined {
  switch (check.kind) {
    case 'times-last-year':
      return timesLastYear(check, values[check.field], lastYear?.[check.field])
    case 'at-most': {
      const limit = values[check.of]
      const given = check.fields.filter((field) => values[field] !== undefined)
      const value = given.reduce((sum, field) => sum + (values[field] ?? 0), 0)
      if (limit === undefined || given.length === 0 || value <= limit) return undefined
      return { fields: [...given, check.of], value, against: limit, limit: null, side: 'above' }
    }
    case 'per': {
      const [value, by] = [values[check.field], values[check.by]]
      if (value === undefined || by === undefined || by === 0) return undefined
      const fields = [check.field, check.by]
      const quotient = value / by
      if (check.above !== null && quotient > check.above)
        return { fields, value: Math.round(quotient), against: null, limit: check.above, side: 'above' }
      if (check.below !== null && quotient < check.below)
        return { fields, value: Math.round(quotient), against: null, limit: check.below, side: 'below' }
      return undefined
    }
    case 'licences': {
      const value = values[check.field]
      if (value === undefined || Math.abs(value - licences) <= check.differsByMoreThan) return undefined
      const side = value > licences ? 'above' : 'below'
      return { fields: [check.field], value, against: licences, limit: check.differsByMoreThan, side }
    }
  }
}

function timesLastYear(
  { field, atLeast, atMost }: Extract<ReturnCheck, { kind: 'times-last-year' }>,
  value: number | undefined,
  before: number | undefined,
): Crossing | undefined {
  if (value === undefined || before === undefined || value === before) return undefined
  const crossed = { fields: [field], value, against: before }
  // From nothing to something is more than any multiple.
  if (atLeast !== null && value >= before * atLeast) return { ...crossed, limit: atLeast, side: 'above' }
  if (atMost !== null && value <= before * atMost) return { ...crossed, limit: atMost, side: 'below' }
  return undefined
}
