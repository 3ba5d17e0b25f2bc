/** What other rooms and the assembly may use of the agencies room. */
export { agencyFeeds } from './feed.store.ts'
export { agenciesApi } from './api.ts'
export { insertAgencies, insertFacts } from './bulk.store.ts'
export { clientFileSource } from './client-matters.ts'
export { agencyJobs } from './jobs.ts'
export { agencyNoticeKinds } from './notices.ts'
export { wasInZone } from './membership.store.ts'
