import { date, daysBetween } from '#platform/calendar.ts'
import { implementation, type Context } from '#platform/api.ts'
import { findCalendar } from './calendar.store.ts'
import { countClock } from './clock.rules.ts'
import type { findLastRecount } from './clock.store.ts'
import { listClocks, listMoves, listRecounts, type ClockRow } from './clock.store.ts'
import { daysLate } from './clocks.ts'
import { matters } from './contract.ts'
import type { Procedure, Procedures } from './define.ts'
import { idCursor, openMatter } from './opening.ts'
import { stepOf } from './procedure.rules.ts'
import { recountIfChanged } from './recount.ts'

const os = implementation(matters)

export const clockApi = (procedures: Procedures) => ({
  clocks: os.clocks.handler(async ({ input: { number }, context }) => {
    const { matter, procedure } = await openMatter(context, procedures, number)
    const [rows, moves, inForce] = await Promise.all([
      listClocks(context.db, matter.id),
      listMoves(context.db, matter.id),
      findCalendar(context.db, context.zone),
    ])
    return {
      items: rows.map((row) => {
        const { derivation, calendars } = countClock(
          { ...row, startedOn: date(row.startedOn) },
          inForce.calendar,
        )
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
      }),
    }
  }),

  recounts: os.recounts.handler(async ({ input: { cursor, limit }, context }) => {
    const { total, items } = await listRecounts(context.db, { before: idCursor(cursor), limit })
    return {
      total,
      items: items.map(recountView),
      next: items.length < limit ? null : (items.at(-1)?.id ?? null),
    }
  }),

  recount: os.recount.handler(async ({ context }) => {
    const recount = await recountIfChanged(context)
    return { recount: recount === undefined ? null : recountView(recount) }
  }),
})

function recountView({ at, ...one }: NonNullable<Awaited<ReturnType<typeof findLastRecount>>>) {
  return { ...one, at: at.toISOString() }
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
