import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import styles from './matters.module.css'
import { type HandOver, useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

/** Taking over, sending back, or taking one's own offer back; for an outside body, the number of its receipt. */
export function DecideHandOver({ handOver }: { readonly handOver: HandOver }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [refusing, setRefusing] = useState(false)
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState<string>()
  const outside = handOver.to.kind === 'body'
  const decide = useMutation(
    api.matters.decideHandOver.mutationOptions({
      onSuccess: async ({ status }: HandOver) => {
        announce(text.handOver.decided(text.handOver.statuses[status], either(handOver.to.names)))
        await refresh()
      },
      onError: () => void refresh(),
    }),
  )
  const { number, id } = handOver
  const accept = () => {
    setMissing(outside && words.trim() === '' ? text.handOver.outsideNeeded : undefined)
    if (outside && words.trim() === '') return
    decide.mutate({
      number,
      id,
      decision: { kind: 'accept', ...(outside && { outsideNumber: words.trim() }) },
    })
  }
  const refuse = () => {
    setMissing(words.trim().length < 2 ? text.handOver.reasonNeeded : undefined)
    if (words.trim().length >= 2) decide.mutate({ number, id, decision: { kind: 'refuse', reason: words } })
  }
  return (
    <Form
      label={text.handOver.decide}
      onSubmit={refusing ? refuse : accept}
      errors={missing === undefined ? [] : [{ field: `decision-${id}`, message: missing }]}
      error={decide.error}
      text={text.errors}
      actions={
        <div className={styles.steps}>
          <Button kind={refusing ? 'danger' : 'primary'} type="submit" busy={decide.isPending}>
            {refusing ? text.handOver.sendBack : outside ? text.handOver.record : text.handOver.accept}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              setRefusing(!refusing)
              setMissing(undefined)
            }}
          >
            {refusing ? text.act.cancel : text.handOver.refuse}
          </Button>
          <Button kind="quiet" onClick={() => decide.mutate({ number, id, decision: { kind: 'withdraw' } })}>
            {text.handOver.withdraw}
          </Button>
        </div>
      }
    >
      {(refusing || outside) && (
        <TextField
          name={`decision-${id}`}
          label={refusing ? text.handOver.whyBack : text.handOver.outsideNumber}
          maxLength={refusing ? 1000 : 80}
          value={words}
          onChange={setWords}
        />
      )}
    </Form>
  )
}
