import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import { nameKey } from './names.rules.ts'

type PartyKind = 'organisation' | 'person'

export interface PartySearch {
  readonly kind?: PartyKind
  readonly q?: string
  readonly standing?: string
  readonly regionCode?: string
  readonly on: CalendarDate
  readonly after?: { readonly nameKey: string; readonly id: string }
  readonly limit: number
}

const columns = [
  'party.id',
  'party.kind',
  'party.creditCode',
  'party.creditCodeOverride',
  'party.name',
  'party.nameKey',
  'party.nameEn',
  'party.regionCode',
  'party.industryCode',
  'party.country',
  'party.address',
  'party.source',
  'party.version',
  'party.createdAt',
  'party.updatedAt',
] as const

/** Parties that speak for themselves: whoever was absorbed in a merge is found under the survivor. */
function selectStanding(db: Db) {
  return db.selectFrom('party').where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('partyMerge')
          .select(sql`1`.as('one'))
          .whereRef('partyMerge.absorbedId', '=', 'party.id')
          .where('partyMerge.undoneAt', 'is', null),
      ),
    ),
  )
}

/** `%` and `_` in what people type are letters, not patterns. */
function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
}

function matching(db: Db, { kind, q, standing, regionCode, on }: PartySearch) {
  return selectStanding(db)
    .$if(kind !== undefined, (query) => query.where('party.kind', '=', kind ?? ''))
    .$if(regionCode !== undefined, (query) => query.where('party.regionCode', '=', regionCode ?? ''))
    .$if(q !== undefined, (query) =>
      query.where(({ or, eb, exists, selectFrom }) => {
        const text = q ?? ''
        return or([
          eb('party.name', 'ilike', pattern(text)),
          eb('party.nameEn', 'ilike', pattern(text)),
          eb('party.nameKey', 'like', pattern(nameKey(text))),
          eb('party.creditCode', '=', text.toUpperCase()),
          exists(
            selectFrom('partyAlias')
              .select(sql`1`.as('one'))
              .whereRef('partyAlias.partyId', '=', 'party.id')
              .where('partyAlias.nameKey', 'like', pattern(nameKey(text))),
          ),
          exists(
            selectFrom('partyIdentifier')
              .select(sql`1`.as('one'))
              .whereRef('partyIdentifier.partyId', '=', 'party.id')
              .where('partyIdentifier.value', '=', text.toUpperCase()),
          ),
        ])
      }),
    )
    .$if(standing !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('partyStanding')
            .select(sql`1`.as('one'))
            .innerJoin('partySurvivor', 'partySurvivor.partyId', 'partyStanding.partyId')
            .whereRef('partySurvivor.survivorId', '=', 'party.id')
            .where('partyStanding.standing', '=', standing ?? '')
            .where('partyStanding.validFrom', '<=', on)
            .where((eb) =>
              eb.or([eb('partyStanding.validTo', 'is', null), eb('partyStanding.validTo', '>', on)]),
            ),
        ),
      ),
    )
}

/** One page in the order of names, and how many there are in all. */
export async function searchParties(db: Db, search: PartySearch) {
  const [{ total }, rows] = await Promise.all([
    matching(db, search)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    matching(db, search)
      .select(columns)
      .$if(search.after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('party.nameKey', 'party.id'),
            '>',
            tuple(search.after?.nameKey ?? '', search.after?.id ?? ''),
          ),
        ),
      )
      .orderBy('party.nameKey')
      .orderBy('party.id')
      .limit(search.limit)
      .execute(),
  ])
  return { total: total, rows }
}

export function findParty(db: Db, id: string) {
  return db
    .selectFrom('party')
    .innerJoin('partySurvivor', 'partySurvivor.partyId', 'party.id')
    .select([...columns, 'partySurvivor.survivorId'])
    .where('party.id', '=', id)
    .executeTakeFirst()
}

export type PartyRow = NonNullable<Awaited<ReturnType<typeof findParty>>>

/** Holds the rows until the transaction ends, in one order, so that two writers cannot wait for each other. */
export function lockParties(tx: Tx, ids: readonly string[]) {
  return tx.selectFrom('party').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

/** The party and all that it has absorbed. */
export async function findFamily(db: Db, survivorId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('partySurvivor')
    .select('partyId')
    .where('survivorId', '=', survivorId)
    .execute()
  return rows.map(({ partyId }) => String(partyId))
}

export function findAliases(db: Db, partyIds: readonly string[]) {
  return db
    .selectFrom('partyAlias')
    .select(['partyId', 'kind', 'name', 'source', 'recordedAt'])
    .where('partyId', 'in', partyIds)
    .orderBy('recordedAt')
    .orderBy('id')
    .execute()
}

export function findIdentifiers(db: Db, partyIds: readonly string[]) {
  return db
    .selectFrom('partyIdentifier')
    .select(['partyId', 'scheme', 'country', 'value', 'valueMasked', 'overrideReason', 'source'])
    .where('partyId', 'in', partyIds)
    .orderBy('scheme')
    .orderBy('id')
    .execute()
}

export function findStandings(db: Db, partyIds: readonly string[]) {
  return db
    .selectFrom('partyStanding')
    .select(['id', 'partyId', 'standing', 'validFrom', 'validTo', 'source', 'certificateNumber'])
    .where('partyId', 'in', partyIds)
    .orderBy('validFrom')
    .orderBy('id')
    .execute()
}

export function findStates(db: Db, partyId: string) {
  return db
    .selectFrom('partyState')
    .select(['validFrom', 'validTo', 'name', 'nameEn', 'regionCode', 'industryCode', 'address', 'source'])
    .where('partyId', '=', partyId)
    .orderBy('validFrom')
    .execute()
}
