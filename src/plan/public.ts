/** What other rooms and the assembly may use of the plan room. */
export { planApi } from './api.ts'
export { planJobs } from './jobs.ts'
export { planNotices } from './notices.ts'
