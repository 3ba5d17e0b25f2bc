import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { maskIdentifier, PERSONAL_SCHEMES } from './identifiers.rules.ts'
import { nameKey } from './names.rules.ts'
import {
  nextState,
  readOrganisation,
  type IdentifierGiven,
  type OrganisationGiven,
  type PartyState,
  type StandingGiven,
} from './rules.ts'

/** On which day and from where a change becomes known. */
export interface Recording {
  readonly on: CalendarDate
  readonly source: string
}

export interface Registered {
  readonly id: string
  readonly outcome: 'created' | 'updated' | 'unchanged'
  /** How the record that was already there was found. Never by a name that someone else brought. */
  readonly matchedBy: 'credit-code' | 'identifier' | 'same-source' | null
}

interface KnownParty extends PartyState {
  readonly id: string
  readonly creditCode: string | null
  readonly source: string
  readonly nameKey: string
}

// PostgreSQL takes 65,535 parameters in a statement; the widest insert here has fifteen columns.
const BATCH = 2000

/**
 * Records organisations, each once: one with the same credit code or identifier is the same party, whatever its name says.
 * An organisation without any code is the same only as one that the same source brought under the same name, or never
 * (`always-new`, for people who enter one at a time). Whoever writes an audit entry seals the rows that were created or updated.
 * One registration at a time: two would both find a code missing.
 * Throws BrokenInvariant for a code that cannot stand; callers that take input from people check it first with
 * `readOrganisation`.
 */
export async function upsertOrganisations(
  tx: Tx,
  recording: Recording,
  organisations: readonly OrganisationGiven[],
  withoutCode: 'same-source' | 'always-new' = 'same-source',
): Promise<Registered[]> {
  await sql`select pg_advisory_xact_lock(hashtext('party.register'))`.execute(tx)
  const registered: Registered[] = []
  for (let start = 0; start < organisations.length; start += BATCH) {
    registered.push(...(await upsertBatch(tx, recording, organisations.slice(start, start + BATCH).map(standing), withoutCode)))
  }
  return registered
}

function standing(given: OrganisationGiven): OrganisationGiven {
  const read = readOrganisation(given)
  if ('problem' in read) throw new BrokenInvariant(`${read.problem.field} ${read.problem.value}: ${read.problem.reason}`)
  return read.ok
}

async function upsertBatch(
  tx: Tx,
  recording: Recording,
  given: readonly OrganisationGiven[],
  withoutCode: 'same-source' | 'always-new',
): Promise<Registered[]> {
  const known = await findKnown(tx, recording.source, withoutCode === 'same-source' ? given : given.filter(hasCode))
  const registered: Registered[] = []
  const created: { id: string; given: OrganisationGiven }[] = []
  for (const organisation of given) {
    const match = known.match(organisation)
    if (match === undefined) {
      const id = await insertParty(tx, 'organisation', organisation, recording)
      created.push({ id, given: organisation })
      known.add(id, organisation)
      registered.push({ id, outcome: 'created', matchedBy: null })
      continue
    }
    const changed = await amend(tx, match.party, organisation, recording)
    const added = await addBelongings(tx, match.party.id, organisation, recording)
    registered.push({
      id: match.party.id,
      outcome: changed || added ? 'updated' : 'unchanged',
      matchedBy: match.by,
    })
  }
  for (const { id, given: organisation } of created) await addBelongings(tx, id, organisation, recording)
  return registered
}

const hasCode = ({ creditCode, identifiers }: OrganisationGiven) => creditCode !== undefined || (identifiers?.length ?? 0) > 0

const identifierKey = ({ scheme, country = 'CN', value }: IdentifierGiven) => `${scheme}|${country}|${value}`

