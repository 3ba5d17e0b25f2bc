import { orders } from './order.contract.ts'
import { subscriptions } from './subscription.contract.ts'

export const services = { orders, subscriptions }
