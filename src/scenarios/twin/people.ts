import { addDays } from '#platform/calendar.ts'
import type { Agency } from './agencies.ts'
import { addParty, dayIn } from './firms.ts'
import type { Making } from './generate.ts'
import { SOURCE } from './model.ts'

export interface Person {
  readonly id: string
  readonly agencyId: string
}

const positions = ['专利代理师', '商标代理人', '流程专员', '检索分析师', '知识产权顾问', '律师', '运营经理']

/** The people at work in each agency today, and who among them may practise. */
export function makePeople(making: Making, agencies: readonly Agency[]): Person[] {
  const { parameters, rows, names, recordedAt } = making
  const random = making.random('people')
  const people: Person[] = []
  for (const agency of agencies) {
    for (let index = 0; index < agency.staff; index++) {
      const id = random.uuid()
      const since = dayIn(random, agency.movedIn, addDays(agency.movedIn, 400))
      const from = since < parameters.until ? since : agency.movedIn
      addParty(making, {
        id,
        kind: 'person',
        name: names.person(),
        nameEn: null,
        creditCode: null,
        since: from,
      })
      rows.practitionerPost.push({
        id: random.uuid(),
        personId: id,
        agencyId: agency.id,
        position: random.pick(positions),
        validFrom: from,
        validTo: agency.movedOut !== null && agency.movedOut > from ? agency.movedOut : null,
        source: SOURCE,
        observedOn: '2026-03-28',
        recordedAt,
      })
      if (agency.movedOut === null) people.push({ id, agencyId: agency.id })
    }
  }
  licenseAttorneys(making, people)
  return people
}

function licenseAttorneys(making: Making, people: readonly Person[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('attorneys')
  const { valid, expired } = parameters.attorneys
  for (const [index, { id, agencyId }] of random.sample(people, valid + expired).entries()) {
    const validFrom = dayIn(random, '2019-01-01', '2025-06-30')
    const licenceId = random.uuid()
    // The expired ones leave the count on a known day, so that a past board can be compared with today's.
    const validTo = index < valid ? null : '2026-07-01'
    rows.attorneyLicence.push({
      id: licenceId,
      personId: id,
      agencyId,
      licenceNumber: `ZY${String(100_000 + index)}`,
      validFrom,
      validTo,
      verifiedBy: '示例核验',
      verifiedOn: '2026-04-10',
      source: SOURCE,
      recordedAt,
    })
    if (validTo !== null) making.rows.scenarioPlant.push(plantOfLicence(random.uuid(), licenceId))
  }
}

function plantOfLicence(id: string, licenceId: string) {
  return {
    id,
    kind: 'expired-licence',
    subjectTable: 'attorney_licence',
    subjectId: licenceId,
    detail: JSON.stringify({ leavesTheCountOn: '2026-07-01' }),
  }
}
