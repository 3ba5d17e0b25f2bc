import type { Agency } from './agencies.ts'
import { patentNumber } from './codes.ts'
import { addParty, type Firm } from './firms.ts'
import type { Making } from './generate.ts'
import { SOURCE, type PlantKind } from './model.ts'
import type { Person } from './people.ts'

interface Made {
  readonly agencies: readonly Agency[]
  readonly firms: readonly Firm[]
  readonly people: readonly Person[]
}

/** Puts into the twin what later detectors must find, and writes down where. */
export function plantFacts(making: Making, made: Made): void {
  plantDuplicates(making, made)
  plantReturnFaults(making)
  plantBurst(making, made)
  plantResales(making, made)
  plantStaleEntries(making, made)
}

function plant(
  making: Making,
  id: string,
  kind: PlantKind,
  subjectTable: string,
  subjectId: string,
  detail: object,
) {
  making.rows.scenarioPlant.push({ id, kind, subjectTable, subjectId, detail: JSON.stringify(detail) })
}

/** The same firm written down twice: once with its code, once from a list that had only the name, in other brackets. */
function plantDuplicates(making: Making, { firms }: Made) {
  const random = making.random('plant-duplicates')
  for (const firm of random.sample(firms, 12)) {
    const id = random.uuid()
    const name = `${firm.name.slice(0, 2)}(${firm.name.slice(2, 4)})${firm.name.slice(4)}`
    addParty(making, {
      id,
      kind: 'organisation',
      name: random.chance(0.5) ? firm.name : name,
      nameEn: null,
      creditCode: null,
      since: '2025-02-01' as never,
    })
    plant(making, random.uuid(), 'duplicate-organisation', 'party', id, { duplicateOf: firm.id })
  }
}

/** One return ten times last year's, and two agencies that filed none. */
function plantReturnFaults(making: Making) {
  const { rows } = making
  const random = making.random('plant-returns')
  const latest = rows.agencyReturn.filter(({ periodFrom }) => periodFrom === '2025-01-01')
  const [jump, ...silent] = random.sample(latest.slice(40), 3)
  const before = rows.agencyReturn.find(
    ({ agencyId, periodFrom }) => agencyId === jump?.agencyId && periodFrom === '2024-01-01',
  )
  const donor = latest[0]
  if (jump === undefined || before === undefined || donor === undefined) return
  const raised = before.revenueFen * 10
  // Taken from the largest, so that the zone's total stays what the parameters say.
  donor.revenueFen = donor.revenueFen + jump.revenueFen - raised
  jump.revenueFen = raised
  plant(making, random.uuid(), 'revenue-jump', 'agency_return', String(jump.id), { timesLastYear: 10 })
  for (const missing of silent) {
    donor.revenueFen = donor.revenueFen + missing.revenueFen
    rows.agencyReturn.splice(rows.agencyReturn.indexOf(missing), 1)
    plant(making, random.uuid(), 'missing-return', 'agency', missing.agencyId, { period: '2025' })
  }
}

/** Forty filings through one small agency for one applicant in three days. */
function plantBurst(making: Making, { agencies, firms }: Made) {
  const { rows, recordedAt } = making
  const random = making.random('plant-burst')
  const agency = agencies.findLast(({ movedOut }) => movedOut === null)
  const applicant = random.pick(firms)
  if (agency === undefined) return
  for (let index = 0; index < 40; index++) {
    const id = random.uuid()
    const notifiedOn = `2026-10-${String(10 + (index % 3)).padStart(2, '0')}`
    rows.abnormalFiling.push({
      id,
      applicationNumber: patentNumber(2026, 2, 900_000 + index).slice(2),
      applicantId: applicant.id,
      agencyId: agency.id,
      notifiedOn,
      replyDueOn: '2026-11-30',
      withdrawnOn: index < 31 ? '2026-11-05' : null,
      source: SOURCE,
      recordedAt,
    })
    plant(making, random.uuid(), 'abnormal-burst', 'abnormal_filing', id, {
      agencyId: agency.id,
      applicantId: applicant.id,
    })
  }
}

/** Bought and sold on within weeks between related firms. */
function plantResales(making: Making, { firms }: Made) {
  const { rows } = making
  const random = making.random('plant-resales')
  const transfers = rows.deal.filter(
    ({ kind, recordedOn }) => kind === 'transfer' && recordedOn.startsWith('2026'),
  )
  for (const deal of random.sample(transfers, 8)) {
    deal.relatedParties = true
    deal.amountFen = 100_000
    deal.granteeId =
      random.pick(firms).id === deal.grantorId
        ? deal.granteeId
        : random.pick(firms.filter(({ id }) => id !== deal.grantorId)).id
    plant(making, random.uuid(), 'quick-resale', 'deal', String(deal.id), { related: true })
  }
}

function plantStaleEntries(making: Making, { agencies }: Made) {
  const { rows } = making
  const random = making.random('plant-stale')
  for (const agency of random.sample(
    agencies.filter(({ movedOut }) => movedOut === null),
    5,
  )) {
    const fact = rows.agencyFact.find(({ agencyId, field }) => agencyId === agency.id && field === 'address')
    if (fact === undefined) continue
    fact.observedOn = '2024-02-10'
    plant(making, random.uuid(), 'stale-directory-entry', 'agency_fact', String(fact.id), {
      field: 'address',
    })
  }
}
