/**
 * Where a page of a sorted list begins: after the item that the cursor names. Undefined when the list no longer has it,
 * so that a reader is told instead of silently losing rows.
 */
export function placeAfter<Item>(
  items: readonly Item[],
  cursor: string | undefined,
  key: (item: Item) => string,
): number | undefined {
  if (cursor === undefined) return 0
  const at = items.findIndex((item) => key(item) === cursor)
  return at === -1 ? undefined : at + 1
}

/** The cursor of the next page; null on the last. */
export function cursorAt<Item>(
  shown: readonly Item[],
  more: boolean,
  key: (item: Item) => string,
): string | null {
  const last = shown.at(-1)
  return more && last !== undefined ? key(last) : null
}
