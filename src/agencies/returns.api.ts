import { addDays, date } from '#platform/calendar.ts'
import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { agencies } from './contract.ts'
import { recordingOf } from './keeping.api.ts'
import { findAgency, lockAgency } from './register.store.ts'
import {
  findingsOf,
  isMasked,
  isOwn,
  mayHandle,
  reportingOf,
  type Reporting,
  withoutPast,
} from './reporting.ts'
import { dropReturnDraft } from './returns-draft.store.ts'
import { missingFields, strangeFields } from './returns-check.rules.ts'
import { isReportingPeriod, type ReturnValues } from './returns.rules.ts'
import { type ExplainedFinding, findReturns, findReturnsOver, recordReturn } from './returns.store.ts'

const os = implementation(agencies)

const returns = os.returns.handler(async ({ input: { code, purpose }, context, errors }) => {
  const agency = await findAgency(context.db, code)
  if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  if (!mayHandle(agency.partyId, context)) throw errors.FORBIDDEN()
  const filed = await findReturns(context.db, agency.id)
  const masked = filed.length > 0 && (await isMasked(context, agency, purpose))
  return { items: filed.map((one) => ({ ...one, revenueFen: masked ? null : one.revenueFen, masked })) }
})

const fileReturn = os.fileReturn.handler(({ input: { code, ...input }, context, errors }) => {
  const [periodFrom, periodTo] = [date(input.periodFrom), date(input.periodTo)]
  if (!isReportingPeriod(periodFrom, periodTo)) throw errors.PERIOD_UNFIT({ data: { periodFrom, periodTo } })
  if (periodTo > context.today) throw errors.PERIOD_NOT_OVER({ data: { periodTo, today: context.today } })

  return context.write(async (tx) => {
    const agency = await lockAgency(tx, code, context.now)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    if (!mayHandle(agency.partyId, context)) throw errors.FORBIDDEN()
    const reported = await findReturnsOver(tx, agency.id, periodFrom, periodTo)
    const revised = reported.find((one) => one.periodFrom === periodFrom && one.periodTo === periodTo)
    const other = reported.find((one) => one !== revised)
    if (other !== undefined) {
      throw errors.PERIOD_ALREADY_REPORTED({
        data: { periodFrom: other.periodFrom, periodTo: other.periodTo },
      })
    }
    if (revised !== undefined && input.cause === undefined)
      throw errors.CAUSE_MISSING({ data: { periodFrom, periodTo } })

    const reporting = await reportingOf(tx, context.zone, agency.id, { periodFrom, periodTo })
    const own = isOwn(agency.partyId, context)
    const findings = explained(reporting, input, { own, errors })
    // A revision says again what was reported then: the figure of that time is restated, not moved to another year.
    const filedOn = revised?.filedOn ?? context.today
    const filed = { periodFrom, periodTo, revenueFen: input.revenueFen, headcount: input.headcount, filedOn }
    const recording = recordingOf(agency, { ...input, observedOn: context.today })
    const detail =
      reporting.forms === undefined
        ? undefined
        : {
            formFrom: reporting.forms.from,
            answers: input.answers,
            findings,
            comparison: reporting.comparison,
          }
    const seals = await recordReturn(tx, agency.id, filed, recording, { revises: revised?.id, detail })
    const side = own ? 'agency' : 'office'
    await dropReturnDraft(tx, { agencyId: agency.id, periodFrom, periodTo, side })
    await recordAudit(tx, context, {
      action: revised === undefined ? 'agency.return-filed' : 'agency.return-revised',
      subject: { kind: 'agency', id: agency.id },
      detail: {
        code,
        periodFrom,
        lastDay: addDays(periodTo, -1),
        cause: input.cause,
        form: reporting.forms?.from,
        explained: findings.filter(({ reason }) => reason !== null).map((finding) => finding.code),
      },
      seals,
    })
    return { ...filed, source: input.source }
  })
})

export const returnsApi = { returns, fileReturn }

type Errors = Parameters<Parameters<typeof os.fileReturn.handler>[0]>[0]['errors']

interface Given {
  readonly revenueFen: number
  readonly headcount: number
  readonly answers: ReturnValues
  readonly reasons: Readonly<Record<string, string>>
}

/** The findings of a return with their reasons. Throws the refusal of what is missing, wrong, or not yet explained. */
function explained(
  reporting: Reporting,
  { revenueFen, headcount, answers, reasons }: Given,
  { own, errors }: { readonly own: boolean; readonly errors: Errors },
): ExplainedFinding[] {
  const { forms, classes } = reporting
  if (forms === undefined) return []
  const all = { ...answers, revenue: revenueFen, headcount }
  const missing = missingFields(all, forms, classes)
  if (missing.length > 0) throw errors.FIELDS_MISSING({ data: { fields: [...missing] } })
  const strange = strangeFields(all, forms, classes)
  if (strange.length > 0) throw errors.FIELDS_UNKNOWN({ data: { fields: [...strange] } })
  const findings = findingsOf(all, reporting)
  const shown = (some: typeof findings) => ({
    data: { findings: some.map((one) => mutable(own ? one : withoutPast(one))) },
  })
  const refused = findings.filter(({ severity }) => severity === 'refuse')
  if (refused.length > 0) throw errors.RETURN_REFUSED(shown(refused))
  const reasonOf = (code: string) => {
    const reason = reasons[code]?.trim() ?? ''
    return reason.length < 4 ? null : reason
  }
  const open = findings.filter(({ code, severity }) => severity === 'explain' && reasonOf(code) === null)
  if (open.length > 0) throw errors.REASON_NEEDED(shown(open))
  return findings.map((finding) => ({ ...finding, reason: reasonOf(finding.code) }))
}

export function mutable<Finding extends { readonly fields: readonly string[] }>(finding: Finding) {
  return { ...finding, fields: [...finding.fields] }
}
