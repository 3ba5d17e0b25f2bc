import { bookables } from './bookable.contract.ts'
import { bookings } from './booking.contract.ts'
import { orders } from './order.contract.ts'
import { stationBookings } from './station-bookings.contract.ts'
import { subscriptions } from './subscription.contract.ts'

export const services = { bookings: { ...bookings, ...stationBookings, ...bookables }, orders, subscriptions }
