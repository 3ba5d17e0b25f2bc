import { addDays, type CalendarDate } from '#platform/calendar.ts'
import type { FactName } from '../../agencies/facts.rules.ts'
import type { Random } from '../random.ts'
import { addParty, dayIn } from './firms.ts'
import type { Making } from './generate.ts'
import { SOURCE } from './model.ts'

export interface Agency {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly movedIn: CalendarDate
  readonly movedOut: CalendarDate | null
  readonly classes: readonly string[]
  /** How much of the zone's work is theirs, from 0 to 1. */
  readonly size: number
  readonly staff: number
}

export function makeAgencies(making: Making): Agency[] {
  const { parameters } = making
  const random = making.random('agencies')
  const { active, left } = parameters.agencies
  const staff = random.split(parameters.practitioners, active, 4).toSorted((one, other) => other - one)
  const agencies = Array.from({ length: active + left }, (_, index) => {
    const leaves = index >= active
    return makeAgency(making, random, {
      index,
      leaves,
      staff: leaves ? random.integer(3, 12) : (staff[index] ?? 4),
    })
  })
  makeReturns(making, agencies)
  return agencies
}

interface Shape {
  readonly index: number
  readonly leaves: boolean
  readonly staff: number
}

function makeAgency(making: Making, random: Random, { index, leaves, staff }: Shape): Agency {
  const { parameters, zone, rows, names, codes, recordedAt } = making
  const id = random.uuid()
  const partyId = random.uuid()
  const { zh: name, en: nameEn } = names.agency()
  const lawFirm = name.endsWith('律师事务所')
  const founded = dayIn(
    random,
    staff > 50 ? '2004-01-01' : staff > 14 ? '2012-01-01' : '2019-01-01',
    staff > 14 ? '2018-06-30' : '2023-12-31',
  )
  const movedIn = dayIn(
    random,
    founded > '2017-09-01' ? founded : '2017-09-01',
    leaves ? '2023-06-30' : '2025-12-31',
  )
  const movedOut = leaves ? dayIn(random, '2023-09-01', '2026-09-30') : null
  const classes = classesOf(
    zone.services.map(({ code }) => code),
    random,
    lawFirm,
    staff,
  )
  const carrier = carrierFor(making, staff)
  const code = `A${String(index + 1).padStart(4, '0')}`
  const address = `${parameters.placeWords[1]}${random.pick(parameters.streets)}${random.integer(1, 199)}号${random.integer(2, 24)}层`
  addParty(making, {
    id: partyId,
    kind: 'organisation',
    name,
    nameEn,
    address,
    industryCode: lawFirm ? 'L7231' : 'M7520',
    since: founded,
    creditCode: codes.creditCode(lawFirm ? 'law-firm' : 'enterprise'),
  })
  rows.agency.push({ id, code, partyId, registeredAt: recordedAt })
  rows.agencyMembership.push({
    id: random.uuid(),
    agencyId: id,
    carrierCode: carrier,
    unit: `${random.integer(2, 24)}${random.pick(['01', '02', '05', '08', '11'])}`,
    movedIn,
    movedOut,
    reasonIn: '按发展阶段和园区产业入驻',
    reasonOut: movedOut === null ? null : random.pick(['租约到期未续', '迁往其他城区', '机构注销']),
    source: SOURCE,
    observedOn: movedOut ?? movedIn,
    cause: null,
    recordedAt,
    supersededAt: null,
  })
  const patentCode =
    classes.includes('agency') && !lawFirm ? `${parameters.agencyPrefix}${String(200 + index)}` : null
  const facts: [FactName, unknown][] = [
    ['name', name],
    ['nameEn', nameEn],
    ['legalForm', lawFirm ? 'law-firm' : name.includes('合伙') ? 'partnership' : 'company'],
    ['foundedOn', founded],
    ['classes', classes],
    [
      'patentLicence',
      patentCode === null
        ? null
        : { agencyCode: patentCode, grantedOn: addDays(founded, random.integer(60, 400)) },
    ],
    [
      'trademarkRecordal',
      classes.includes('agency') && random.chance(0.7)
        ? { number: `TM${1000 + index}`, validFrom: '2024-06-01', validTo: '2027-06-01' }
        : null,
    ],
    ['address', address],
    ['telephone', `025-0000${String(1000 + index)}`],
    ['website', `https://a${String(index + 1).padStart(4, '0')}.zone.example`],
    ['languages', random.chance(0.4) ? ['zh', 'en'] : random.chance(0.2) ? ['zh', 'en', 'ja'] : ['zh']],
    [
      'prices',
      [{ service: '发明专利申请代理', amountFen: random.integer(30, 90) * 10_000, unit: '件', note: null }],
    ],
    ['staffCount', staff],
    ['contactName', names.person()],
    ['contactPhone', `1390000${String(2000 + index)}`],
  ]
  for (const [field, value] of facts) {
    // What is reported once a year was seen in spring; the rest was looked at during the last months.
    const observedOn = field === 'staffCount' ? '2026-03-28' : dayIn(random, '2026-07-01', parameters.until)
    rows.agencyFact.push({
      id: random.uuid(),
      agencyId: id,
      field,
      value: value as never,
      sortKey: null,
      validFrom: founded > '2017-09-01' ? founded : '2017-09-01',
      validTo: null,
      source: SOURCE,
      observedOn,
      cause: null,
      recordedAt,
      supersededAt: null,
    })
  }
  return { id, code, name, movedIn, movedOut, classes, size: staff / 120, staff }
}

function classesOf(all: readonly string[], random: Random, lawFirm: boolean, staff: number): string[] {
  const first = lawFirm ? 'legal' : (all[0] ?? 'agency')
  const more = random.sample(
    all.filter((code) => code !== first),
    staff > 50 ? 3 : staff > 14 ? random.integer(0, 2) : random.integer(0, 1),
  )
  return all.filter((code) => code === first || more.includes(code))
}

/** Larger agencies sit where mature ones belong; the carrier says which stage it takes. */
function carrierFor({ zone }: Making, staff: number): string {
  const stage = staff > 50 ? 'mature' : staff > 14 ? 'growth' : 'start-up'
  return (zone.carriers.find((carrier) => carrier.stage === stage) ?? zone.carriers[0])?.id ?? ''
}

function makeReturns(making: Making, agencies: readonly Agency[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('returns')
  for (const [year, total] of Object.entries(parameters.revenueFen)) {
    const there = agencies.filter(
      ({ movedIn, movedOut }) =>
        movedIn < `${year}-12-31` && (movedOut === null || movedOut > `${year}-12-31`),
    )
    const weights = there.map(({ size }) => size * (0.8 + random.next() * 0.4))
    const sum = weights.reduce((all, weight) => all + weight, 0)
    let rest = total
    for (const [at, agency] of there.entries()) {
      const share =
        at === there.length - 1
          ? rest
          : Math.min(rest, Math.round((total * (weights[at] ?? 0)) / sum / 100) * 100)
      rest -= share
      const grown = Math.max(2, Math.round(agency.staff * (0.72 + (Number(year) - 2021) * 0.07)))
      rows.agencyReturn.push({
        id: random.uuid(),
        agencyId: agency.id,
        periodFrom: `${year}-01-01`,
        periodTo: `${Number(year) + 1}-01-01`,
        revenueFen: share,
        headcount: grown,
        filedOn: dayIn(random, `${Number(year) + 1}-02-01`, `${Number(year) + 1}-03-31`),
        source: SOURCE,
        cause: null,
        recordedAt,
        supersededAt: null,
      })
    }
  }
}
