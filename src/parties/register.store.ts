import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { insertAll } from '#platform/insert-all.ts'
import { maskIdentifier, PERSONAL_SCHEMES } from './identifiers.rules.ts'
import { findKnown, hasCode, type MatchBasis } from './match.store.ts'
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
  readonly matchedBy: MatchBasis | null
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
    registered.push(
      ...(await upsertBatch(
        tx,
        recording,
        organisations.slice(start, start + BATCH).map(standing),
        withoutCode,
      )),
    )
  }
  return registered
}

function standing(given: OrganisationGiven): OrganisationGiven {
  const read = readOrganisation(given)
  if ('problem' in read)
    throw new BrokenInvariant(`${read.problem.field} ${read.problem.value}: ${read.problem.reason}`)
  return read.ok
}

async function upsertBatch(
  tx: Tx,
  recording: Recording,
  given: readonly OrganisationGiven[],
  withoutCode: 'same-source' | 'always-new',
): Promise<Registered[]> {
  const known = await findKnown(
    tx,
    recording.source,
    withoutCode === 'same-source' ? given : given.filter(hasCode),
  )
  const registered: Registered[] = []
  const fresh = await newIds(tx, given.length)
  let created = new Map<string, OrganisationGiven>()
  for (const organisation of given) {
    const match = known.match(organisation)
    if (match === undefined) {
      const id = fresh.pop()
      if (id === undefined) throw new BrokenInvariant('more parties than ids')
      created.set(id, organisation)
      known.add(id, organisation, stateOf(organisation))
      registered.push({ id, outcome: 'created', matchedBy: null })
      continue
    }
    const { party, by } = match
    // A row that speaks of a party that an earlier row of the batch brought needs it to be there.
    if (created.has(party.id)) {
      await insertOrganisations(tx, created, recording)
      created = new Map()
    }
    const changed = await amend(tx, party, organisation, recording)
    if (changed) known.changed(party, nextState(party, organisation))
    const added = await addBelongings(tx, party.id, organisation, recording)
    registered.push({ id: party.id, outcome: changed || added ? 'updated' : 'unchanged', matchedBy: by })
  }
  await insertOrganisations(tx, created, recording)
  return registered
}

