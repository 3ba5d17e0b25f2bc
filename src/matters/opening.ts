/** How every handler comes to a matter: those who may not see it learn nothing, not even that it exists. */
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Procedure, Procedures } from './define.ts'
import { findMatter, lockMatter, type MatterRow } from './matter.store.ts'
import type { Place } from './queue.store.ts'
import { refused } from './refused.ts'
import { standingOf, type Standing } from './standing.ts'

export interface Opened {
  readonly matter: MatterRow
  readonly procedure: Procedure
  readonly standing: Standing
}

export async function openMatter(
  context: Context,
  procedures: Procedures,
  number: string,
  db: Db = context.db,
): Promise<Opened> {
  const matter = await findMatter(db, number)
  const procedure = matter && procedures.get(matter.procedureCode)
  if (matter === undefined || procedure === undefined) throw refused('UNKNOWN_MATTER', 404, { number })
  const standing = await standingOf(db, context, procedure, matter)
  if (standing.side === undefined) throw refused('UNKNOWN_MATTER', 404, { number })
  return { matter, procedure, standing }
}

/** The same under the lock of the row, for what is about to be written. */
export async function lockOpened(
  tx: Tx,
  context: Context,
  procedures: Procedures,
  number: string,
): Promise<Opened> {
  const { matter } = await openMatter(context, procedures, number, tx)
  await lockMatter(tx, matter.id)
  return openMatter(context, procedures, number, tx)
}

export function needOffice({ side }: Standing): void {
  if (side !== 'office') throw refused('NOT_OF_THE_OFFICE', 403)
}

export function needOpen({ closedAt, state }: MatterRow): void {
  if (closedAt !== null) throw refused('MATTER_CLOSED', 409, { state })
}

/** The account that acts; every operation that asks for it lets in signed-in people alone. */
export function personOf({ actor }: Context) {
  if (actor.kind !== 'account') throw refused('UNAUTHENTICATED', 401)
  return actor
}

const Key = z.union([
  z.literal(''),
  z.iso.date(),
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/)
    .refine((key) => z.iso.date().safeParse(key.slice(0, 10)).success),
])
const Cursor = z.tuple([Key, z.uuid()])

export function cursorOf({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** @throws INVALID_CURSOR */
export function placeOf(cursor: string | undefined, timed: boolean): Place | undefined {
  if (cursor === undefined) return undefined
  let written: unknown
  try {
    written = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw refused('INVALID_CURSOR', 400)
  }
  const { data } = Cursor.safeParse(written)
  if (data === undefined || (timed ? data[0].length < 20 : data[0].length > 10))
    throw refused('INVALID_CURSOR', 400)
  return { key: data[0], id: data[1] }
}

/** @throws INVALID_CURSOR where it is no id. */
export function idCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success) throw refused('INVALID_CURSOR', 400)
  return cursor
}
