import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { Loading } from '../ui/states.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

const LONGEST = 4000

/** What applicant and office have written to each other; both sides see all of it. */
export function ConversationSection({ matter }: MatterProps) {
  const text = useText()
  const messages = useQuery({
    ...api.matters.messages.queryOptions({ input: { number: matter.number } }),
    enabled: matter.side !== 'reader',
  })
  if (matter.side === 'reader') return null
  return (
    <Section title={text.messages.title} note={text.messages.note}>
      <Loaded query={messages} text={text.errors} skeleton={<Loading />}>
        {({ items, mayWrite }) => (
          <>
            {items.length === 0 ? (
              <p className={styles.quiet}>{text.messages.none}</p>
            ) : (
              <ol className={styles.messages} aria-label={text.messages.title}>
                {items.map(({ id, side, by, body, at }) => (
                  <li key={id} data-mine={side === matter.side ? '' : undefined}>
                    <p className={styles.messageBy}>
                      {text.messages.from(by, text.sides[side])} · <MomentText value={at} />
                    </p>
                    <p className={styles.messageBody}>
                      <RecordText>{body}</RecordText>
                    </p>
                  </li>
                ))}
              </ol>
            )}
            {mayWrite && <Write number={matter.number} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Write({ number }: { readonly number: string }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [body, setBody] = useState('')
  const [missing, setMissing] = useState(false)
  const write = useMutation(
    api.matters.write.mutationOptions({
      onSuccess: async () => {
        setBody('')
        announce(text.messages.sent)
        await refresh()
      },
    }),
  )
  const send = () => {
    setMissing(body.trim() === '')
    if (body.trim() !== '') write.mutate({ number, body })
  }
  return (
    <Form
      label={text.messages.write}
      onSubmit={send}
      errors={missing ? [{ field: 'message', message: text.messages.empty }] : []}
      error={write.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={write.isPending}>
          {text.messages.send}
        </Button>
      }
    >
      <TextAreaField
        name="message"
        label={text.messages.write}
        rows={3}
        maxLength={LONGEST}
        value={body}
        onChange={setBody}
      />
    </Form>
  )
}
