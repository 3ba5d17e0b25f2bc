import { date } from '#platform/calendar.ts'
import type { ClientMatterSource } from '../agencies/define.ts'
import { listOrdersInWork } from './order.store.ts'

/** Orders that an agency has taken and not finished: it does not move out while there is one (S202). */
export const serviceOrderSource: ClientMatterSource = {
  code: 'service-order',
  names: { zh: '特色服务订单', en: 'Special service order' },
  open: async (db, { id }) => {
    const orders = await listOrdersInWork(db, id)
    return orders.map((order) => ({
      id: order.id,
      label: `${order.number} ${order.title}`,
      since: date(order.takenOn),
      page: `/work/orders/${order.number}` as const,
    }))
  },
}
