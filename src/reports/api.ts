import { assessmentHandlers } from './assessment.api.ts'
import { reportHandlers } from './report.api.ts'

export const reportsApi = { ...reportHandlers, ...assessmentHandlers }
