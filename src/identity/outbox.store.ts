import type { Db } from '#platform/database.ts'
import type { Letter, SendLetter } from './outbox.ts'

/** Takes `Db`: a letter is put down within the transaction of what it tells of, or on its own. */
export async function putIntoOutbox(db: Db, letter: Letter): Promise<void> {
  await db.insertInto('mailOutbox').values(letter).execute()
}

export function listWaitingLetters(db: Db) {
  return db
    .selectFrom('mailOutbox')
    .select(['id', 'recipient', 'subject', 'body', 'linkPath', 'createdAt', 'attempts', 'lastError'])
    .where('sentAt', 'is', null)
    .orderBy('createdAt')
    .execute()
}

const AT_ONCE = 50

/**
 * Hands waiting letters to the mail server, oldest first; answers how many it took. A letter it refuses stays,
 * with the reason. Rows are locked one at a time, so that two workers never send one letter twice.
 */
export async function deliverLetters(db: Db, send: SendLetter): Promise<number> {
  let delivered = 0
  const tried: string[] = []
  while (tried.length < AT_ONCE) {
    const outcome = await db.transaction().execute((tx) => deliverNext(tx, send, tried))
    if (outcome === undefined) break
    tried.push(outcome.id)
    if (outcome.sent) delivered += 1
  }
  return delivered
}

async function deliverNext(tx: Db, send: SendLetter, tried: readonly string[]) {
  let waiting = tx.selectFrom('mailOutbox').selectAll().where('sentAt', 'is', null).orderBy('createdAt')
  if (tried.length > 0) waiting = waiting.where('id', 'not in', tried)
  const letter = await waiting.limit(1).forUpdate().skipLocked().executeTakeFirst()
  if (letter === undefined) return undefined
  const failure = await send(letter).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  await tx
    .updateTable('mailOutbox')
    .set({ attempts: letter.attempts + 1, lastError: failure, sentAt: failure === null ? new Date() : null })
    .where('id', '=', letter.id)
    .execute()
  return { id: letter.id, sent: failure === null }
}
