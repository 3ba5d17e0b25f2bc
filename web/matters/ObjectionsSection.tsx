import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Section } from '../ui/Page.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { type Matter, useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

type Objection = Matter['objections'][number]

/** What others said against the matter while it was public, and what was decided on it. */
export function ObjectionsSection({ matter }: MatterProps) {
  const text = useText()
  if (matter.objections.length === 0) return null
  return (
    <Section title={text.objections.title} note={text.objections.note}>
      <ol className={styles.correction}>
        {matter.objections.map((objection) => (
          <li key={objection.id}>
            <p className={styles.messageBy}>
              {objection.by} · <MomentText value={objection.filedAt} />{' '}
              <Badge tone={objection.upheld === null ? 'risk' : 'neutral'}>
                {standing(objection, text.objections)}
              </Badge>
            </p>
            <p className={styles.messageBody}>
              <RecordText>{objection.body}</RecordText>
            </p>
            {objection.decision !== null && (
              <p className={styles.messageBody}>
                <RecordText>{objection.decision}</RecordText> · <MomentText value={objection.decidedAt} />
              </p>
            )}
            {objection.upheld === null && matter.side === 'office' && (
              <Decide number={matter.number} id={objection.id} />
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function standing(
  { upheld }: Objection,
  words: { readonly open: string; readonly upheld: string; readonly dismissed: string },
) {
  if (upheld === null) return words.open
  return upheld ? words.upheld : words.dismissed
}

const SHORTEST = 5

function Decide({ number, id }: { readonly number: string; readonly id: string }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [upheld, setUpheld] = useState('')
  const [decision, setDecision] = useState('')
  const [errors, setErrors] = useState<readonly { field: string; message: string }[]>([])
  const decide = useMutation(
    api.matters.decideObjection.mutationOptions({
      onSuccess: async () => {
        announce(text.objections.decided)
        await refresh()
      },
    }),
  )
  const send = () => {
    const found = [
      ...(upheld === '' ? [{ field: `upheld-${id}`, message: text.objections.chooseNeeded }] : []),
      ...(decision.trim().length < SHORTEST
        ? [{ field: `decision-${id}`, message: text.objections.reasonNeeded }]
        : []),
    ]
    setErrors(found)
    if (found.length === 0) decide.mutate({ number, id, upheld: upheld === 'yes', decision })
  }
  return (
    <Form
      label={text.objections.decide}
      onSubmit={send}
      errors={errors}
      error={decide.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={decide.isPending}>
          {text.objections.decide}
        </Button>
      }
    >
      <RadioGroup
        name={`upheld-${id}`}
        label={text.objections.choose}
        inline
        options={[
          { value: 'yes', label: text.objections.upheld },
          { value: 'no', label: text.objections.dismissed },
        ]}
        value={upheld}
        onChange={setUpheld}
      />
      <TextAreaField
        name={`decision-${id}`}
        label={text.objections.reason}
        rows={3}
        maxLength={4000}
        value={decision}
        onChange={setDecision}
      />
    </Form>
  )
}
