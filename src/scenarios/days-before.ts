import { addDays } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'

/** The moment some days ago; what is written then carries that day in its record, in its clocks and in the log. */
export function daysBefore(tx: Tx, context: Context, days: number): Context {
  const now = new Date(context.now.getTime() - days * 86_400_000)
  return { ...context, db: tx, now, today: addDays(context.today, -days) }
}
