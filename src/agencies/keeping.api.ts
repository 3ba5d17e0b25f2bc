import { type CalendarDate, date } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { resolveParty } from '../parties/public.ts'
import { agencies } from './contract.ts'
import type { FactName, FactValues } from './facts.rules.ts'
import { recordStay } from './membership.store.ts'
import {
  findAgencyOfParty,
  insertAgency,
  lockAgency,
  type LockedAgency,
  type Recording,
  stateFact,
  type Written,
} from './register.store.ts'
import { pastDay } from './vantage.ts'

const os = implementation(agencies)

const register = os.register.handler(({ input, context, errors }) => {
  const { facts, stay } = input
  const observedOn = pastDay('observedOn', input.observedOn, context.today, errors)
  const validFrom = pastDay('validFrom', input.validFrom, context.today, errors)
  if (stay !== undefined) pastDay('stay.movedIn', stay.movedIn, context.today, errors)
  refuseUnknownClasses(facts, context, errors)
  if (stay !== undefined && !isCarrier(stay.carrier, context))
    throw errors.UNKNOWN_CARRIER({ data: { carrier: stay.carrier } })

  return context.write(async (tx) => {
    const partyId = await resolveParty(tx, input.partyId)
    if (partyId === undefined) throw errors.UNKNOWN_PARTY({ data: { partyId: input.partyId } })
    const registered = await findAgencyOfParty(tx, partyId)
    if (registered !== undefined) throw errors.ALREADY_REGISTERED({ data: { code: registered.code } })

    const { id, code } = await insertAgency(tx, partyId)
    const recording = { source: input.source, observedOn, cause: null, recordedAt: context.now.toISOString() }
    const written: Written[] = [
      { table: 'agency', id },
      ...(await stateFacts(tx, id, facts, { validFrom }, recording)),
    ]
    if (stay !== undefined) {
      const { carrier, unit, movedIn, reason } = stay
      const first = {
        carrierCode: carrier,
        unit,
        movedIn: date(movedIn),
        movedOut: null,
        reasonIn: reason,
        reasonOut: null,
      }
      written.push(...(await recordStay(tx, id, first, recording)))
    }
    await recordAudit(tx, context, {
      action: 'agency.registered',
      subject: { kind: 'agency', id },
      detail: { code, fields: Object.keys(facts) },
      seals: written,
    })
    return { code }
  })
})

const correct = os.correct.handler(({ input: { code, facts, ...input }, context, errors }) => {
  const observedOn = pastDay('observedOn', input.observedOn, context.today, errors)
  const validFrom = pastDay('validFrom', input.validFrom, context.today, errors)
  const validTo = input.validTo === undefined ? undefined : date(input.validTo)
  if (validTo !== undefined && validTo <= validFrom)
    throw errors.ENDS_BEFORE_IT_BEGINS({ data: { validFrom, validTo } })
  refuseUnknownClasses(facts, context, errors)

  return context.write(async (tx) => {
    const agency = await lockAgency(tx, code, context.now)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    const recording = recordingOf(agency, { ...input, observedOn })
    const seals = await stateFacts(tx, agency.id, facts, { validFrom, validTo }, recording)
    await recordAudit(tx, context, {
      action: 'agency.corrected',
      subject: { kind: 'agency', id: agency.id },
      detail: { code, fields: Object.keys(facts), validFrom, source: input.source, cause: input.cause },
      seals,
    })
    return { code }
  })
})

export const keepingApi = { register, correct }

async function stateFacts(
  tx: Tx,
  agencyId: string,
  facts: FactValues,
  days: { validFrom: CalendarDate; validTo?: CalendarDate | undefined },
  recording: Recording,
): Promise<Written[]> {
  const written: Written[] = []
  for (const [field, value] of Object.entries(facts) as [FactName, unknown][]) {
    written.push(...(await stateFact(tx, agencyId, { field, value, ...days }, recording)))
  }
  return written
}

/** What an officer says of the source, at the moment at which the register may record it. */
export function recordingOf(
  { recordedAt }: LockedAgency,
  { source, observedOn, cause }: { source: string; observedOn: CalendarDate; cause?: string | undefined },
): Recording {
  return { source, observedOn, cause: cause ?? null, recordedAt }
}

export function isCarrier(carrier: string, { zone }: Context): boolean {
  return zone.carriers.some(({ id }) => id === carrier)
}

/** Every list, order and statistic sorts services by the zone's classes (S14); a class outside them would be lost. */
function refuseUnknownClasses(
  { classes = [] }: FactValues,
  { zone }: Context,
  errors: { UNKNOWN_CLASS(refusal: { data: { class: string } }): Error },
) {
  const unknown = classes.find((one) => !zone.services.some(({ code }) => code === one))
  if (unknown !== undefined) throw errors.UNKNOWN_CLASS({ data: { class: unknown } })
}