async function findKnown(tx: Tx, source: string, given: readonly OrganisationGiven[]) {
  const columns = ['id', 'creditCode', 'source', 'name', 'nameKey', 'nameEn', 'regionCode', 'industryCode', 'address'] as const
  const codes = given.flatMap(({ creditCode }) => creditCode ?? [])
  const identifiers = given.flatMap((one) => one.identifiers ?? [])
  const uncoded = given.filter((one) => !hasCode(one))
  const parties = new Map<string, KnownParty>()
  const byCode = new Map<string, string>()
  const byIdentifier = new Map<string, string>()
  const bySourceName = new Map<string, string>()
  const remember = (party: KnownParty) => parties.set(party.id, party)

  if (codes.length > 0) {
    const rows = await tx.selectFrom('party').select(columns).where('creditCode', 'in', codes).execute()
    for (const row of rows) {
      remember(row)
      byCode.set(row.creditCode ?? '', row.id)
    }
  }
  if (identifiers.length > 0) {
    const rows = await tx
      .selectFrom('partyIdentifier')
      .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
      .select(columns.map((column) => `party.${column}` as const))
      .select(['partyIdentifier.scheme', 'partyIdentifier.country', 'partyIdentifier.value'])
      .where('partyIdentifier.value', 'in', [...new Set(identifiers.map(({ value }) => value))])
      .execute()
    for (const { scheme, country, value, ...party } of rows) {
      remember(party)
      byIdentifier.set(`${scheme}|${country}|${value}`, party.id)
    }
  }
  if (uncoded.length > 0) {
    const rows = await tx
      .selectFrom('party')
      .select(columns)
      .where('kind', '=', 'organisation')
      .where('creditCode', 'is', null)
      .where('source', '=', source)
      .where('nameKey', 'in', uncoded.map(({ name }) => nameKey(name)))
      .execute()
    for (const row of rows) {
      remember(row)
      bySourceName.set(row.nameKey, row.id)
    }
  }

  const found = (id: string | undefined) => (id === undefined ? undefined : parties.get(id))
  return {
    match(one: OrganisationGiven): { party: KnownParty; by: NonNullable<Registered['matchedBy']> } | undefined {
      const coded = found(byCode.get(one.creditCode ?? ''))
      if (coded) return { party: coded, by: 'credit-code' }
      for (const identifier of one.identifiers ?? []) {
        const party = found(byIdentifier.get(identifierKey(identifier)))
        // A code of one register that two credit codes claim is a question for a person, not a match.
        if (party && (one.creditCode === undefined || party.creditCode === null)) return { party, by: 'identifier' }
      }
      if (one.creditCode !== undefined || one.identifiers?.length) return undefined
      const named = found(bySourceName.get(nameKey(one.name)))
      return named ? { party: named, by: 'same-source' } : undefined
    },
    /** So that the second row of one file finds what its first row brought. */
    add(id: string, one: OrganisationGiven) {
      remember({ id, creditCode: one.creditCode ?? null, source, nameKey: nameKey(one.name), ...stateOf(one) })
      if (one.creditCode !== undefined) byCode.set(one.creditCode, id)
      for (const identifier of one.identifiers ?? []) byIdentifier.set(identifierKey(identifier), id)
      if (one.creditCode === undefined && !one.identifiers?.length) bySourceName.set(nameKey(one.name), id)
    },
  }
}

function stateOf(given: OrganisationGiven | PersonGiven): PartyState {
  const { name, nameEn = null, regionCode = null } = given
  const { industryCode = null, address = null } = given as OrganisationGiven
  return { name, nameEn, regionCode, industryCode, address }
}

async function insertParty(
  tx: Tx,
  kind: 'organisation' | 'person',
  given: OrganisationGiven | PersonGiven,
  { on, source }: Recording,
): Promise<string> {
  const { creditCode = null, creditCodeOverride = null, country = 'CN' } = given as OrganisationGiven
  const state = stateOf(given)
  const { id } = await tx
    .insertInto('party')
    .values({ kind, creditCode, creditCodeOverride, country, source, nameKey: nameKey(state.name), ...state })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('partyState')
    .values({ partyId: id, validFrom: given.since ?? on, source, ...state })
    .execute()
  return id
}

/**
 * Lays new values over a party from the recording's day on and keeps what was. A day has one state: a second change on the
 * same day replaces the first (the audit trail keeps both). True when anything changed.
 */
export async function amend(
  tx: Tx,
  party: PartyState & { readonly id: string; readonly creditCode: string | null },
  given: Partial<OrganisationGiven>,
  { on, source }: Recording,
): Promise<boolean> {
  const known: PartyState = {
    name: party.name,
    nameEn: party.nameEn,
    regionCode: party.regionCode,
    industryCode: party.industryCode,
    address: party.address,
  }
  const next = nextState(known, given)
  const gainsCode = given.creditCode !== undefined && party.creditCode === null
  if (next === known && !gainsCode) return false
  await tx
    .updateTable('party')
    .set(({ eb }) => ({
      ...next,
      nameKey: nameKey(next.name),
      version: eb('version', '+', 1),
      updatedAt: new Date(),
      ...(gainsCode
        ? { creditCode: given.creditCode ?? null, creditCodeOverride: given.creditCodeOverride ?? null }
        : {}),
    }))
    .where('id', '=', party.id)
    .execute()
  if (next === known) return true
  await openState(tx, party.id, next, { on, source })
  if (next.name !== known.name) await addAlias(tx, party.id, { kind: 'former', name: known.name }, source)
  return true
}

async function openState(tx: Tx, partyId: string, state: PartyState, { on, source }: Recording) {
  const open = await tx.selectFrom('partyState').select(['id', 'validFrom'])
    .where('partyId', '=', partyId).where('validTo', 'is', null).executeTakeFirstOrThrow()
  // A change dated before the open state began is known only from today's point of view: it corrects that state.
  if (String(open.validFrom) >= on) {
    await tx.updateTable('partyState').set({ ...state, source }).where('id', '=', open.id).execute()
    return
  }
  await tx.updateTable('partyState').set({ validTo: on }).where('id', '=', open.id).execute()
  await tx.insertInto('partyState').values({ partyId, validFrom: on, source, ...state }).execute()
}

