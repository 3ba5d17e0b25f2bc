import type { RefusedField } from '#platform/import-report.ts'
import type { Claim } from './declare.ts'

interface Said {
  readonly value: string
  readonly line: number
}

/**
 * What the rows of one file have said so far. Without this, two rows that contradict each other would each undo the other,
 * and the same file would never come to rest.
 */
export class Claims {
  #subjects = new Map<string, Map<string, Said>>()

  /** Remembers a row's claim, or says which earlier row it contradicts. Fields that a row leaves out claim nothing. */
  contradiction({ subject, says }: Claim, line: number): RefusedField | undefined {
    const known = this.#subjects.get(subject) ?? new Map<string, Said>()
    const given = Object.entries(says).filter(([, value]) => value !== undefined)
    for (const [field, value] of given) {
      const said = known.get(field)
      if (said === undefined || said.value === JSON.stringify(value)) continue
      const shown = typeof value === 'string' ? value : JSON.stringify(value)
      return { field, value: shown, reason: 'contradicts-earlier-row', detail: { line: said.line } }
    }
    for (const [field, value] of given)
      if (!known.has(field)) known.set(field, { value: JSON.stringify(value), line })
    this.#subjects.set(subject, known)
    return undefined
  }
}
