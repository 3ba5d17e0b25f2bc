/** What other rooms may use of the patents room. */
export { highValueApi } from './high-value.api.ts'
export { importFileNow, PATENT_REASONS } from './importing.ts'
export { landscapeApi } from './landscape.api.ts'
export { navigationApi } from './navigation.api.ts'
export { ownersApi } from './owner.api.ts'
export { readOwners } from './owner.reading.ts'
export { findRecords, putRecords } from './corpus.store.ts'
export { searchApi } from './search.api.ts'
