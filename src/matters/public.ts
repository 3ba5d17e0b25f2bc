/** What other rooms and the assembly may use of the matters room. */
export { mattersApi } from './api.ts'
export { matterNotices } from './notices.ts'
