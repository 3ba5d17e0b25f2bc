import { registry } from './statistics/declare.ts'

/** Every number that the rooms declare. Assembly only: a room adds its `indicators` here. */
export const indicators = registry()