/** Aliases, identifiers and standings that are not there yet. True when one was added or changed. */
async function addBelongings(tx: Tx, partyId: string, given: OrganisationGiven, recording: Recording): Promise<boolean> {
  let added = false
  for (const alias of given.aliases ?? []) added = (await addAlias(tx, partyId, alias, recording.source)) || added
  for (const one of given.identifiers ?? []) added = (await addIdentifier(tx, partyId, one, recording.source)) || added
  for (const one of given.standings ?? []) added = (await putStanding(tx, partyId, one, recording.source)) !== 'unchanged' || added
  return added
}

export async function addAlias(tx: Tx, partyId: string, alias: { kind: string; name: string }, source: string) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partyAlias')
    .values({ partyId, kind: alias.kind, name: alias.name, nameKey: nameKey(alias.name), source })
    .onConflict((conflict) => conflict.columns(['partyId', 'kind', 'nameKey']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

async function addIdentifier(tx: Tx, partyId: string, given: IdentifierGiven, source: string) {
  const { scheme, value, country = 'CN', override = null } = given
  if (PERSONAL_SCHEMES.has(scheme)) throw new BrokenInvariant(`an organisation cannot carry ${scheme}`)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partyIdentifier')
    .values({ partyId, scheme, country, value, valueMasked: value, overrideReason: override, source })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** One term of a standing; the same first day again changes its last day and its papers. */
export async function putStanding(
  tx: Tx,
  partyId: string,
  { standing: name, validFrom, validTo, certificateNumber }: StandingGiven,
  source: string,
): Promise<'created' | 'updated' | 'unchanged'> {
  const known = await tx.selectFrom('partyStanding').select(['id', 'validTo', 'certificateNumber'])
    .where('partyId', '=', partyId).where('standing', '=', name).where('validFrom', '=', validFrom).executeTakeFirst()
  const values = { validTo: validTo ?? null, certificateNumber: certificateNumber ?? null }
  if (known === undefined) {
    await tx.insertInto('partyStanding').values({ partyId, standing: name, validFrom, source, ...values }).execute()
    return 'created'
  }
  if (known.validTo === values.validTo && known.certificateNumber === values.certificateNumber) return 'unchanged'
  await tx.updateTable('partyStanding').set({ ...values, source }).where('id', '=', known.id).execute()
  return 'updated'
}

export interface PersonGiven {
  readonly name: string
  readonly nameEn?: string
  readonly regionCode?: string
  readonly since?: CalendarDate
  /** Already checked and in its normal form; stored masked and as an HMAC only. */
  readonly residentId?: string
}

/** A code of a natural person as it can be searched for but not read back. */
export function hashIdentifier(key: Uint8Array, scheme: string, value: string): string {
  return createHmac('sha256', key).update(`${scheme}\n${value}`).digest('hex')
}

/**
 * Records people. Names of people repeat, so only the same identity number makes two records one; without one every call
 * makes a new person. `key` is needed when an identity number is given.
 */
export async function registerPeople(
  tx: Tx,
  recording: Recording,
  people: readonly PersonGiven[],
  key?: Uint8Array,
): Promise<Registered[]> {
  const registered: Registered[] = []
  for (const person of people) {
    const hash = person.residentId === undefined ? undefined : residentHash(person.residentId, key)
    const known = hash === undefined ? undefined : await tx.selectFrom('partyIdentifier').select('partyId')
      .where('scheme', '=', 'cn-resident-id').where('valueHash', '=', hash).executeTakeFirst()
    if (known) {
      registered.push({ id: known.partyId, outcome: 'unchanged', matchedBy: 'identifier' })
      continue
    }
    const id = await insertParty(tx, 'person', person, recording)
    if (hash !== undefined) {
      await tx.insertInto('partyIdentifier').values({
        partyId: id, scheme: 'cn-resident-id', country: 'CN', value: null, valueHash: hash,
        valueMasked: maskIdentifier(person.residentId ?? ''), overrideReason: null, source: recording.source,
      }).execute()
    }
    registered.push({ id, outcome: 'created', matchedBy: null })
  }
  return registered
}

function residentHash(value: string, key: Uint8Array | undefined): string {
  if (key === undefined) throw new BrokenInvariant('an identity number needs the key that hides it')
  return hashIdentifier(key, 'cn-resident-id', value)
}

export function findOwnerOfCode(tx: Tx, creditCode: string) {
  return tx.selectFrom('party').select(['id', 'name']).where('creditCode', '=', creditCode).executeTakeFirst()
}

export function findOwnerOfIdentifier(tx: Tx, { scheme, value, country = 'CN' }: IdentifierGiven) {
  return tx.selectFrom('partyIdentifier').innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', scheme).where('partyIdentifier.country', '=', country).where('value', '=', value).executeTakeFirst()
}

export function findOwnerOfResidentId(tx: Tx, value: string, key: Uint8Array | undefined) {
  return tx.selectFrom('partyIdentifier').innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', 'cn-resident-id').where('valueHash', '=', residentHash(value, key)).executeTakeFirst()
}
