/** The cursor of a list of patents: where a page ended, in which data version, and how long the whole list is. Pure. */
import { z } from 'zod'

const day = z.iso.date()
const key = z.string().min(1).max(60)

export const Position = z.discriminatedUnion('tier', [
  z.object({ tier: z.literal('title'), length: z.int().min(0).max(65_535), day, key }),
  z.object({ tier: z.literal('scored'), score: z.int().min(0), day, key }),
  z.object({ tier: z.literal('newest'), day, key }),
  z.object({ tier: z.literal('rest'), day, key }),
])
/** Where a document stands in the order of a list; a page goes on behind it. */
export type Position = z.infer<typeof Position>

const Cursor = z.object({
  version: z.int().min(0).max(4_294_967_294),
  total: z.int().min(0),
  position: Position,
})
export type Cursor = z.infer<typeof Cursor>

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Undefined for anything that `writeCursor` did not write. */
export function readCursor(text: string): Cursor | undefined {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
