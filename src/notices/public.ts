export { noticesApi } from './api.ts'
export { noticesJobs } from './jobs.ts'
export { openChannels } from './senders.ts'
export { notify, type NewNotice } from './notify.ts'
