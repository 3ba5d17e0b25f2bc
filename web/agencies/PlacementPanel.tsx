import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type { MatterPanelProps } from '../app/room.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { AdviceView } from './AdviceView.tsx'
import { useText } from './queries.ts'

/** On the page of an application to move in: the advice as it was given, and that it comes out the same again. */
export function PlacementPanel({ matter }: MatterPanelProps) {
  const { moving: text } = useText()
  const advice = useQuery(api.agencies.placementAdvice.queryOptions({ input: { matter: matter.number } }))
  return (
    <Loaded query={advice} text={text.errors}>
      {(found) => (
        <>
          <AdviceView advice={found} />
          <p>{found.replayed ? text.replayed : text.notReplayed}</p>
        </>
      )}
    </Loaded>
  )
}
