/** What a person has filled in, by field. Values are plain JSON: texts, numbers, lists, rows of a repeated group. */
export type Answers = Readonly<Record<string, unknown>>

export interface Merged {
  /** Both sides together; where they disagree, mine. */
  readonly answers: Answers
  /** Fields that both sides changed, and not to the same value: a person has to choose. */
  readonly disputed: readonly string[]
  /** Fields that only the other side changed. */
  readonly taken: readonly string[]
}

/**
 * Brings two versions together that began as the same `base`: what one side alone changed is taken from that side. The
 * empty text, null, no rows and a missing field are the same answer: none.
 */
export function mergeAnswers(base: Answers, mine: Answers, theirs: Answers): Merged {
  const answers: Record<string, unknown> = { ...mine }
  const [disputed, taken]: [string[], string[]] = [[], []]
  for (const field of fieldsOf(base, mine, theirs)) {
    if (sameAnswer(mine[field], theirs[field]) || sameAnswer(base[field], theirs[field])) continue
    if (!sameAnswer(base[field], mine[field])) {
      disputed.push(field)
      continue
    }
    taken.push(field)
    if (theirs[field] === undefined) Reflect.deleteProperty(answers, field)
    else answers[field] = theirs[field]
  }
  return { answers, disputed, taken }
}

function fieldsOf(...versions: readonly Answers[]): ReadonlySet<string> {
  return new Set(versions.flatMap((version) => Object.keys(version)))
}

export function isAnswered(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  return !Array.isArray(value) || value.length > 0
}

export function sameAnswer(one: unknown, other: unknown): boolean {
  if (!isAnswered(one) || !isAnswered(other)) return isAnswered(one) === isAnswered(other)
  return canonical(one) === canonical(other)
}

export function sameAnswers(one: Answers, other: Answers): boolean {
  return [...fieldsOf(one, other)].every((field) => sameAnswer(one[field], other[field]))
}

/** JSON with sorted keys: a store may hand an object back in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
