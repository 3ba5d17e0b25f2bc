import { date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { findParty } from '../parties/public.ts'
import { findOverlap, insertLease, isNumberTaken, listUnitsHeld, lockUnit } from '../zone/public.ts'
import { blocked } from './blocked.ts'
import { clashingStay } from './membership.rules.ts'
import { findStays, recordStay } from './membership.store.ts'
import { adviseOn, classesIn, type Declared, industriesIn, type Said } from './placement.ts'
import { findAdvice, findChoice, insertAdvice, saveChoice } from './placement.store.ts'
import { findAgencyOfParty, insertAgency, lockAgency, type Recording, stateFact } from './register.store.ts'

/** What an application to move in says. */
export interface MoveInAnswers {
  readonly foundedOn: string
  readonly annualRevenue?: number | undefined
  readonly staff: number
  readonly attorneys?: number | undefined
  readonly classes: Said
  readonly industries?: Said | undefined
}

interface MoveInMatter {
  readonly id: string
  readonly number: string
  readonly answers: MoveInAnswers
  readonly applicant: { readonly organisationId: string | null; readonly name: string }
}

export function declaredIn(answers: MoveInAnswers, { zone }: Pick<Context, 'zone'>): Declared {
  return {
    foundedOn: date(answers.foundedOn),
    annualRevenueFen: answers.annualRevenue ?? null,
    staff: answers.staff,
    attorneys: answers.attorneys ?? null,
    industries: industriesIn(answers.industries ?? [], zone),
  }
}

/** Computes the advice on an application and keeps it with everything it was computed from. */
export async function advise(tx: Tx, context: Context, matter: MoveInMatter): Promise<void> {
  const partyId = matter.applicant.organisationId
  const advice = await adviseOn(tx, context, declaredIn(matter.answers, context))
  if (advice === undefined || partyId === null) return
  await insertAdvice(tx, {
    ...advice,
    matterId: matter.id,
    matterNumber: matter.number,
    partyId,
    madeOn: context.today,
    madeAt: context.now,
  })
}

interface Placing {
  readonly follow: 'yes' | 'no'
  readonly carrier?: string | undefined
  readonly units?: readonly string[] | undefined
  readonly why?: string | undefined
}

/** Places the applicant: where the advice says, or elsewhere with a reason. Units that somebody holds are refused. */
export async function place(tx: Tx, context: Context, matter: MoveInMatter, placing: Placing): Promise<void> {
  const advice = await findAdvice(tx, { matterId: matter.id })
  const follows = placing.follow === 'yes'
  if (follows && (advice === undefined || advice.finding.units.length === 0)) {
    throw blocked('no-advice', {
      zh: '没有可以采纳的入驻建议，请指定载体和单元。',
      en: 'There is no advice to follow; name the carrier and the units.',
    })
  }
  const carrier = follows ? (advice?.finding.carrier ?? '') : (placing.carrier?.trim() ?? '')
  const units = follows ? (advice?.finding.units ?? []) : unitsOf(carrier, placing.units ?? [], context)
  const held = new Set(await listUnitsHeld(tx, context.zone.id, context.today))
  const taken = units.filter((unit) => held.has(unit))
  if (units.length === 0 || taken.length > 0) {
    throw blocked(
      'unit-not-vacant',
      {
        zh: units.length === 0 ? '没有写出该载体的单元。' : `单元已有租约：${taken.join('、')}。`,
        en: units.length === 0 ? 'No unit of that carrier is named.' : `Let already: ${taken.join(', ')}.`,
      },
      taken.map((id) => ({ kind: 'unit', id, label: id, page: '/spaces' })),
    )
  }
  await saveChoice(tx, {
    matterId: matter.id,
    carrierCode: carrier,
    units,
    followsAdvice: follows,
    reason: follows ? null : (placing.why ?? ''),
    chosenOn: context.today,
    chosenAt: context.now,
  })
}

/** Of the units chosen, those that the carrier has. */
function unitsOf(carrier: string, chosen: readonly string[], { zone }: Context): string[] {
  return zone.spaces.buildings
    .filter((building) => building.carrier === carrier)
    .flatMap(({ floors }) => floors.flatMap(({ units }) => units))
    .filter(({ id }) => chosen.includes(id))
    .map(({ id }) => id)
}

interface Lease {
  readonly leaseNumber: string
  readonly monthlyRent: number
  readonly leaseUntil?: string | undefined
}

/**
 * The last step: the agency enters the register if it is new, its stay begins today and its units are let to it, all in the
 * transaction of the step. The directory and the figures follow on the day (S202, S203).
 */
export async function completeMoveIn(
  tx: Tx,
  context: Context,
  matter: MoveInMatter,
  lease: Lease,
): Promise<void> {
  const { today, zone } = context
  const partyId = matter.applicant.organisationId ?? ''
  const [party, choice] = [await findParty(tx, partyId), await findChoice(tx, matter.id)]
  if (party?.creditCode === null || party?.creditCode === undefined || choice === undefined) {
    throw blocked('no-credit-code', {
      zh: '该组织没有统一社会信用代码，不能签订租约。',
      en: 'The organisation has no unified social credit code, so nothing can be let to it.',
    })
  }
  const source = matter.number
  const agency = await agencyOf(tx, context, matter, party)
  const recording: Recording = { source, observedOn: today, cause: null, recordedAt: agency.recordedAt }
  const stay = {
    carrierCode: choice.carrierCode,
    unit: choice.units.join('、'),
    movedIn: today,
    movedOut: null,
    reasonIn: matter.number,
    reasonOut: null,
  }
  const clash = clashingStay(await findStays(tx, agency.id), stay)
  if (clash !== undefined) {
    throw blocked('already-there', {
      zh: `该机构自 ${clash.movedIn} 起已入驻。`,
      en: `The agency has been there since ${clash.movedIn}.`,
    })
  }
  await recordStay(tx, agency.id, stay, recording)
  await letUnits(tx, {
    zone: zone.id,
    today,
    units: choice.units,
    party: { ...party, creditCode: party.creditCode },
    lease,
  })
}

interface Letting {
  readonly zone: string
  readonly today: Context['today']
  readonly units: readonly string[]
  readonly party: { readonly name: string; readonly creditCode: string }
  readonly lease: Lease
}

async function letUnits(tx: Tx, { zone, today, units, party, lease }: Letting): Promise<void> {
  const validTo = lease.leaseUntil === undefined ? null : date(lease.leaseUntil)
  for (const [index, unit] of units.entries()) {
    await lockUnit(tx, zone, unit)
    const number = units.length === 1 ? lease.leaseNumber : `${lease.leaseNumber}-${index + 1}`
    const overlap = await findOverlap(tx, { zone, unit, validFrom: today, validTo })
    if (overlap !== undefined || (await isNumberTaken(tx, zone, number))) {
      throw blocked('lease-impossible', {
        zh:
          overlap === undefined
            ? `租约编号 ${number} 已被使用。`
            : `单元 ${unit} 已租给他人（${overlap.number}）。`,
        en:
          overlap === undefined
            ? `The lease number ${number} is taken.`
            : `Unit ${unit} is let (${overlap.number}).`,
      })
    }
    await insertLease(tx, {
      zone,
      unit,
      number,
      tenantName: party.name,
      tenantCreditCode: party.creditCode,
      // One rent for the whole lease, on its first unit.
      monthlyRentFen: index === 0 ? lease.monthlyRent : 0,
      validFrom: today,
      validTo,
    })
  }
}

/** The agency of the register, entered now where the organisation was in none. */
async function agencyOf(
  tx: Tx,
  context: Context,
  { answers, number }: MoveInMatter,
  party: { readonly id: string; readonly name: string },
): Promise<{ readonly id: string; readonly recordedAt: string }> {
  const known = await findAgencyOfParty(tx, party.id)
  if (known !== undefined) {
    const locked = await lockAgency(tx, known.code, context.now)
    return { id: known.id, recordedAt: locked?.recordedAt ?? context.now.toISOString() }
  }
  const { id } = await insertAgency(tx, party.id)
  const recordedAt = context.now.toISOString()
  const recording: Recording = { source: number, observedOn: context.today, cause: null, recordedAt }
  const facts = [
    ['name', party.name],
    ['classes', classesIn(answers.classes, context.zone)],
    ['foundedOn', answers.foundedOn],
    ['staffCount', answers.staff],
    ['attorneyCount', answers.attorneys],
  ] as const
  for (const [field, value] of facts) {
    if (value !== undefined) await stateFact(tx, id, { field, value, validFrom: context.today }, recording)
  }
  return { id, recordedAt }
}
