import { date, type CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { deadlineOn } from '../zone/deadline.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { findCalendar, type CalendarInForce } from './calendar.store.ts'
import { countClock, isPaused, pausedFrom, resumedOn, type Pause } from './clock.rules.ts'
import { insertClocks, listClocks, updateClock, type ClockRow, type NewClock } from './clock.store.ts'
import type { Clock, Procedure } from './define.ts'
import { stateOf } from './procedure.rules.ts'

export interface TermInForce {
  readonly n: number
  readonly unit: 'workingDays' | 'calendarDays' | 'months'
  readonly ending: 'stays' | 'nextWorkingDay'
  readonly ruleCode: string | null
  readonly ruleFrom: string | null
  readonly sample: boolean
  readonly source: { readonly zh: string; readonly en: string } | null
}

/** The term of a clock that starts on a day; undefined where the zone has no deadline of that code in force. */
export function termOn(
  { term, basis }: Pick<Clock<string, string>, 'term' | 'basis'>,
  { deadlines }: Pick<ZoneProfile, 'deadlines'>,
  on: string,
): TermInForce | undefined {
  if (!('rule' in term)) {
    const { n, unit, endingOnDayOff = 'stays' } = term
    return {
      n,
      unit,
      ending: endingOnDayOff,
      ruleCode: null,
      ruleFrom: null,
      sample: basis.sample,
      source: basis.document,
    }
  }
  const found = deadlineOn(deadlines, term.rule, on)
  if (found === undefined) return undefined
  const { n, unit, endingOnDayOff, from, sample, source } = found.value
  return { n, unit, ending: endingOnDayOff, ruleCode: term.rule, ruleFrom: from, sample, source }
}

interface Movement {
  readonly matterId: string
  readonly procedure: Procedure
  /** `submit`, or the code of the step. */
  readonly step: string
  readonly from: string | null
  readonly to: string
}

const IN_STATE = 'state'
export const OBJECTION = 'objection'

/** Starts, pauses, resumes and stops the clocks of a matter as its step says; answers those it started. */
export async function moveClocks(tx: Tx, context: Context, movement: Movement): Promise<NewClock[]> {
  const { procedure, step, from, to, matterId } = movement
  const inForce = await findCalendar(tx, context.zone)
  const closes = stateOf(procedure, to)?.kind === 'closed'
  const known = step === 'submit' ? [] : await listClocks(tx, matterId)
  for (const row of known) {
    if (row.status === 'stopped') continue
    const declared = procedure.clocks[row.code]
    const restarts = declared?.starts.includes(step) === true
    if (closes || restarts || declared?.stops.includes(step) === true) {
      await updateClock(tx, row.id, { status: 'stopped', stoppedOn: context.today })
    } else if (declared !== undefined) {
      await pauseByState(tx, context, row, declared, { from, to }, inForce)
    }
  }
  if (closes) return []
  const started = Object.entries(procedure.clocks)
    .filter(([, { starts }]) => starts.includes(step))
    .map(([code, declared]) => newClock(context, code, declared, movement, inForce))
  await insertClocks(tx, started)
  return started
}

function newClock(
  { zone, today }: Context,
  code: string,
  declared: Clock<string, string>,
  { matterId, to }: Movement,
  { calendar, version }: CalendarInForce,
): NewClock {
  const term = termOn(declared, zone, today)
  if (term === undefined)
    throw new BrokenInvariant(`the zone has no deadline for the clock ${code} in force on ${today}`)
  const pauses: Pause[] = declared.pausesIn?.includes(to)
    ? [{ from: today, to: null, because: IN_STATE }]
    : []
  const { n, unit, ending, ruleCode, ruleFrom, sample } = term
  const counting = { startedOn: today, n, unit, ending, pauses }
  const { due, unknownYears } = countClock(counting, calendar)
  return {
    ...counting,
    matterId,
    code,
    owner: declared.owner,
    ruleCode,
    ruleFrom,
    sample,
    dueOn: due,
    provisional: unknownYears.length > 0,
    calendar: version,
  }
}

async function pauseByState(
  tx: Tx,
  { today }: Context,
  row: ClockRow,
  { pausesIn = [] }: Clock<string, string>,
  { from, to }: { from: string | null; to: string },
  inForce: CalendarInForce,
): Promise<void> {
  const [was, is] = [from !== null && pausesIn.includes(from), pausesIn.includes(to)]
  if (was === is) return
  const pauses = is ? pausedFrom(row.pauses, today, IN_STATE) : resumedOn(row.pauses, today, IN_STATE)
  await recountOne(tx, row, pauses, inForce)
}

async function recountOne(tx: Tx, row: ClockRow, pauses: Pause[], { calendar, version }: CalendarInForce) {
  const { due, unknownYears } = countClock({ ...row, startedOn: date(row.startedOn), pauses }, calendar)
  await updateClock(tx, row.id, {
    pauses,
    dueOn: isPaused(pauses) ? null : due,
    status: isPaused(pauses) ? 'paused' : 'running',
    provisional: unknownYears.length > 0,
    calendar: version,
    // The day has moved: whoever was reminded of the old one is reminded of the new one.
    reminded: [],
  })
}

/** Pauses or resumes one clock for a reason that is not a state, such as an open objection. */
export async function holdClock(
  tx: Tx,
  context: Context,
  { matterId, code, because, hold }: { matterId: string; code: string; because: string; hold: boolean },
): Promise<void> {
  const inForce = await findCalendar(tx, context.zone)
  for (const row of await listClocks(tx, matterId)) {
    if (row.code !== code || row.status === 'stopped') continue
    const { today } = context
    const pauses = hold ? pausedFrom(row.pauses, today, because) : resumedOn(row.pauses, today, because)
    await recountOne(tx, row, pauses, inForce)
  }
}

/** Whole days past the due day: by today while it runs, by its last day once stopped. */
export function daysLate(
  row: Pick<ClockRow, 'dueOn' | 'stoppedOn'>,
  today: CalendarDate,
  between: (a: CalendarDate, b: CalendarDate) => number,
): number {
  if (row.dueOn === null) return 0
  return Math.max(0, between(row.dueOn, row.stoppedOn === null ? today : date(row.stoppedOn)))
}
