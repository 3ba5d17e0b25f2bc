import { figures } from './figures.contract.ts'
import { snapshots } from './snapshots.contract.ts'

/** What the outside may ask of the numbers, and of what was frozen of them. */
export const statistics = { ...figures, ...snapshots }
