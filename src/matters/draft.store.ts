import { sql, type Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'

export type DraftRow = Selectable<Database['matterDraft']>

/** More than anybody fills at once; beyond it somebody is filling the disk. */
export const MOST_DRAFTS = 200

export interface NewDraft {
  readonly procedureCode: string
  readonly accountId: string
  readonly organisationId: string | null
  readonly organisationName: string | null
  readonly stationCode: string | null
  readonly counterName: string | null
  readonly counterAccountId: string | null
  readonly answers: object
  readonly at: Date
}

/** Takes `Db`: a draft is kept as it is typed and is no fact yet. Undefined where the account has too many. */
export async function insertDraft(
  db: Db,
  { at, answers, ...draft }: NewDraft,
): Promise<DraftRow | undefined> {
  const open = await db
    .selectFrom('matterDraft')
    .select(({ fn }) => fn.countAll<number>().as('drafts'))
    .where('accountId', '=', draft.accountId)
    .where('submittedAt', 'is', null)
    .where('discardedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (open.drafts >= MOST_DRAFTS) return undefined
  return db
    .insertInto('matterDraft')
    .values({ ...draft, answers: JSON.stringify(answers), createdAt: at, savedAt: at })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Of the account itself, unless it was put away. */
export function findDraft(db: Db, id: string, accountId: string): Promise<DraftRow | undefined> {
  return db
    .selectFrom('matterDraft')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('counterAccountId', '=', accountId)]))
    .where('discardedAt', 'is', null)
    .executeTakeFirst()
}

export function lockDraft(tx: Tx, id: string, accountId: string): Promise<DraftRow | undefined> {
  return tx
    .selectFrom('matterDraft')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('counterAccountId', '=', accountId)]))
    .where('discardedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** Undefined when somebody saved since that version, or it is no longer open. */
export function saveDraft(
  db: Db,
  draft: {
    id: string
    accountId: string
    version: number
    answers: object
    stationCode?: string | null | undefined
    at: Date
  },
) {
  return db
    .updateTable('matterDraft')
    .set({
      answers: JSON.stringify(draft.answers),
      savedAt: draft.at,
      version: draft.version + 1,
      ...(draft.stationCode === undefined ? {} : { stationCode: draft.stationCode }),
    })
    .where('id', '=', draft.id)
    .where((eb) =>
      eb.or([eb('accountId', '=', draft.accountId), eb('counterAccountId', '=', draft.accountId)]),
    )
    .where('version', '=', draft.version)
    .where('submittedAt', 'is', null)
    .where('discardedAt', 'is', null)
    .returning(['version', 'savedAt'])
    .executeTakeFirst()
}

export async function markSubmitted(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('matterDraft').set({ submittedAt: at }).where('id', '=', id).execute()
}

/** False when it is not open. */
export async function discardDraft(db: Db, id: string, accountId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('matterDraft')
    .set({ discardedAt: at })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('counterAccountId', '=', accountId)]))
    .where('submittedAt', 'is', null)
    .where('discardedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function listDrafts(
  db: Db,
  {
    accountId,
    procedure,
    after,
    limit,
  }: {
    accountId: string
    procedure?: string | undefined
    after?: { key: string; id: string } | undefined
    limit: number
  },
) {
  let open = db
    .selectFrom('matterDraft')
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('counterAccountId', '=', accountId)]))
    .where('submittedAt', 'is', null)
    .where('discardedAt', 'is', null)
  if (procedure !== undefined) open = open.where('procedureCode', '=', procedure)
  const { total } = await open.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let page = open.selectAll().select(sql<string>`saved_at::text`.as('place'))
  if (after !== undefined)
    page = page.where(sql<boolean>`(saved_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`)
  const items = await page.orderBy('savedAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return { total, items }
}
