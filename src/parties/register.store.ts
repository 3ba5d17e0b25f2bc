import { sql } from 'kysely'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { PERSONAL_SCHEMES } from './identifiers.rules.ts'
import { findKnown, hasCode } from './match.store.ts'
import {
  nextState,
  readOrganisation,
  type IdentifierGiven,
  type OrganisationGiven,
  type StandingGiven,
} from './rules.ts'
import {
  addAlias,
  amend,
  insertParties,
  newIds,
  type Recording,
  type Registered,
  stateOf,
} from './state.store.ts'

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

async function insertOrganisations(
  tx: Tx,
  created: ReadonlyMap<string, OrganisationGiven>,
  recording: Recording,
) {
  await insertParties(tx, 'organisation', created, recording)
  for (const [id, organisation] of created) await addBelongings(tx, id, organisation, recording)
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
