export { noticesJobs } from './jobs.ts'
export { notify, type NewNotice } from './notify.ts'
