import { implementation } from '#platform/api.ts'
import { clocksOf } from './clock-view.ts'
import { listRecounts, type findLastRecount } from './clock.store.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { idCursor, openMatter } from './opening.ts'
import { recountIfChanged } from './recount.ts'

const os = implementation(matters)

export const clockApi = (procedures: Procedures) => ({
  clocks: os.clocks.handler(async ({ input: { number }, context }) => {
    const { matter, procedure } = await openMatter(context, procedures, number)
    return { items: await clocksOf(context, procedure, matter.id) }
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
