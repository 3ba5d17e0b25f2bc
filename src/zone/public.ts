export { loadZone } from './loader.ts'
