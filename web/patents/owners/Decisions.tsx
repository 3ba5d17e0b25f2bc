import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { type Decision, useText } from './queries.ts'

/** Everything that counts owners is asked for again after a decision. */
export const afterDecision = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: api.owners.key() }),
    queryClient.invalidateQueries({ queryKey: api.landscape.key() }),
  ])

interface DecisionsProps {
  readonly decisions: readonly Decision[]
  readonly mayDecide: boolean
  readonly empty: string
}

/** What people decided, each with its reason and the way back. */
export function Decisions({ decisions, mayDecide, empty }: DecisionsProps) {
  const text = useText()
  const [undoing, setUndoing] = useState<Decision>()
  const undo = useMutation(
    api.owners.undo.mutationOptions({
      onSuccess: async () => {
        setUndoing(undefined)
        await afterDecision()
      },
    }),
  )
  if (decisions.length === 0) return <p>{empty}</p>
  return (
    <>
      <Timeline
        label={text.page.decisions}
        entries={decisions.map((decision) => ({
          key: decision.id,
          at: decision.decidedAt,
          title:
            decision.kind === 'split'
              ? text.decision.split(decision.names.join('、'), decision.toName)
              : text.decision.merge(decision.fromName, decision.toName),
          by: decision.reason,
          tone: decision.undoneAt === null ? 'met' : 'neutral',
          detail:
            decision.undoneAt !== null ? (
              <Badge>{text.decision.undone(decision.undoReason ?? '')}</Badge>
            ) : (
              mayDecide && <Button onClick={() => setUndoing(decision)}>{text.decision.undo}</Button>
            ),
        }))}
      />
      {undoing && (
        <ReasonDialog
          hint={text.reasonHint}
          text={text.errors}
          title={text.decision.undoTitle}
          effect={text.decision.undoEffect}
          error={undo.error}
          busy={undo.isPending}
          onDecide={(reason) => undo.mutate({ id: undoing.id, reason })}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </>
  )
}
