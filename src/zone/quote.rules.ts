/** Where each quote stands in the line, in order and without overlap; `missing` names the first that does not. */
export function locateQuotes(
  line: string,
  quotes: readonly string[],
): { spans: { start: number; end: number }[]; missing: string | null } {
  const spans: { start: number; end: number }[] = []
  let from = 0
  for (const quote of quotes) {
    const start = line.indexOf(quote, from)
    if (start === -1) return { spans, missing: quote }
    from = start + quote.length
    spans.push({ start, end: from })
  }
  return { spans, missing: null }
}
