import { addDays, date, type CalendarDate } from '#platform/calendar.ts'
import { nameKey } from '../../parties/names.rules.ts'
import type { Random } from '../random.ts'
import type { Making } from './generate.ts'
import { SOURCE } from './model.ts'

export interface Firm {
  readonly id: string
  readonly name: string
  readonly standings: ReadonlySet<string>
  readonly cluster: string | null
}

export interface PartyGiven {
  readonly id: string
  readonly kind: 'organisation' | 'person'
  readonly name: string
  readonly nameEn: string | null
  readonly creditCode: string | null
  readonly industryCode?: string
  readonly address?: string
  readonly since: CalendarDate
}

/** Writes a party with its first state, as the register itself would. */
export function addParty({ rows, parameters, recordedAt }: Making, party: PartyGiven): void {
  const { id, kind, name, nameEn, creditCode, industryCode = null, address = null, since } = party
  const regionCode = kind === 'organisation' ? parameters.regionCode : null
  const state = { name, nameEn, regionCode, industryCode, address, source: SOURCE }
  rows.party.push({
    id,
    kind,
    creditCode,
    nameKey: nameKey(name),
    ...state,
    createdAt: recordedAt,
    updatedAt: recordedAt,
  })
  rows.partyState.push({ id: derived(id, '1'), partyId: id, validFrom: since, ...state, recordedAt })
}

/** A second id beside the first: the same hex with another last digit. */
function derived(id: string, digit: string): string {
  return id.slice(0, -1) + (id.endsWith(digit) ? '0' : digit)
}

export function dayIn(random: Random, from: string, to: string): CalendarDate {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  return addDays(date(from), random.integer(0, Math.max(0, Math.round((end - start) / 86_400_000))))
}

export function makeFirms(making: Making): Firm[] {
  const { parameters, zone, rows, names, codes, recordedAt } = making
  const random = making.random('firms')
  const clusters = zone.industries.flatMap(({ groups }) =>
    groups.flatMap(({ members }) => members.map(({ code }) => code)),
  )
  const { highTech, specialised, preIpo, other } = parameters.firms
  const firms: Firm[] = []
  for (let index = 0; index < highTech + other; index++) {
    const id = random.uuid()
    const { zh: name, en: nameEn } = names.firm()
    const since = dayIn(random, '2008-01-01', '2022-12-31')
    addParty(making, {
      id,
      kind: 'organisation',
      name,
      nameEn,
      creditCode: codes.creditCode(),
      industryCode: 'C3990',
      since,
    })
    const standings = new Set<string>()
    if (index < highTech) standings.add('high-tech')
    if (index < specialised) standings.add('specialised')
    if (index >= specialised && index < specialised + preIpo) standings.add('pre-ipo')
    for (const standing of standings) {
      // A recognition as high-tech holds three years and is renewed; the others are open-ended here.
      const validFrom = dayIn(random, '2024-01-01', '2024-03-01')
      const validTo = standing === 'high-tech' ? addDays(validFrom, 3 * 365) : null
      rows.partyStanding.push({
        id: random.uuid(),
        partyId: id,
        standing,
        validFrom,
        validTo,
        source: SOURCE,
        certificateNumber: null,
        recordedAt,
      })
    }
    firms.push({
      id,
      name,
      standings,
      cluster: clusters.length > 0 && random.chance(0.85) ? random.pick(clusters) : null,
    })
  }
  return firms
}
