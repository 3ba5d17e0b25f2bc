export { zoneApi } from './api.ts'
export { loadZone } from './loader.ts'
export { type RunningZone, watchZone } from './running.ts'
export { type CommandResult, diffZones, lintZone, reloadZone } from './command.ts'
export {
  endLease,
  findOverlap,
  insertLease,
  isNumberTaken,
  listLeasesOfTenant,
  listUnitsHeld,
  lockUnit,
} from './lease.store.ts'
