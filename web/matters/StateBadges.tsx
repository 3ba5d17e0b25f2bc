import { Badge } from '../ui/Badge.tsx'
import { either } from '../ui/language.ts'
import type { MatterItem } from './queries.ts'
import { toneOf } from './sentences.ts'
import { useText } from './text.ts'

/** Where a matter stands, and whether it is late. */
export function StateBadges({ matter }: { readonly matter: Pick<MatterItem, 'state' | 'due' | 'closedOn'> }) {
  const text = useText()
  return (
    <>
      <Badge tone={toneOf(matter)}>{either(matter.state.names)}</Badge>
      {matter.due?.late === true && matter.closedOn === null && <Badge tone="late">{text.due.overdue}</Badge>}
    </>
  )
}
