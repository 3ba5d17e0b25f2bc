export { servicesApi } from './api.ts'
export { serviceFeeds } from './feed.store.ts'
export { makeDigests } from './jobs.ts'
export { serviceNoticeKinds } from './notices.ts'
