/** A clock as its readers see it: where it stands, and every day that was counted to get there. */
import { date, daysBetween } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { findCalendar } from './calendar.store.ts'
import { countClock } from './clock.rules.ts'
import { listClocks, listMoves, type ClockRow } from './clock.store.ts'
import { daysLate } from './clocks.ts'
import type { Procedure } from './define.ts'
import { stepOf } from './procedure.rules.ts'

export async function clocksOf(context: Context, procedure: Procedure, matterId: string) {
  const [rows, moves, inForce] = await Promise.all([
    listClocks(context.db, matterId),
    listMoves(context.db, matterId),
    findCalendar(context.db, context.zone),
  ])
  return rows.map((row) => {
    const { derivation, calendars } = countClock({ ...row, startedOn: date(row.startedOn) }, inForce.calendar)
    return {
      ...clockView(context, procedure, row),
      derivation: derivation.map((step) => ({ ...step })),
      calendars: calendars.map((one) => ({ ...one })),
      moves: moves
        .filter(({ clockId }) => clockId === row.id)
        .map(({ at, dueBefore, dueAfter, calendarAfter }) => ({
          at: at.toISOString(),
          before: dueBefore,
          after: dueAfter,
          calendar: calendarAfter,
        })),
    }
  })
}

function clockView({ today }: Context, procedure: Procedure, row: ClockRow) {
  const declared = procedure.clocks[row.code]
  const late = daysLate(row, today, daysBetween)
  const {
    code,
    owner,
    status,
    startedOn,
    dueOn,
    stoppedOn,
    provisional,
    n,
    unit,
    ending,
    ruleCode,
    ruleFrom,
    sample,
  } = row
  const expiry = declared?.onExpiry === undefined ? undefined : stepOf(procedure, declared.onExpiry)
  return {
    code,
    owner,
    status,
    startedOn,
    stoppedOn,
    provisional,
    due: dueOn,
    late: late > 0,
    daysLate: late,
    names: declared?.names ?? {
      zh: code,
      en: code,
    },
    term: {
      n,
      unit,
      endingOnDayOff: ending,
      rule: ruleCode,
      ruleFrom,
      sample,
      source: null,
    },
    basis: declared?.basis ?? {
      document: {
        zh: code,
        en: code,
      },
      sample,
    },
    pauses: row.pauses.map((pause) => ({ ...pause })),
    onExpiry: expiry?.names ?? null,
  }
}
