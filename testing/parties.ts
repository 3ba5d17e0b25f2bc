import type { CalendarDate } from '#platform/calendar.ts'
import { type Db, inTransaction } from '#platform/database.ts'
import { putStanding, registerPeople, type Standing, upsertOrganisations } from '../src/parties/public.ts'

const recording = { on: '2020-01-01' as CalendarDate, source: 'fixture' }

/** So many organisations, known by name only. */
export async function plantFirms(db: Db, count: number, name = 'Firm'): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}` }))
  const registered = await inTransaction(db, (tx) => upsertOrganisations(tx, recording, names))
  return registered.map(({ id }) => id)
}

export async function plantPeople(db: Db, count: number, name = 'Person'): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}` }))
  const registered = await inTransaction(db, (tx) => registerPeople(tx, recording, names))
  return registered.map(({ id }) => id)
}

export function giveStanding(
  db: Db,
  partyId: string,
  standing: Standing,
  validFrom: string,
  validTo?: string,
) {
  const days = {
    validFrom: validFrom as CalendarDate,
    ...(validTo === undefined ? {} : { validTo: validTo as CalendarDate }),
  }
  return inTransaction(db, (tx) => putStanding(tx, partyId, { standing, ...days }, 'fixture'))
}
