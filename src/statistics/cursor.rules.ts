/** Where the next page begins: after an id, or after so many rows of a list that has no ids to show. */
export type Cursor = { readonly after: string } | { readonly skip: number }

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Undefined for anything that `writeCursor` did not write. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (typeof value !== 'object' || value === null) return undefined
    // A NUL cannot stand in PostgreSQL text.
    if ('after' in value && typeof value.after === 'string' && !value.after.includes('\0'))
      return { after: value.after }
    if ('skip' in value && Number.isSafeInteger(value.skip) && Number(value.skip) > 0)
      return { skip: Number(value.skip) }
    return undefined
  } catch {
    return undefined
  }
}
