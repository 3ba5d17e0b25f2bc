import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { ReturnValues } from './returns.rules.ts'

/** Whose draft: the agency's own, or that of the office which types what came on paper. */
export type DraftSide = 'agency' | 'office'

export interface DraftKey {
  readonly agencyId: string
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly side: DraftSide
}

export interface ReturnDraft {
  readonly version: number
  readonly savedAt: Date
  readonly savedBy: string
  readonly answers: ReturnValues
  readonly reasons: Readonly<Record<string, string>>
}

export async function findReturnDraft(db: Db, key: DraftKey): Promise<ReturnDraft | undefined> {
  const row = await db
    .selectFrom('agencyReturnDraft')
    .select(['version', 'savedAt', 'savedBy', 'answers', 'reasons'])
    .where('agencyId', '=', key.agencyId)
    .where('periodFrom', '=', key.periodFrom)
    .where('periodTo', '=', key.periodTo)
    .where('side', '=', key.side)
    .executeTakeFirst()
  // Written only after the contract has checked both.
  return row as ReturnDraft | undefined
}

/** The periods for which a side has a draft. */
export async function listDraftPeriods(db: Db, agencyId: string, side: DraftSide): Promise<string[]> {
  const rows = await db
    .selectFrom('agencyReturnDraft')
    .select('periodFrom')
    .where('agencyId', '=', agencyId)
    .where('side', '=', side)
    .execute()
  return rows.map(({ periodFrom }) => periodFrom)
}

interface NewDraft extends Omit<ReturnDraft, 'version'> {
  readonly basedOn: number
}

/** The new version; undefined when somebody else has saved meanwhile. */
export async function saveReturnDraft(tx: Tx, key: DraftKey, draft: NewDraft): Promise<number | undefined> {
  const { basedOn, savedAt, savedBy } = draft
  const content = {
    answers: JSON.stringify(draft.answers),
    reasons: JSON.stringify(draft.reasons),
    savedAt,
    savedBy,
    version: basedOn + 1,
  }
  if (basedOn === 0) {
    const added = await tx
      .insertInto('agencyReturnDraft')
      .values({ ...key, ...content })
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .executeTakeFirst()
    return added?.version
  }
  const changed = await tx
    .updateTable('agencyReturnDraft')
    .set(content)
    .where('agencyId', '=', key.agencyId)
    .where('periodFrom', '=', key.periodFrom)
    .where('periodTo', '=', key.periodTo)
    .where('side', '=', key.side)
    .where('version', '=', basedOn)
    .returning('version')
    .executeTakeFirst()
  return changed?.version
}

/** What has been filed needs no draft any more. */
export async function dropReturnDraft(tx: Tx, key: DraftKey): Promise<void> {
  await tx
    .deleteFrom('agencyReturnDraft')
    .where('agencyId', '=', key.agencyId)
    .where('periodFrom', '=', key.periodFrom)
    .where('periodTo', '=', key.periodTo)
    .where('side', '=', key.side)
    .execute()
}
