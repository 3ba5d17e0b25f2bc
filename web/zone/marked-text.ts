export interface MarkedClause {
  readonly id: string
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

export interface Piece {
  readonly text: string
  /** The clauses whose words these are; none for the words between them. */
  readonly clauses: readonly string[]
}

/** Cuts a line where a clause begins or ends, so that words shared by two clauses are one piece that names both. */
export function cutByClauses(line: string, clauses: readonly MarkedClause[]): Piece[] {
  const edges = clauses.flatMap(({ spans }) => spans.flatMap(({ start, end }) => [start, end]))
  const cuts = [...new Set([0, ...edges, line.length])].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((start, index) => ({
    text: line.slice(start, cuts[index + 1]),
    clauses: clauses
      .filter(({ spans }) => spans.some((span) => span.start <= start && start < span.end))
      .map(({ id }) => id),
  }))
}
