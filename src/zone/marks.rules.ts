/** `[S203]` or `[F010]` in the title of a test: what the test proves. */
const MARK = /\[([SF]\d+)\]/g

/** The clauses and features that a test's full title names, each once, in the order of the title. */
export function marksIn(title: string): string[] {
  return [...new Set([...title.matchAll(MARK)].map(([, mark]) => mark ?? ''))]
}

/** The title as people read it, without the marks. */
export function titleWithoutMarks(title: string): string {
  return title.replace(MARK, '').replace(/\s+/g, ' ').trim()
}
