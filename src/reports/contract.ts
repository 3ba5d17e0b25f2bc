import { assessmentOperations } from './assessment.contract.ts'
import { reportOperations } from './report.contract.ts'

/** What the outside may ask of the development report and of the zone's assessment of itself. */
export const reports = { ...reportOperations, ...assessmentOperations }
