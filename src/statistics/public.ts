/** What other rooms and the assembly may use of the statistics room. Declarations are made with `declare.ts`. */
export { indicatorFeeds } from './feed.store.ts'
export { statisticsApi } from './api.ts'
export { sweepIndicatorTouches } from './jobs.ts'
export { publishedValue } from './published-value.ts'
export { countRecords } from './record-count.ts'
export { takeSnapshot } from './snapshots.ts'
export { publishedRestatements, publishedSnapshot } from './published.ts'
export { snapshotRows } from './snapshot.store.ts'
