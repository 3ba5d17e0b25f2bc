/** What the assembly may use of the intake room. */
export { importsApi } from './api.ts'
export { reasonWords, type Reasons } from './reasons.ts'
export { reportJson, reportLines, type ReportJson } from './report.ts'
export { runImporter, type ImportProgress } from './run.ts'
