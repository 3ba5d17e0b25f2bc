export { appraisalApi } from './api.ts'
