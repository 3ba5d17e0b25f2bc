import { type CalendarDate, date } from '#platform/calendar.ts'
import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { agencies } from './contract.ts'
import { isCarrier, recordingOf } from './keeping.api.ts'
import { clashingStay, stayToLeave } from './membership.rules.ts'
import { findStays, recordStay, type Stay } from './membership.store.ts'
import { lockAgency, type Recording, type Written } from './register.store.ts'
import { pastDay } from './vantage.ts'

const os = implementation(agencies)

const move = os.move.handler(({ input: { code, reason, ...input }, context, errors }) => {
  const on = pastDay('on', input.on, context.today, errors)
  const observedOn = pastDay('observedOn', input.observedOn, context.today, errors)
  const { move: to } = input
  if (to.kind === 'in' && !isCarrier(to.carrier, context))
    throw errors.UNKNOWN_CARRIER({ data: { carrier: to.carrier } })

  return context.write(async (tx) => {
    const agency = await lockAgency(tx, code, context.now)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    const stays = await findStays(tx, agency.id)
    const recording = recordingOf(agency, { source: input.source, observedOn })
    let stay: Stay
    let replaces: string | undefined
    if (to.kind === 'in') {
      stay = {
        carrierCode: to.carrier,
        unit: to.unit,
        movedIn: on,
        movedOut: null,
        reasonIn: reason,
        reasonOut: null,
      }
      const clash = clashingStay(stays, stay)
      if (clash !== undefined) throw errors.ALREADY_THERE({ data: { ...clash, carrier: clash.carrierCode } })
    } else {
      const left = stayToLeave(stays, on)
      if (left === undefined) throw errors.NOT_IN_ZONE({ data: { on } })
      const { id, ...known } = left
      stay = { ...known, movedOut: on, reasonOut: reason }
      replaces = id
    }
    const written = await recordStay(tx, agency.id, stay, recording, replaces)
    await recordAudit(tx, context, {
      action: to.kind === 'in' ? 'agency.moved-in' : 'agency.moved-out',
      subject: { kind: 'agency', id: agency.id },
      detail: { code, on, carrier: stay.carrierCode, reason },
      seals: written,
    })
    return answer(written, stay, recording)
  })
})

const correctStay = os.correctStay.handler(({ input: { code, stayId, ...input }, context, errors }) => {
  const observedOn = pastDay('observedOn', input.observedOn, context.today, errors)
  for (const field of ['movedIn', 'movedOut'] as const) {
    const given = input[field]
    if (given !== undefined && given !== null) pastDay(field, given, context.today, errors)
  }
  if (input.carrier !== undefined && !isCarrier(input.carrier, context))
    throw errors.UNKNOWN_CARRIER({ data: { carrier: input.carrier } })

  return context.write(async (tx) => {
    const agency = await lockAgency(tx, code, context.now)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    const stays = await findStays(tx, agency.id)
    const known = stays.find(({ id }) => id === stayId)
    if (known === undefined) throw errors.UNKNOWN_STAY({ data: { stayId } })
    const stay = corrected(known, input)
    if (stay.movedOut !== null && stay.movedOut <= stay.movedIn) {
      throw errors.ENDS_BEFORE_IT_BEGINS({ data: { movedIn: stay.movedIn, movedOut: stay.movedOut } })
    }
    if ((stay.movedOut === null) !== (stay.reasonOut === null)) throw errors.REASON_MISSING()
    const clash = clashingStay(stays, { ...stay, id: stayId })
    if (clash !== undefined) throw errors.ALREADY_THERE({ data: { ...clash, carrier: clash.carrierCode } })
    const recording = recordingOf(agency, { ...input, observedOn })
    const written = await recordStay(tx, agency.id, stay, recording, stayId)
    await recordAudit(tx, context, {
      action: 'agency.stay-corrected',
      subject: { kind: 'agency', id: agency.id },
      detail: { code, stay: stayId, cause: input.cause },
      seals: written,
    })
    return answer(written, stay, recording)
  })
})

export const movingApi = { move, correctStay }

interface StayChange {
  readonly carrier?: string | undefined
  readonly unit?: string | null | undefined
  readonly movedIn?: string | undefined
  readonly movedOut?: string | null | undefined
  readonly reasonIn?: string | undefined
  readonly reasonOut?: string | null | undefined
}

function corrected(known: Stay, change: StayChange): Stay {
  const movedOut = dayOr(known.movedOut, change.movedOut)
  return {
    carrierCode: change.carrier ?? known.carrierCode,
    unit: change.unit === undefined ? known.unit : change.unit,
    movedIn: change.movedIn === undefined ? known.movedIn : date(change.movedIn),
    movedOut,
    reasonIn: change.reasonIn ?? known.reasonIn,
    // Who stays after all has no reason to have left.
    reasonOut: movedOut === null ? null : (change.reasonOut ?? known.reasonOut),
  }
}

function dayOr(known: CalendarDate | null, given: string | null | undefined): CalendarDate | null {
  if (given === undefined) return known
  return given === null ? null : date(given)
}

function answer(
  written: readonly Written[],
  { carrierCode, ...stay }: Stay,
  { source, observedOn }: Recording,
) {
  const { unit, movedIn, movedOut, reasonIn, reasonOut } = stay
  const id = written.at(-1)?.id ?? ''
  return { id, carrier: carrierCode, unit, movedIn, movedOut, reasonIn, reasonOut, source, asOf: observedOn }
}
