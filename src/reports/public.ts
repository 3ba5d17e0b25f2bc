export { reportsApi } from './api.ts'
