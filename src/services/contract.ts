import { bookings } from './booking.contract.ts'
import { orders } from './order.contract.ts'
import { stationBookings } from './station-bookings.contract.ts'
import { subscriptions } from './subscription.contract.ts'

export const services = { bookings: { ...bookings, ...stationBookings }, orders, subscriptions }
