import { bookings } from './booking.contract.ts'
import { orders } from './order.contract.ts'
import { subscriptions } from './subscription.contract.ts'

export const services = { bookings, orders, subscriptions }
