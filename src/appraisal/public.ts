export { appraisalApi } from './api.ts'
export { appraisalNotices } from './notices.ts'
