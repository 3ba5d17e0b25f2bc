import { z } from 'zod'
import { todayIn } from '#platform/calendar.ts'
import { inTransaction, type Db } from '#platform/database.ts'
import { defineJob, type Job } from '#platform/jobs.ts'
import { notify } from '../notices/public.ts'
import type { RunningZone } from '../zone/public.ts'
import { orderNotice } from './notices.ts'
import { type LateDelivery, listLateDeliveries } from './order.store.ts'

interface Deps {
  readonly db: Db
  readonly zone: Pick<RunningZone, 'current'>
}

interface Moment {
  readonly now: Date
  readonly today: ReturnType<typeof todayIn>
}

/** Tells both sides, once each, of a delivery whose promised day has passed. */
export async function tellOfLateDeliveries(db: Db, moment: Moment): Promise<number> {
  return inTransaction(db, async (tx) => {
    const late = await listLateDeliveries(tx, moment.today)
    let told = 0
    for (const one of late) {
      for (const side of sidesOf(one)) {
        told += await notify(tx, moment, {
          ...side,
          kind: orderNotice,
          subject: { kind: 'service-order', id: one.number },
          words: {
            zh: `订单 ${one.number} 应于 ${one.dueOn} 前交付，已逾期`,
            en: `The order ${one.number} was due by ${one.dueOn} and is late`,
          },
          once: `late-delivery-${one.quoteId}`,
        })
      }
    }
    return told
  })
}

function sidesOf({ number, partyId, organisationId }: LateDelivery) {
  const agency = { to: { organisation: partyId }, href: `/work/orders/${number}` as const }
  return organisationId === null
    ? [agency]
    : [agency, { to: { organisation: organisationId }, href: `/my/matters/${number}` as const }]
}

export const remindOfDeliveries: Job<Record<string, never>, Deps> = defineJob({
  name: 'services.remind-of-deliveries',
  schema: z.object({}),
  cron: '10 8 * * *',
  run: async ({ db, zone }: Deps) => {
    const now = new Date()
    await tellOfLateDeliveries(db, { now, today: todayIn(zone.current().timeZone, now) })
  },
})
