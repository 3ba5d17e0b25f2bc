/** What a verification finds, and how it says which entry is the first that is not as it was. */

type ProblemKind =
  | 'entry-missing'
  | 'entry-altered'
  | 'entry-not-in-log'
  | 'tree-altered'
  | 'checkpoint-altered'
  | 'checkpoint-missing'
  | 'signature-wrong'
  | 'key-unfounded'
  | 'cosignature-wrong'
  | 'row-altered'
  | 'row-missing'
  | 'row-returned'
  | 'row-added'
  | 'seal-altered'

export interface Problem {
  readonly kind: ProblemKind
  /** The entry's number in the log, from 0; null when the trouble belongs to no place in it. */
  readonly entry: number | null
  readonly table?: string
  readonly row?: string
  /** One sentence for the operator. */
  readonly what: string
}

export interface Verification {
  readonly ok: boolean
  /** Entries in the log, and those committed that the log has yet to take in. */
  readonly entries: number
  readonly pending: number
  readonly checkpoints: number
  readonly cosignatures: number
  readonly checkedRows: number
  readonly origin: string | null
  readonly root: string | null
  /** The first bad entry, when there is one. */
  readonly firstBadEntry: number | null
  /** In the order of the entries they concern; cut off after the first thousand. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
}

const reportedProblems = 1000

/** Collects problems and keeps the earliest: damage to a whole table must not fill the memory. */
export class Findings {
  #problems: Problem[] = []
  #count = 0

  add(problem: Problem): void {
    this.#count += 1
    this.#problems.push(problem)
    if (this.#problems.length > 4 * reportedProblems) this.#problems = this.sorted()
  }

  get count(): number {
    return this.#count
  }

  sorted(): Problem[] {
    const place = ({ entry }: Problem) => entry ?? Number.POSITIVE_INFINITY
    return this.#problems
      .toSorted((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
      .slice(0, reportedProblems)
  }
}