/** Ids in the order of time, so that what was entered together stands together. */
async function newIds(tx: Tx, count: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select uuidv7() as id from generate_series(1, ${count}::int)`.execute(tx)
  return rows
    .map(({ id }) => id)
    .toSorted()
    .toReversed()
}

function stateOf(given: OrganisationGiven | PersonGiven): PartyState {
  const { name, nameEn = null, regionCode = null } = given
  const { industryCode = null, address = null } = given as OrganisationGiven
  return { name, nameEn, regionCode, industryCode, address }
}

async function insertOrganisations(
  tx: Tx,
  created: ReadonlyMap<string, OrganisationGiven>,
  recording: Recording,
) {
  await insertParties(tx, 'organisation', created, recording)
  for (const [id, organisation] of created) await addBelongings(tx, id, organisation, recording)
}

async function insertParties(
  tx: Tx,
  kind: 'organisation' | 'person',
  created: ReadonlyMap<string, OrganisationGiven | PersonGiven>,
  { on, source }: Recording,
): Promise<void> {
  const all = [...created].map(([id, given]) => ({ id, given, state: stateOf(given) }))
  await insertAll(
    tx,
    'party',
    all.map(({ id, given, state }) => {
      const { creditCode = null, creditCodeOverride = null, country = 'CN' } = given as OrganisationGiven
      return {
        id,
        kind,
        creditCode,
        creditCodeOverride,
        country,
        source,
        nameKey: nameKey(state.name),
        ...state,
      }
    }),
  )
  await insertAll(
    tx,
    'partyState',
    all.map(({ id, given, state }) => ({ partyId: id, validFrom: given.since ?? on, source, ...state })),
  )
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
  const open = await tx
    .selectFrom('partyState')
    .select(['id', 'validFrom'])
    .where('partyId', '=', partyId)
    .where('validTo', 'is', null)
    .executeTakeFirstOrThrow()
  // A change dated before the open state began is known only from today's point of view: it corrects that state.
  if (String(open.validFrom) >= on) {
    await tx
      .updateTable('partyState')
      .set({ ...state, source })
      .where('id', '=', open.id)
      .execute()
    return
  }
  await tx.updateTable('partyState').set({ validTo: on }).where('id', '=', open.id).execute()
  await tx
    .insertInto('partyState')
    .values({ partyId, validFrom: on, source, ...state })
    .execute()
}

/** Aliases, identifiers and standings that are not there yet. True when one was added or changed. */
async function addBelongings(
  tx: Tx,
  partyId: string,
  given: OrganisationGiven,
  recording: Recording,
): Promise<boolean> {
  let added = false
  for (const alias of given.aliases ?? [])
    added = (await addAlias(tx, partyId, alias, recording.source)) || added
  for (const one of given.identifiers ?? [])
    added = (await addIdentifier(tx, partyId, one, recording.source)) || added
  for (const one of given.standings ?? [])
    added = (await putStanding(tx, partyId, one, recording.source)) !== 'unchanged' || added
  return added
}

export async function addAlias(
  tx: Tx,
  partyId: string,
  alias: { kind: string; name: string },
  source: string,
) {
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
  const known = await tx
    .selectFrom('partyStanding')
    .select(['id', 'validTo', 'certificateNumber'])
    .where('partyId', '=', partyId)
    .where('standing', '=', name)
    .where('validFrom', '=', validFrom)
    .executeTakeFirst()
  const values = { validTo: validTo ?? null, certificateNumber: certificateNumber ?? null }
  if (known === undefined) {
    await tx
      .insertInto('partyStanding')
      .values({ partyId, standing: name, validFrom, source, ...values })
      .execute()
    return 'created'
  }
  if (known.validTo === values.validTo && known.certificateNumber === values.certificateNumber)
    return 'unchanged'
  await tx
    .updateTable('partyStanding')
    .set({ ...values, source })
    .where('id', '=', known.id)
    .execute()
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
  const fresh = await newIds(tx, people.length)
  const created = new Map<string, PersonGiven>()
  for (const person of people) {
    const hash = person.residentId === undefined ? undefined : residentHash(person.residentId, key)
    const known =
      hash === undefined
        ? undefined
        : await tx
            .selectFrom('partyIdentifier')
            .select('partyId')
            .where('scheme', '=', 'cn-resident-id')
            .where('valueHash', '=', hash)
            .executeTakeFirst()
    if (known) {
      registered.push({ id: known.partyId, outcome: 'unchanged', matchedBy: 'identifier' })
      continue
    }
    const id = fresh.pop()
    if (id === undefined) throw new BrokenInvariant('more people than ids')
    // At once where it has a number, so that the same number further down finds it.
    if (hash === undefined) created.set(id, person)
    else await insertParties(tx, 'person', new Map([[id, person]]), recording)
    if (hash !== undefined) {
      await tx
        .insertInto('partyIdentifier')
        .values({
          partyId: id,
          scheme: 'cn-resident-id',
          country: 'CN',
          value: null,
          valueHash: hash,
          valueMasked: maskIdentifier(person.residentId ?? ''),
          overrideReason: null,
          source: recording.source,
        })
        .execute()
    }
    registered.push({ id, outcome: 'created', matchedBy: null })
  }
  await insertParties(tx, 'person', created, recording)
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
  return tx
    .selectFrom('partyIdentifier')
    .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', scheme)
    .where('partyIdentifier.country', '=', country)
    .where('value', '=', value)
    .executeTakeFirst()
}

export function findOwnerOfResidentId(tx: Tx, value: string, key: Uint8Array | undefined) {
  return tx
    .selectFrom('partyIdentifier')
    .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', 'cn-resident-id')
    .where('valueHash', '=', residentHash(value, key))
    .executeTakeFirst()
}
