import { createHmac } from 'node:crypto'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { maskIdNumber } from '../identity/mask.rules.ts'
import { insertParties, newIds, type PersonGiven, type Recording, type Registered } from './state.store.ts'

/** A code of a natural person as it can be searched for but not read back. */
function hashIdentifier(key: Uint8Array, scheme: string, value: string): string {
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
          valueMasked: maskIdNumber(person.residentId ?? ''),
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

export function findOwnerOfResidentId(tx: Tx, value: string, key: Uint8Array | undefined) {
  return tx
    .selectFrom('partyIdentifier')
    .innerJoin('party', 'party.id', 'partyIdentifier.partyId')
    .select(['party.id', 'party.name'])
    .where('scheme', '=', 'cn-resident-id')
    .where('valueHash', '=', residentHash(value, key))
    .executeTakeFirst()
}
