import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { type TaskLine, TONES, useText } from './queries.ts'

/** Where a task stands, and by how much it is late. */
export function StandingBadge({
  task: { standing, daysLate },
}: {
  readonly task: Pick<TaskLine, 'standing' | 'daysLate'>
}) {
  const text = useText()
  return (
    <Badge tone={TONES[standing]}>
      {standing === 'late' ? text.daysLate(formatNumber(daysLate)) : text.standings[standing]}
    </Badge>
  )
}
