/** What other rooms and the assembly may use of the agencies room. */
export { agencyFeeds } from './feed.store.ts'
export { agenciesApi } from './api.ts'
export {
  insertAgencies,
  insertBrands,
  insertFacts,
  insertReturns,
  insertStays,
  type NewAgency,
  type NewBrand,
  type NewFact,
  type NewReturn,
  type NewStay,
} from './bulk.store.ts'
export { clientFileSource } from './client-matters.ts'
export { sortKeyOf } from './directory.rules.ts'
export { agencyJobs } from './jobs.ts'
export { agencyNoticeKinds } from './notices.ts'
export { wasInZone } from './membership.store.ts'
export { findAgency, findAgencyOfParty } from './register.store.ts'
