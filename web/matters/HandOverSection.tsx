import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { HandOverReceipt } from './HandOverReceipt.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { type HandOver, type Matter, useRefreshMatters } from './queries.ts'
import { type ReceiverChoice, ReceiverField } from './ReceiverField.tsx'
import { DecideHandOver } from './DecideHandOver.tsx'
import { useText } from './text.ts'

/** From whom to whom the matter went, with the receipt both sides hold; and handing it on. The clock runs throughout. */
export function HandOverSection({ matter }: MatterProps) {
  const text = useText()
  const { handOvers, mayHandOver } = matter
  if (handOvers.length === 0 && !mayHandOver) return null
  const offered = handOvers.some(({ status }) => status === 'offered')
  return (
    <Section title={text.handOver.title} note={text.handOver.note}>
      <div className={styles.stack}>
        {handOvers.map((handOver) => (
          <div className={styles.stack} key={handOver.id}>
            <HandOverReceipt handOver={handOver} />
            {handOver.status === 'offered' && matter.side === 'office' && (
              <DecideHandOver handOver={handOver} />
            )}
          </div>
        ))}
        {mayHandOver && !offered && <Offer matter={matter} />}
      </div>
    </Section>
  )
}

function Offer({ matter }: { readonly matter: Matter }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [to, setTo] = useState<ReceiverChoice>()
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly { field: string; message: string }[]>([])
  const offer = useMutation(
    api.matters.handOver.mutationOptions({
      onSuccess: async ({ to: receiver }: HandOver) => {
        announce(text.handOver.offered(either(receiver.names)))
        await refresh()
      },
    }),
  )
  const send = () => {
    const found = [
      ...(to === undefined ? [{ field: 'to', message: text.handOver.receiverNeeded }] : []),
      ...(reason.trim().length < 2 ? [{ field: 'handOverReason', message: text.handOver.reasonNeeded }] : []),
    ]
    setErrors(found)
    if (to && found.length === 0) offer.mutate({ number: matter.number, version: matter.version, to, reason })
  }
  return (
    <details className={styles.more}>
      <summary>{text.handOver.begin}</summary>
      <Form
        label={text.handOver.begin}
        onSubmit={send}
        errors={errors}
        error={offer.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={offer.isPending}>
            {text.handOver.offer}
          </Button>
        }
      >
        <p>{text.handOver.runsOn}</p>
        <ReceiverField matter={matter} value={to} onChange={setTo} />
        <TextAreaField
          name="handOverReason"
          label={text.handOver.reason}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </details>
  )
}
