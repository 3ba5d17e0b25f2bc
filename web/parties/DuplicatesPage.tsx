import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { Empty } from '../ui/states.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { type Choice, PairView } from './PairView.tsx'
import type { MergeRecord } from './queries.ts'
import { useText } from './text.ts'

const afterwards = () => queryClient.invalidateQueries({ queryKey: api.parties.key() })

/** Records that may be one organisation: an officer compares, joins them or keeps them apart, and can undo it. */
export function DuplicatesPage() {
  const text = useText()
  const mayDecide = useSession().has('officer')
  const [choice, setChoice] = useState<Choice>()
  const [undoing, setUndoing] = useState<MergeRecord>()
  const candidates = useQuery(api.parties.candidates.queryOptions({ input: { limit: 20 } }))
  const merges = useQuery(api.parties.merges.queryOptions({ input: { limit: 50 } }))
  return (
    <Page title={text.duplicates.title} lede={text.duplicates.lede}>
      {!mayDecide && <Notice>{text.duplicates.readOnly}</Notice>}
      <Loaded query={candidates} text={text.errors}>
        {({ total, items }) =>
          items.length === 0 ? (
            <Empty title={text.duplicates.none}>{text.duplicates.noneHint}</Empty>
          ) : (
            <>
              <p>{text.duplicates.pairs(total)}</p>
              {items.map((pair) => (
                <PairView key={pair.id} pair={pair} mayDecide={mayDecide} onChoose={setChoice} />
              ))}
            </>
          )
        }
      </Loaded>
      <Section title={text.duplicates.merges} layout="stacked">
        <Loaded query={merges} text={text.errors}>
          {({ items }) => <Merges items={items} mayDecide={mayDecide} onUndo={setUndoing} />}
        </Loaded>
      </Section>
      {choice && <ChoiceDialog choice={choice} onClose={() => setChoice(undefined)} />}
      {undoing && <UndoDialog merge={undoing} onClose={() => setUndoing(undefined)} />}
    </Page>
  )
}

interface MergesProps {
  readonly items: readonly MergeRecord[]
  readonly mayDecide: boolean
  readonly onUndo: (merge: MergeRecord) => void
}

function Merges({ items, mayDecide, onUndo }: MergesProps) {
  const text = useText()
  if (items.length === 0) return <p>{text.duplicates.noMerges}</p>
  return (
    <Timeline
      label={text.duplicates.merges}
      entries={items.map((merge) => ({
        key: merge.id,
        at: merge.mergedAt,
        title: text.duplicates.merged(merge.absorbedName, merge.survivorName),
        by: merge.reason,
        tone: merge.undoneAt === null ? 'met' : 'neutral',
        detail:
          merge.undoneAt !== null ? (
            <Badge>{text.duplicates.undone(merge.undoReason ?? '')}</Badge>
          ) : (
            mayDecide && <Button onClick={() => onUndo(merge)}>{text.duplicates.undo}</Button>
          ),
      }))}
    />
  )
}

function ChoiceDialog({ choice, onClose }: { readonly choice: Choice; readonly onClose: () => void }) {
  const text = useText()
  const words = text.duplicates
  const announce = useAnnounce()
  const done = (said: string) => async () => {
    announce(said)
    onClose()
    await afterwards()
  }
  const merge = useMutation(api.parties.merge.mutationOptions({ onSuccess: done(words.done) }))
  const apart = useMutation(api.parties.keepApart.mutationOptions({ onSuccess: done(words.doneApart) }))
  const decide = (reason: string) =>
    choice.kind === 'merge'
      ? merge.mutate({ survivorId: choice.survivor.id, absorbedId: choice.absorbed.id, reason })
      : apart.mutate({ firstId: choice.first.id, secondId: choice.second.id, reason })
  return (
    <ReasonDialog
      hint={words.reasonHint}
      text={text.errors}
      title={
        choice.kind === 'merge'
          ? words.confirmMerge(choice.absorbed.name, choice.survivor.name)
          : words.confirmApart
      }
      effect={choice.kind === 'merge' ? words.mergeEffect : words.apartEffect}
      error={merge.error ?? apart.error}
      busy={merge.isPending || apart.isPending}
      onDecide={decide}
      onClose={onClose}
    />
  )
}

function UndoDialog({ merge, onClose }: { readonly merge: MergeRecord; readonly onClose: () => void }) {
  const text = useText()
  const words = text.duplicates
  const undo = useMutation(
    api.parties.undoMerge.mutationOptions({
      onSuccess: async () => {
        onClose()
        await afterwards()
      },
    }),
  )
  return (
    <ReasonDialog
      hint={words.reasonHint}
      text={text.errors}
      title={words.undoTitle(merge.absorbedName)}
      effect={words.undoEffect}
      error={undo.error}
      busy={undo.isPending}
      onDecide={(reason) => undo.mutate({ id: merge.id, reason })}
      onClose={onClose}
    />
  )
}
