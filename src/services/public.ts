export { serviceNoticeKinds } from './notices.ts'
