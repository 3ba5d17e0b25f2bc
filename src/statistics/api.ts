import type { Registry } from './declare.ts'
import { figureHandlers } from './figures.api.ts'
import { snapshotHandlers } from './snapshots.api.ts'

/** The room over a set of declarations: the platform's own, or a test's invented ones. */
export function statisticsApi(registry: Registry) {
  return { ...figureHandlers(registry), ...snapshotHandlers(registry) }
}
