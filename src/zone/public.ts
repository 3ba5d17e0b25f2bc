export { loadZone } from './loader.ts'
export { type RunningZone, watchZone } from './running.ts'
