import { addDays, addMonths, type CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { hasRole } from '#platform/access.ts'
import type { Db } from '#platform/database.ts'
import { readPersonalData } from '../identity/public.ts'
import type { ReturnForms } from '../zone/returns.rules.ts'
import { countLicences, findReporter, findReturnsOver } from './returns.store.ts'
import { checkReturn, type ReturnComparison, type ReturnFinding } from './returns-check.rules.ts'
import { answersOf, fieldsFor, type ReturnValues } from './returns.rules.ts'
import { rulesInForce } from './stage.rules.ts'

export interface Period {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
}

/** What a return of a period is made from and compared with. */
export interface Reporting {
  readonly name: string
  readonly classes: readonly string[]
  /** Undefined for a period that begins before the zone has a form. */
  readonly forms: ReturnForms | undefined
  readonly comparison: ReturnComparison
}

export async function reportingOf(
  db: Db,
  { returnForms }: Context['zone'],
  agencyId: string,
  { periodFrom, periodTo }: Period,
): Promise<Reporting> {
  const lastDay = addDays(periodTo, -1)
  const before = { periodFrom: addMonths(periodFrom, -12), periodTo: addMonths(periodTo, -12) }
  const [{ name, classes }, licences, reported] = await Promise.all([
    findReporter(db, agencyId, lastDay),
    countLicences(db, agencyId, lastDay),
    findReturnsOver(db, agencyId, before.periodFrom, before.periodTo),
  ])
  const forms = rulesInForce(returnForms, periodFrom)
  return {
    name,
    classes,
    forms,
    comparison: { lastYear: answersOf(before, reported, unitsOf(forms)), licences },
  }
}

/** The unit of a field of the form, for whatever class it asks. */
export function unitsOf(forms: ReturnForms | undefined) {
  const fields = forms?.parts.flatMap((part) => part.fields) ?? []
  return (code: string) =>
    code === 'headcount' ? 'person' : fields.find((field) => field.code === code)?.unit
}

export function findingsOf(answers: ReturnValues, { forms, comparison, classes }: Reporting) {
  if (forms === undefined) return []
  const asked = new Set(fieldsFor(forms, classes).map(({ code }) => code))
  const answered = Object.fromEntries(Object.entries(answers).filter(([code]) => asked.has(code)))
  return checkReturn(answered, comparison, forms)
}

/** An agency files for itself; those who keep the register or the statistics may file what it reported on paper. */
export function mayHandle(partyId: string, context: Pick<Context, 'actor'>): boolean {
  return isOffice(context) || isOwn(partyId, context)
}

function isOffice({ actor }: Pick<Context, 'actor'>): boolean {
  return hasRole(actor, 'officer', 'operator', 'statistician')
}

export function isOwn(partyId: string, { actor }: Pick<Context, 'actor'>): boolean {
  return actor.kind === 'account' && actor.organisationIds.includes(partyId)
}

/** What was reported is confidential (S198): plain for the agency, and for those who may ask and state a purpose. */
export async function isMasked(
  context: Context,
  agency: { readonly code: string; readonly partyId: string },
  purpose: string | undefined,
): Promise<boolean> {
  const asked = 'reported'
  const { record } = await readPersonalData(context, {
    kind: 'organisation',
    record: { revenue: asked },
    recordId: agency.code,
    subject: { kind: 'organisation', id: agency.partyId },
    ties: { organisationIds: [agency.partyId] },
    purpose,
  })
  return record.revenue !== asked
}

/** A finding for somebody who types what came on paper: that it was crossed, and not what had been reported before. */
export function withoutPast<Finding extends ReturnFinding>(finding: Finding) {
  return finding.kind === 'times-last-year' ? { ...finding, against: null } : finding
}
