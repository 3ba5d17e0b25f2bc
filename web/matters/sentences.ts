import { isRole, ROLES } from '../../src/identity/roles.ts'
import { either } from '../ui/language.ts'
import type { ClockView, Matter, MatterItem, Procedure, ProcedureItem } from './queries.ts'
import type { Tone } from '../ui/Badge.tsx'
import type { DueClockProps } from '../ui/DueClock.tsx'
import type { Text } from './text.ts'

export function roleWords(role: string): string {
  return isRole(role) ? either(ROLES[role]) : role
}

/** Who may start it, as words: 服务机构、企业. */
export function audienceWords({ startedBy }: Pick<ProcedureItem, 'startedBy'>, text: Text): string {
  if (startedBy.kind === 'anyone') return text.procedure.anyone
  if (startedBy.kind === 'signedIn') return text.procedure.signedIn
  return startedBy.roles.map(roleWords).join(text.comma)
}

type TermLike = NonNullable<Procedure['clocks'][number]['term']>

export function termWords({ n, unit }: TermLike, text: Text): string {
  return text.term[unit](n)
}

export function basisWords({ document, number, article }: Procedure['basis'][number], text: Text): string {
  return [text.document(either(document)), number, article].filter(Boolean).join(' ')
}

/** The colour of a state; that a matter is late is said beside it. */
export function toneOf({ state }: Pick<MatterItem, 'state'>): Tone {
  if (state.kind === 'closed')
    return state.outcome === 'granted' || state.outcome === 'done' ? 'met' : 'neutral'
  if (state.kind === 'waiting') return 'risk'
  return 'info'
}

/** When it is due, in words relative to today: 还有 3 天. */
export function dueWords(due: NonNullable<MatterItem['due']>, text: Text): string {
  if (due.late) return text.due.late(Math.abs(due.daysLeft))
  if (due.daysLeft === 0) return text.due.today
  return text.due.left(due.daysLeft)
}

export function standingOf({ status, late }: ClockView): DueClockProps['standing'] {
  if (status === 'stopped') return late ? 'metLate' : 'met'
  if (late) return 'late'
  return status === 'paused' ? 'paused' : 'running'
}

/** What is next, and for whom, in one sentence. */
export function nextWords(matter: Matter, text: Text): string {
  const { state, side, steps, correction } = matter
  if (state.kind === 'closed') return text.matter.closed
  if (side === 'applicant' && correction && correction.open > 0)
    return text.matter.nextCorrection(correction.open)
  if (side === 'applicant' && state.kind === 'waiting' && steps.length > 0) return text.matter.nextYours
  if (side === 'office' && matter.isHandler && state.kind === 'open') return text.matter.nextYours
  if (state.kind === 'waiting') return text.matter.nextApplicant
  return text.matter.nextOffice
}
