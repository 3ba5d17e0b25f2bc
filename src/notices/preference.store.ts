import type { Db, Tx } from '#platform/database.ts'
import type { Channel } from './define.ts'
import type { Language } from './words.rules.ts'

export interface Choice {
  readonly kind: string
  readonly channel: Channel
  readonly wanted: boolean
}

/** What somebody chose otherwise than proposed, or chose at all. */
export async function listChoices(db: Db, accountId: string): Promise<Choice[]> {
  const rows = await db
    .selectFrom('noticePreference')
    .select(['kind', 'channel', 'wanted'])
    .where('accountId', '=', accountId)
    .execute()
  // The table's own check allows these three channels only.
  return rows.map((row) => ({ ...row, channel: row.channel as Channel }))
}

export async function keepChoices(tx: Tx, accountId: string, choices: readonly Choice[]): Promise<void> {
  if (choices.length === 0) return
  await tx
    .insertInto('noticePreference')
    .values(choices.map((choice) => ({ accountId, ...choice })))
    .onConflict((oc) =>
      oc
        .columns(['accountId', 'kind', 'channel'])
        .doUpdateSet((eb) => ({ wanted: eb.ref('excluded.wanted') })),
    )
    .execute()
}

export async function findLanguage(db: Db, accountId: string): Promise<Language | null> {
  const row = await db
    .selectFrom('noticeLanguage')
    .select('language')
    .where('accountId', '=', accountId)
    .executeTakeFirst()
  return row === undefined ? null : row.language === 'en' ? 'en' : 'zh'
}

export async function keepLanguage(tx: Tx, accountId: string, language: Language | null): Promise<void> {
  if (language === null) {
    await tx.deleteFrom('noticeLanguage').where('accountId', '=', accountId).execute()
    return
  }
  await tx
    .insertInto('noticeLanguage')
    .values({ accountId, language })
    .onConflict((oc) => oc.column('accountId').doUpdateSet({ language }))
    .execute()
}

export async function findEmail(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('userAccount')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirst()
  return row?.email ?? null
}
