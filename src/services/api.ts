import type { Feed } from '../notices/define.ts'
import { bookingsApi } from './booking.api.ts'
import { ordersApi } from './order.api.ts'
import { subscriptionsApi } from './subscription.api.ts'

/** Serves the room with what the others declared: `servicesApi({ feeds })`. */
export function servicesApi({ feeds }: { readonly feeds: readonly Feed[] }) {
  return { bookings: bookingsApi, orders: ordersApi, subscriptions: subscriptionsApi(feeds) }
}
