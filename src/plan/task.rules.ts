import { date, daysBetween, type CalendarDate } from '#platform/calendar.ts'
import { LEVELS, type Level, type Unit } from '../zone/governance.rules.ts'

export const TASK_STATES = ['planned', 'active', 'completed', 'cancelled'] as const
export type TaskState = (typeof TASK_STATES)[number]

/** Without these three no task starts: 时间、人员、目标三落实 (S197). */
export const THREE = ['time', 'person', 'target'] as const
export type Three = (typeof THREE)[number]

export interface Settled {
  readonly startsOn: string | null
  readonly dueOn: string | null
  /** Whether somebody who sits in the leading unit today answers for the task. */
  readonly hasPerson: boolean
  readonly target: string | null
}

/** Which of the three a task lacks, in the order in which the plan names them. */
export function missingOf({ startsOn, dueOn, hasPerson, target }: Settled): Three[] {
  const there: Record<Three, boolean> = {
    time: startsOn !== null && dueOn !== null,
    person: hasPerson,
    target: target !== null && target.trim() !== '',
  }
  return THREE.filter((one) => !there[one])
}

/** Where a task stands on a day. What has passed its day is late, whatever anybody reports. */
export const STANDINGS = [
  'late',
  'startLate',
  'unmanned',
  'dueSoon',
  'active',
  'planned',
  'unsettled',
  'completedLate',
  'completed',
  'cancelled',
] as const
export type Standing = (typeof STANDINGS)[number]

export interface TaskOnDay extends Settled {
  readonly state: TaskState
  readonly completedOn: string | null
  /** The day first promised; lateness of a finished task is measured against this, not against a moved day. */
  readonly baselineDueOn: string | null
}

/** Within this many days of its end a running task is due soon. A convention of the platform, shown on the page. */
export const DUE_SOON_DAYS = 14

export function standingOf(task: TaskOnDay, today: CalendarDate): Standing {
  if (task.state === 'cancelled') return 'cancelled'
  if (task.state === 'completed') {
    const promised = task.baselineDueOn ?? task.dueOn
    return promised !== null && task.completedOn !== null && task.completedOn > promised
      ? 'completedLate'
      : 'completed'
  }
  if (task.dueOn !== null && task.dueOn < today) return 'late'
  if (task.state === 'planned') {
    if (task.startsOn !== null && task.startsOn < today) return 'startLate'
    return missingOf(task).length > 0 ? 'unsettled' : 'planned'
  }
  if (!task.hasPerson) return 'unmanned'
  if (task.dueOn !== null && daysBetween(today, date(task.dueOn)) <= DUE_SOON_DAYS) return 'dueSoon'
  return 'active'
}

/** Days past the day that the task now promises; 0 when it is not late. */
export function daysLate(task: Pick<TaskOnDay, 'state' | 'dueOn'>, today: CalendarDate): number {
  if (task.state === 'completed' || task.state === 'cancelled' || task.dueOn === null) return 0
  return Math.max(0, daysBetween(date(task.dueOn), today))
}

export interface Ordered {
  readonly standing: Standing
  readonly daysLate: number
  readonly dueOn: string | null
  readonly code: string
}

/** Late first, the longest late before all; then by urgency, then by the day due; what has no day comes last. */
export function byUrgency(a: Ordered, b: Ordered): number {
  const rank = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing)
  if (rank !== 0) return rank
  if (a.daysLate !== b.daysLate) return b.daysLate - a.daysLate
  if (a.dueOn !== b.dueOn) return (a.dueOn ?? '9999-12-31') < (b.dueOn ?? '9999-12-31') ? -1 : 1
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}

/** `2026-07`: the seventh task of the plan of 2026. */
export function taskCode(year: number, number: number): string {
  return `${year}-${String(number).padStart(2, '0')}`
}

/** The level that assigns to this one; undefined for the top. */
export function levelAbove(level: Level): Level | undefined {
  return LEVELS[LEVELS.indexOf(level) - 1]
}

export interface OpenAssignment {
  readonly id: string
  readonly level: Level
  readonly unit: string
}

/** Under which assignment a unit would stand: the one named, or the only one there is on the level above. */
export function parentFor(
  unit: Pick<Unit, 'level'>,
  open: readonly OpenAssignment[],
  asked: string | undefined,
): OpenAssignment | undefined {
  const above = levelAbove(unit.level)
  const candidates = open.filter(({ level }) => level === above)
  return asked === undefined ? candidates[0] : candidates.find(({ unit: code }) => code === asked)
}

export interface ActionClauses {
  readonly sections: readonly { readonly id: string; readonly line: number; readonly level: number }[]
  readonly clauses: readonly { readonly id: string; readonly line: number }[]
}

/** The clauses that a section of the plan spells out: those on its lines, up to the next heading of its level. */
export function clausesOfSection({ sections, clauses }: ActionClauses, id: string): string[] {
  const at = sections.findIndex((section) => section.id === id)
  const section = sections[at]
  if (section === undefined) return []
  const next = sections.slice(at + 1).find(({ level }) => level <= section.level)
  return clauses
    .filter(({ line }) => line >= section.line && line < (next?.line ?? Infinity))
    .map((clause) => clause.id)
}

/** What share of its time a running task has used, in whole per cent: what one would expect to be done. */
export function expectedPercent(startsOn: CalendarDate, dueOn: CalendarDate, today: CalendarDate): number {
  if (today >= dueOn) return 100
  if (today <= startsOn) return 0
  return Math.floor((100 * daysBetween(startsOn, today)) / daysBetween(startsOn, dueOn))
}
