import { addDays, date } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import { hasRole } from '#platform/access.ts'
import { readPersonalData } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { agencies } from './contract.ts'
import { recordingOf } from './keeping.api.ts'
import { findAgency, lockAgency } from './register.store.ts'
import { isReportingPeriod } from './returns.rules.ts'
import { findReturns, findReturnsOver, recordReturn } from './returns.store.ts'

const os = implementation(agencies)

const returns = os.returns.handler(async ({ input: { code, purpose }, context, errors }) => {
  const agency = await findAgency(context.db, code)
  if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  if (!mayHandle(agency.partyId, context)) throw errors.FORBIDDEN()
  const filed = await findReturns(context.db, agency.id)
  const revenue = JSON.stringify(filed.map(({ revenueFen }) => revenueFen))
  const { record } = await readPersonalData(context, {
    kind: 'organisation',
    record: { revenue },
    recordId: code,
    subject: { kind: 'organisation', id: agency.partyId },
    ties: { organisationIds: [agency.partyId] },
    purpose,
  })
  const masked = record.revenue !== revenue
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

    // A revision says again what was reported then: the figure of that time is restated, not moved to another year.
    const filedOn = revised?.filedOn ?? context.today
    const filed = { periodFrom, periodTo, revenueFen: input.revenueFen, headcount: input.headcount, filedOn }
    const recording = recordingOf(agency, { ...input, observedOn: context.today })
    const seals = await recordReturn(tx, agency.id, filed, recording, revised?.id)
    await recordAudit(tx, context, {
      action: revised === undefined ? 'agency.return-filed' : 'agency.return-revised',
      subject: { kind: 'agency', id: agency.id },
      detail: { code, periodFrom, lastDay: addDays(periodTo, -1), cause: input.cause },
      seals,
    })
    return { ...filed, source: input.source }
  })
})

export const returnsApi = { returns, fileReturn }

/** An agency files for itself; those who keep the register or the statistics may file what it reported on paper. */
function mayHandle(partyId: string, { actor }: Context): boolean {
  if (hasRole(actor, 'officer', 'operator', 'statistician')) return true
  return actor.kind === 'account' && actor.organisationIds.includes(partyId)
}
