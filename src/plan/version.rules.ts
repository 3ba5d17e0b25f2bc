export interface PlannedTask {
  readonly code: string
  readonly action: string
  readonly title: string
  readonly startsOn: string
  readonly dueOn: string
  readonly target: string
  readonly unit: string | null
  readonly indicator: string | null
}

export interface PlanDifference {
  readonly code: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly title: string
  readonly before: PlannedTask | null
  readonly after: PlannedTask | null
}

const FIELDS = ['action', 'title', 'startsOn', 'dueOn', 'target', 'unit', 'indicator'] as const

/** What the second version changes against the first, in the order of the codes. */
export function planDifferences(
  before: readonly PlannedTask[],
  after: readonly PlannedTask[],
): PlanDifference[] {
  const old = new Map(before.map((task) => [task.code, task]))
  const now = new Map(after.map((task) => [task.code, task]))
  const codes = [...new Set([...old.keys(), ...now.keys()])].sort()
  return codes.flatMap((code): PlanDifference[] => {
    const [was, is] = [old.get(code) ?? null, now.get(code) ?? null]
    const title = (is ?? was)?.title ?? code
    if (was === null) return [{ code, kind: 'added', title, before: null, after: is }]
    if (is === null) return [{ code, kind: 'removed', title, before: was, after: null }]
    const same = FIELDS.every((field) => was[field] === is[field])
    return same ? [] : [{ code, kind: 'changed', title, before: was, after: is }]
  })
}
