import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Db, Tx } from '#platform/database.ts'
import { CODE } from './address.rules.ts'

type AddressChannel = 'sms' | 'wechat'

export function listAddresses(db: Db, accountId: string) {
  return db
    .selectFrom('noticeAddress')
    .select(['channel', 'address', 'verifiedAt'])
    .where('accountId', '=', accountId)
    .execute()
}

/** Locked, so that two requests at once do not both send a code. */
export function findAddress(tx: Tx, accountId: string, channel: AddressChannel) {
  return tx
    .selectFrom('noticeAddress')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirst()
}

export function findCodesSent(tx: Tx, accountId: string, channel: AddressChannel, today: string) {
  return tx
    .selectFrom('noticeCode')
    .select(['codes', 'lastAt'])
    .where('accountId', '=', accountId)
    .where('channel', '=', channel)
    .where('sentOn', '=', today)
    .forUpdate()
    .executeTakeFirst()
}

export async function countCode(
  tx: Tx,
  accountId: string,
  channel: AddressChannel,
  { now, today }: { now: Date; today: string },
): Promise<void> {
  await tx
    .insertInto('noticeCode')
    .values({ accountId, channel, sentOn: today, codes: 1, lastAt: now })
    .onConflict((oc) =>
      oc
        .columns(['accountId', 'channel', 'sentOn'])
        .doUpdateSet((eb) => ({ codes: eb('noticeCode.codes', '+', 1), lastAt: now })),
    )
    .execute()
}

/** A new address replaces the old one, which gets nothing more. Answers the code, which is kept nowhere. */
export async function keepAddress(
  tx: Tx,
  accountId: string,
  channel: AddressChannel,
  { address, now }: { address: string; now: Date },
): Promise<{ code: string; expiresAt: Date }> {
  const code = String(randomInt(10 ** CODE.digits)).padStart(CODE.digits, '0')
  const expiresAt = new Date(now.getTime() + CODE.minutes * 60_000)
  const values = {
    address,
    codeDigest: digest(accountId, code),
    codeExpiresAt: expiresAt,
    failures: 0,
    verifiedAt: null,
    updatedAt: now,
  }
  await tx
    .insertInto('noticeAddress')
    .values({ accountId, channel, ...values })
    .onConflict((oc) => oc.columns(['accountId', 'channel']).doUpdateSet(values))
    .execute()
  return { code, expiresAt }
}

export function isCode(accountId: string, code: string, expected: Buffer): boolean {
  return timingSafeEqual(digest(accountId, code), expected)
}

export async function countFailure(tx: Tx, accountId: string, channel: AddressChannel): Promise<void> {
  await tx
    .updateTable('noticeAddress')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('accountId', '=', accountId)
    .where('channel', '=', channel)
    .execute()
}

export async function confirmAddress(
  tx: Tx,
  accountId: string,
  channel: AddressChannel,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('noticeAddress')
    .set({ verifiedAt: now, codeDigest: null, codeExpiresAt: null, failures: 0 })
    .where('accountId', '=', accountId)
    .where('channel', '=', channel)
    .execute()
}

/** False when there was none. */
export async function forgetAddress(tx: Tx, accountId: string, channel: AddressChannel): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('noticeAddress')
    .where('accountId', '=', accountId)
    .where('channel', '=', channel)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

function digest(accountId: string, code: string): Buffer {
  return createHash('sha256').update(`${accountId}:${code}`).digest()
}
