import { subscriptions } from './subscription.contract.ts'

export const services = { subscriptions }
