import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Failure } from '../ui/states.tsx'
import styles from './matters.module.css'
import { type HandOver, useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

/** The stations at which the reader works. */
export function useMyStations() {
  const first = useQuery(api.matters.list.queryOptions({ input: { scope: 'queue', limit: 1 } }))
  return first.data?.stations ?? []
}

function useDecide() {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  return useMutation(
    api.matters.decideHandOver.mutationOptions({
      onSuccess: async ({ status, to }: HandOver) => {
        announce(text.handOver.decided(text.handOver.statuses[status], either(to.names)))
        await refresh()
      },
      onError: () => void refresh(),
    }),
  )
}

/** Who receives takes over or sends back; who offered may take it back, and records the receipt of an outside body. */
export function DecideHandOver({ handOver }: { readonly handOver: HandOver }) {
  const mine = useMyStations().map(({ code }) => code)
  const sending = mine.includes(handOver.from.code)
  const receiving = handOver.to.kind === 'station' ? mine.includes(handOver.to.code) : sending
  return (
    <>
      {receiving && <Receive handOver={handOver} />}
      {sending && <TakeBack handOver={handOver} />}
    </>
  )
}

function Receive({ handOver }: { readonly handOver: HandOver }) {
  const text = useText()
  const [refusing, setRefusing] = useState(false)
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState<string>()
  const decide = useDecide()
  const { number, id, to } = handOver
  const outside = to.kind === 'body'
  const accept = () => {
    const lacks = outside && words.trim() === ''
    setMissing(lacks ? text.handOver.outsideNeeded : undefined)
    if (lacks) return
    decide.mutate({
      number,
      id,
      decision: { kind: 'accept', ...(outside && { outsideNumber: words.trim() }) },
    })
  }
  const refuse = () => {
    const lacks = words.trim().length < 2
    setMissing(lacks ? text.handOver.reasonNeeded : undefined)
    if (!lacks) decide.mutate({ number, id, decision: { kind: 'refuse', reason: words } })
  }
  const turn = () => {
    setRefusing(!refusing)
    setMissing(undefined)
  }
  return (
    <Form
      label={text.handOver.decide}
      onSubmit={refusing ? refuse : accept}
      errors={missing === undefined ? [] : [{ field: `decision-${id}`, message: missing }]}
      error={decide.error}
      text={text.errors}
      actions={
        <>
          <Button kind={refusing ? 'danger' : 'primary'} type="submit" busy={decide.isPending}>
            {refusing ? text.handOver.sendBack : outside ? text.handOver.record : text.handOver.accept}
          </Button>
          <Button kind="quiet" onClick={turn}>
            {refusing ? text.act.cancel : text.handOver.refuse}
          </Button>
        </>
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

function TakeBack({ handOver: { number, id } }: { readonly handOver: HandOver }) {
  const text = useText()
  const decide = useDecide()
  return (
    <div className={styles.takeBack}>
      {decide.error !== null && <Failure error={decide.error} text={text.errors} />}
      <Button
        busy={decide.isPending}
        onClick={() => decide.mutate({ number, id, decision: { kind: 'withdraw' } })}
      >
        {text.handOver.withdraw}
      </Button>
    </div>
  )
}
