import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { MaskedIcon } from '../ui/icons.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { Loading } from '../ui/states.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

/** Private notes: asked for, and drawn, only for those who handle the matter. */
export function NotesSection({ matter }: MatterProps) {
  const text = useText()
  const office = matter.side === 'office'
  const notes = useQuery({
    ...api.matters.notes.queryOptions({ input: { number: matter.number } }),
    enabled: office,
  })
  if (!office) return null
  return (
    <Section title={text.notes.title} note={text.notes.note}>
      <div className={styles.notes}>
        <p className={styles.notesMark}>
          <MaskedIcon className="icon" />
          {text.notes.mark}
        </p>
        <Loaded query={notes} text={text.errors} skeleton={<Loading />}>
          {({ items }) => (
            <ul>
              {items.map(({ id, by, body, at }) => (
                <li key={id}>
                  <p className={styles.messageBy}>
                    {by} · <MomentText value={at} />
                  </p>
                  <p className={styles.messageBody}>
                    <RecordText>{body}</RecordText>
                  </p>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        <WriteNote number={matter.number} />
      </div>
    </Section>
  )
}

function WriteNote({ number }: { readonly number: string }) {
  const text = useText()
  const refresh = useRefreshMatters()
  const [body, setBody] = useState('')
  const [missing, setMissing] = useState(false)
  const write = useMutation(
    api.matters.note.mutationOptions({
      onSuccess: async () => {
        setBody('')
        await refresh()
      },
    }),
  )
  const keep = () => {
    setMissing(body.trim() === '')
    if (body.trim() !== '') write.mutate({ number, body })
  }
  return (
    <Form
      label={text.notes.write}
      onSubmit={keep}
      errors={missing ? [{ field: 'privateNote', message: text.notes.empty }] : []}
      error={write.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={write.isPending}>
          {text.notes.keep}
        </Button>
      }
    >
      <TextAreaField
        name="privateNote"
        label={text.notes.write}
        rows={2}
        maxLength={4000}
        value={body}
        onChange={setBody}
      />
    </Form>
  )
}
