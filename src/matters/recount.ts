import type { Context } from '#platform/context.ts'
import { recordAudit } from '../ledger/public.ts'
import { findCalendar } from './calendar.store.ts'
import { findLastRecount, recountClocks } from './clock.store.ts'

/**
 * Counts the open clocks again where the calendar differs from that of the last count, and logs each move. Undefined
 * where it is the same.
 */
export async function recountIfChanged(context: Context) {
  const { calendar, version } = await findCalendar(context.db, context.zone)
  const last = await findLastRecount(context.db)
  if (last?.calendarAfter === version) return undefined
  return context.write(async (tx) => {
    const before = (await findLastRecount(tx))?.calendarAfter ?? null
    const recount = await recountClocks(tx, { calendar, version, before, now: context.now })
    await recordAudit(tx, context, {
      action: 'matter.clocks-recounted',
      subject: { kind: 'matter-recount', id: recount.id },
      detail: { before, clocks: recount.clocks, moved: recount.moved, digest: recount.digest },
    })
    return recount
  })
}
