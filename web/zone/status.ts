import type { Tone } from '../ui/Badge.tsx'
import type { ClauseRow } from './queries.ts'

export const STATUSES = ['open', 'served', 'proved'] as const

/** How a status looks wherever it stands. */
export const STATUS_TONES: Readonly<Record<ClauseRow['status'], Tone>> = {
  open: 'late',
  served: 'info',
  proved: 'met',
}
