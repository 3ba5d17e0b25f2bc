/** What other rooms may use of the patents room. */
export { highValueApi } from './high-value.api.ts'
export { patentJobs } from './import.jobs.ts'
export { importFileNow, PATENT_REASONS } from './importing.ts'
export { landscapeApi } from './landscape.api.ts'
export { patentImportsApi } from './patent-import.api.ts'
export { navigationApi } from './navigation.api.ts'
export { ownersApi } from './owner.api.ts'
export { readOwners } from './owner.reading.ts'
