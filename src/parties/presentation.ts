import type { z } from 'zod'
import { hasRole } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { readPersonalData } from '../identity/public.ts'
import { STAFF_ROLES } from '../identity/roles.ts'
import type { Candidate, Party } from './contract.ts'
import type { IdentifierScheme } from './identifiers.rules.ts'
import { findSides, type SideRow } from './merge.store.ts'
import type { AliasKind, Standing } from './rules.ts'
import {
  findAliases,
  findFamily,
  findIdentifiers,
  findParty,
  findStandings,
  findStates,
  type PartyRow,
} from './store.ts'

/** People stand in the register for those who run it, not for the public. */
export function maySeePeople({ actor }: Context): boolean {
  return hasRole(actor, ...STAFF_ROLES) && actor.kind === 'account' && actor.secondFactor !== 'missing'
}

type Shown<Row> = Row | undefined

interface Ask {
  readonly id: string
  readonly asOf: CalendarDate
  readonly purpose?: string | undefined
}

/** Undefined where there is no such party for this caller; `since` where it was not yet recorded on that day. */
export async function showParty(
  context: Context,
  { id, asOf, purpose }: Ask,
): Promise<Shown<z.infer<typeof Party>> | { since: string }> {
  const { db } = context
  const asked = await findParty(db, id)
  if (asked === undefined || (asked.kind === 'person' && !maySeePeople(context))) return undefined
  const survivor = asked.survivorId === id ? asked : await findParty(db, asked.survivorId ?? id)
  if (survivor === undefined) return undefined
  const states = await findStates(db, survivor.id)
  const state = states.find(
    ({ validFrom, validTo }) => validFrom <= asOf && (validTo === null || asOf < validTo),
  )
  if (state === undefined) return { since: states[0]?.validFrom ?? asOf }
  const family = await findFamily(db, survivor.id)
  const [aliases, identifiers, standings] = await Promise.all([
    findAliases(db, family),
    findIdentifiers(db, family),
    findStandings(db, family),
  ])
  const { record, plain } = await masked(context, survivor, state, purpose)
  return {
    id: survivor.id,
    askedFor: id,
    kind: survivor.kind === 'person' ? 'person' : 'organisation',
    asOf,
    name: record.name,
    nameEn: record.nameEn,
    creditCode: survivor.creditCode,
    creditCodeOverridden: survivor.creditCodeOverride !== null,
    country: survivor.country,
    regionCode: state.regionCode,
    industryCode: state.industryCode,
    address: record.address,
    source: state.source,
    since: state.validFrom,
    version: survivor.version,
    updatedAt: survivor.updatedAt.toISOString(),
    aliases:
      survivor.kind === 'person'
        ? []
        : aliases.map(({ kind, name, source }) => ({ kind: kind as AliasKind, name, source })),
    identifiers: identifiers.map(showIdentifier),
    standings: standings.map((term) => ({
      ...showTerm(term),
      inForce: term.validFrom <= asOf && (term.validTo === null || asOf < term.validTo),
    })),
    revealed: [...plain],
  }
}

interface Named {
  readonly name: string
  readonly nameEn: string | null
  readonly address: string | null
}

/** A person's name and address come masked unless a purpose is stated; an organisation's are public. */
async function masked(
  context: Context,
  party: PartyRow,
  { name, nameEn, address }: Named,
  purpose: string | undefined,
) {
  if (party.kind !== 'person') return { record: { name, nameEn, address }, plain: [] }
  const read = await readPersonalData(context, {
    kind: 'person',
    record: { name, address },
    recordId: party.id,
    subject: { kind: 'person', id: party.id },
    purpose,
  })
  const shown = read.plain.includes('name')
  return { record: { ...read.record, nameEn: shown ? nameEn : null }, plain: read.plain }
}

interface IdentifierRow {
  readonly scheme: string
  readonly country: string
  readonly valueMasked: string
  readonly overrideReason: string | null
}

function showIdentifier({ scheme, country, valueMasked, overrideReason }: IdentifierRow) {
  return {
    scheme: scheme as IdentifierScheme,
    country,
    value: valueMasked,
    overridden: overrideReason !== null,
  }
}

interface TermRow {
  readonly standing: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly certificateNumber: string | null
  readonly source: string
}

function showTerm({ standing, validFrom, validTo, certificateNumber, source }: TermRow) {
  return { standing: standing as Standing, validFrom, validTo, certificateNumber, source }
}

export type ShownSide = z.infer<typeof Candidate>['first']

/** Records as they are compared, by id: everything that speaks for or against their being one. */
export async function showSides(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { row: SideRow; side: ShownSide }>> {
  if (ids.length === 0) return new Map()
  const [rows, aliases, identifiers, standings] = await Promise.all([
    findSides(db, ids),
    findAliases(db, ids),
    findIdentifiers(db, ids),
    findStandings(db, ids),
  ])
  return new Map(
    rows.map((row) => {
      const { id, kind: _kind, survivorId: _survivor, createdAt, ...fields } = row
      const side = {
        id,
        ...fields,
        recordedAt: createdAt.toISOString(),
        aliases: ownedBy(aliases, id).map(({ name }) => name),
        identifiers: ownedBy(identifiers, id).map(showIdentifier),
        standings: ownedBy(standings, id).map(showTerm),
      }
      return [id, { row, side }]
    }),
  )
}

function ownedBy<Row extends { readonly partyId: string }>(list: readonly Row[], id: string): Row[] {
  return list.filter(({ partyId }) => partyId === id)
}
