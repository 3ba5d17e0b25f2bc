export { zoneApi } from './api.ts'
export type { CoverageSources } from './evidence.ts'
export { loadZone } from './loader.ts'
export { type RunningZone, watchZone } from './running.ts'
