import { randomUUID } from 'node:crypto'
import type { CalendarDate } from '#platform/calendar.ts'
import { type Db, inTransaction } from '#platform/database.ts'
import { upsertOrganisations } from '../parties/public.ts'
import type { OrganisationGiven } from '../parties/public.ts'
import { insertAgencies, insertFacts, insertStays } from './bulk.store.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import type { FactValues } from './facts.rules.ts'
import { fieldsFor } from './returns.rules.ts'

const source = 'fixture'
let planted = 0

export interface Planting {
  readonly name?: string
  readonly carrier?: string
  readonly movedIn?: string
  readonly movedOut?: string
  readonly facts?: FactValues
  readonly observedOn?: string
}

export interface Planted {
  readonly id: string
  readonly code: string
  readonly partyId: string
}

/** Organisations that are not in any register yet; they have no credit code, so each is known by its name. */
export function plantOrganisations(
  db: Db,
  names: readonly string[],
  given: Partial<OrganisationGiven> = {},
  on = '2020-01-01',
): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    const registered = await upsertOrganisations(
      tx,
      { on: on as CalendarDate, source },
      names.map((name) => ({ ...given, name })),
    )
    return registered.map(({ id }) => id)
  })
}

/** Agencies as the register would hold them, each with one stay; recorded long ago, so that corrections come later. */
export async function plantAgencies(
  db: Db,
  plantings: readonly Planting[],
  carrier: string,
): Promise<Planted[]> {
  const named = plantings.map((planting) => {
    planted += 1
    return {
      ...planting,
      name: planting.name ?? `Agency ${planted}`,
      id: randomUUID(),
      code: `T${String(planted).padStart(6, '0')}`,
    }
  })
  const parties = await plantOrganisations(
    db,
    named.map(({ name, code }) => `${name} (${code})`),
  )
  const agencies = named.map((planting, index) => ({ ...planting, partyId: parties[index] ?? '' }))
  const recordedAt = '2020-01-01T00:00:00Z'
  await inTransaction(db, async (tx) => {
    await insertAgencies(
      tx,
      agencies.map(({ id, code, partyId }) => ({ id, code, partyId })),
    )
    await insertStays(
      tx,
      agencies.map((one) => ({
        agencyId: one.id,
        carrierCode: one.carrier ?? carrier,
        movedIn: one.movedIn ?? '2024-01-01',
        movedOut: one.movedOut ?? null,
        reasonIn: 'moved in',
        reasonOut: one.movedOut === undefined ? null : 'moved out',
        source,
        observedOn: one.movedIn ?? '2024-01-01',
        recordedAt,
      })),
    )
    await insertFacts(
      tx,
      agencies.flatMap(({ id, name, facts, observedOn = '2026-06-01' }) =>
        Object.entries({ name, classes: ['agency'], ...facts }).map(([field, value]) => ({
          agencyId: id,
          field: field as keyof FactValues,
          value,
          validFrom: '2020-01-01',
          source,
          observedOn,
          recordedAt,
        })),
      ),
    )
  })
  return agencies.map(({ id, code, partyId }) => ({ id, code, partyId }))
}

/** A zero for each field that the zone's form asks of these classes, beside the two that are counted. */
export function noAnswers(
  { returnForms }: ZoneProfile,
  classes: readonly string[] = ['agency'],
): Record<string, number> {
  const forms = returnForms.at(-1)
  const fields = forms === undefined ? [] : fieldsFor(forms, classes)
  return Object.fromEntries(
    fields.flatMap(({ code }) => (code === 'revenue' || code === 'headcount' ? [] : [[code, 0]])),
  )
}
