/** Conditions over answers: whether a question is asked, a paper needed. */

/** A field is asked for only where its condition holds over the answers given so far. */
export type Condition =
  | { readonly field: string; readonly oneOf: readonly (string | boolean)[] }
  | { readonly field: string; readonly filled: true }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export function when(
  name: string,
  ...oneOf: readonly [string | boolean, ...(string | boolean)[]]
): Condition {
  return { field: name, oneOf }
}
export const whenFilled = (name: string): Condition => ({ field: name, filled: true })
export const allOf = (...all: readonly Condition[]): Condition => ({ all })
export const anyOf = (...any: readonly Condition[]): Condition => ({ any })
export const not = (condition: Condition): Condition => ({ not: condition })

export type Answers = Readonly<Record<string, unknown>>

export function holds(condition: Condition | undefined, answers: Answers): boolean {
  if (condition === undefined) return true
  if ('all' in condition) return condition.all.every((one) => holds(one, answers))
  if ('any' in condition) return condition.any.some((one) => holds(one, answers))
  if ('not' in condition) return !holds(condition.not, answers)
  const answer = answers[condition.field]
  if ('filled' in condition) return isFilled(answer)
  const given: unknown[] = Array.isArray(answer) ? answer : [answer]
  return given.some((one) => condition.oneOf.some((wanted) => wanted === one))
}

export function isFilled(answer: unknown): boolean {
  if (answer === undefined || answer === null) return false
  if (typeof answer === 'string') return answer.trim() !== ''
  return !Array.isArray(answer) || answer.length > 0
}

/** The questions that a condition looks at. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf)
  if ('any' in condition) return condition.any.flatMap(fieldsOf)
  if ('not' in condition) return fieldsOf(condition.not)
  return [condition.field]
}
