import { addDays } from '#platform/calendar.ts'
import { GOAL_MATTER_TYPES } from '../../services/rules.ts'
import type { Random } from '../random.ts'
import type { Agency } from './agencies.ts'
import { patentNumber } from './codes.ts'
import { dayIn, type Firm } from './firms.ts'
import type { Making } from './generate.ts'
import { SOURCE } from './model.ts'

const planBegan = '2024-03-15'

/** One of the agencies that were in the zone on that day, the larger ones more often. */
function agencyOn(random: Random, agencies: readonly Agency[], day: string): Agency {
  for (;;) {
    const agency = random.pick(agencies)
    const there = agency.movedIn <= day && (agency.movedOut === null || agency.movedOut > day)
    if (there && (random.chance(agency.size) || random.chance(0.1))) return agency
  }
}

/** Which firms were served at all is planned by standing; how often, and by whom, is drawn. */
export function makeServiceRecords(
  making: Making,
  agencies: readonly Agency[],
  firms: readonly Firm[],
): void {
  const { parameters, zone, rows, recordedAt } = making
  const random = making.random('service')
  const classes = zone.services.map(({ code }) => code)
  let reference = 0
  for (const firm of servedFirms(making, random, firms)) {
    for (let index = random.integer(1, parameters.serviceRecordsPerFirm * 2 - 1); index > 0; index--) {
      const servedOn = dayIn(random, planBegan, parameters.until)
      rows.serviceRecord.push({
        id: random.uuid(),
        agencyId: agencyOn(random, agencies, servedOn).id,
        clientId: firm.id,
        reference: `SR${String(++reference).padStart(7, '0')}`,
        matterType: random.pick(GOAL_MATTER_TYPES),
        serviceClass: random.pick(classes),
        servedOn,
        clusterCode: firm.cluster,
        source: SOURCE,
        recordedAt,
        voidedAt: null,
        voidReason: null,
      })
    }
  }
}

function servedFirms({ parameters }: Making, random: Random, firms: readonly Firm[]): Firm[] {
  const { highTech, specialised, preIpo } = parameters.served
  const of = (standing: string) => firms.filter(({ standings }) => standings.has(standing))
  const chosen = new Set([
    ...random.sample(of('specialised'), specialised),
    ...random.sample(of('pre-ipo'), preIpo),
  ])
  const plain = of('high-tech').filter(({ standings }) => standings.size === 1)
  for (const firm of random.sample(plain, Math.max(0, highTech - chosen.size))) chosen.add(firm)
  return [
    ...chosen,
    ...random.sample(
      firms.filter(({ standings }) => standings.size === 0),
      320,
    ),
  ]
}

export function makeDeals(making: Making, agencies: readonly Agency[], firms: readonly Firm[]): void {
  const { parameters } = making
  const random = making.random('deals')
  let serial = 100_000
  for (const [kind, byYear] of [
    ['transfer', parameters.transfers],
    ['licence', parameters.licences],
  ] as const) {
    for (const [year, patents] of Object.entries(byYear)) {
      const end = year === parameters.until.slice(0, 4) ? parameters.until : `${year}-12-31`
      for (let left = patents, number = 1; left > 0; number++) {
        const count = Math.min(left, random.chance(0.8) ? 1 : random.integer(2, 9))
        left -= count
        const [grantor, grantee] = random.sample(firms, 2)
        if (grantor === undefined || grantee === undefined) continue
        serial = addDeal(making, random, {
          kind,
          year: Number(year),
          number,
          count,
          serial,
          grantor,
          grantee,
          recordedOn: dayIn(random, `${year}-01-02`, end),
          agencies,
        })
      }
    }
  }
}

interface DealShape {
  readonly kind: 'transfer' | 'licence'
  readonly year: number
  readonly number: number
  readonly count: number
  readonly serial: number
  readonly grantor: Firm
  readonly grantee: Firm
  readonly recordedOn: string
  readonly agencies: readonly Agency[]
}

function addDeal({ rows, recordedAt }: Making, random: Random, deal: DealShape): number {
  const { kind, year, number, count, serial, grantor, grantee, recordedOn, agencies } = deal
  const id = random.uuid()
  rows.deal.push({
    id,
    kind,
    recordalNumber: `${kind === 'transfer' ? 'T' : 'L'}${year}${String(number).padStart(5, '0')}`,
    recordedOn,
    documentHash: random.hash(),
    grantorId: grantor.id,
    granteeId: grantee.id,
    agencyId: agencyOn(random, agencies, recordedOn).id,
    amountFen: random.integer(1, 80) * 1_000_000,
    relatedParties: random.chance(0.04),
    source: SOURCE,
    recordedAt,
    voidedAt: null,
    voidReason: null,
  })
  for (let at = 0; at < count; at++) {
    rows.dealPatent.push({
      dealId: id,
      kind,
      recordedOn,
      patentNumber: patentNumber(random.integer(2014, year - 1), random.chance(0.6) ? 1 : 2, serial + at),
    })
  }
  return serial + count
}

/** Filings notified as abnormal, most of them withdrawn since. */
export function makeFilings(making: Making, agencies: readonly Agency[], firms: readonly Firm[]): void {
  const { parameters, rows, recordedAt } = making
  const random = making.random('filings')
  const { notified, withdrawn } = parameters.abnormalFilings
  for (let index = 0; index < notified; index++) {
    const notifiedOn = dayIn(random, '2026-01-15', '2026-09-30')
    rows.abnormalFiling.push({
      id: random.uuid(),
      applicationNumber: patentNumber(2025, random.chance(0.5) ? 1 : 2, 800_000 + index).slice(2),
      applicantId: random.pick(firms).id,
      agencyId: agencyOn(random, agencies, notifiedOn).id,
      notifiedOn,
      replyDueOn: addDays(notifiedOn, 30),
      withdrawnOn: index < withdrawn ? addDays(notifiedOn, random.integer(5, 45)) : null,
      source: SOURCE,
      recordedAt,
    })
  }
}

/** Two agencies were warned last year: what strikes them off the list of the excellent, and raises the question of their stay. */
export function makePenalties(
  { parameters, rows, random: stream }: Making,
  agencies: readonly Agency[],
): void {
  const random = stream('penalties')
  const year = Number(parameters.until.slice(0, 4)) - 1
  const there = agencies.filter(({ movedIn, movedOut }) => movedIn < `${year}-01-01` && movedOut === null)
  const largest = there.toSorted((one, other) => other.size - one.size).slice(0, 12)
  for (const agency of random.sample(largest, 2)) {
    const partyId = rows.agency.find(({ id }) => id === agency.id)?.partyId
    if (partyId === undefined) continue
    rows.agencyPenalty.push({
      id: random.uuid(),
      agencyName: agency.name,
      nameKey: agency.name,
      sanction: '警告',
      decidedOn: dayIn(random, `${year}-03-01`, `${year}-11-30`),
      partyId,
      source: SOURCE,
    })
  }
}
