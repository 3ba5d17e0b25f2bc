export { statisticsApi } from './api.ts'
export {
  indicator,
  registry,
  UNITS,
  type Dimension,
  type Indicator,
  type IndicatorRow,
  type Records,
  type Registry,
  type Span,
  type StatedFigure,
} from './declare.ts'
export { sweepIndicatorTouches } from './jobs.ts'
export { readTogether, tablesReadBy, type Reading } from './reading.store.ts'
export { figureOf } from './figure.ts'
export { countRecords } from './record-count.ts'
export { takeSnapshot } from './snapshots.ts'
