import type { ZoneProfile } from './rules.ts'

/** What one rule reports of one place; the rule's name says which. */
export type Report = (file: string, field: string, rule: string, message: string) => void

/** Codes name records and addresses, so two things of one kind never share one. */
export function reportDuplicates(
  items: readonly string[],
  at: (index: number) => { file: string; field: string },
  report: Report,
): void {
  const first = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const earlier = first.get(item)
    if (earlier === undefined) {
      first.set(item, index)
      continue
    }
    const { file, field } = at(index)
    report(file, field, 'unique', `“${item}” already stands at ${at(earlier).field}`)
  }
}

export function reportUnknownClauses(
  profile: ZoneProfile,
  clauses: readonly string[],
  at: { file: string; field: string },
  report: Report,
): void {
  const known = new Set(profile.clauses.map(({ id }) => id))
  for (const clause of clauses) {
    if (!known.has(clause))
      report(at.file, at.field, 'clause/unknown', `clauses.json has no clause ${clause}`)
  }
}

/** Dated versions stand from the earliest to the latest, and no two begin on one day. */
export function reportDisorder(
  versions: readonly { from: string }[],
  at: (index: number) => { file: string; field: string },
  report: Report,
): void {
  for (const [index, { from }] of versions.entries()) {
    const before = versions[index - 1]
    if (!before || before.from < from) continue
    const { file, field } = at(index)
    report(file, field, 'date/order', `${from} is not after ${before.from}`)
  }
}
