import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { findFaults } from '../../src/matters/answers.rules.ts'
import { api } from '../app/api.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { useAnnounce } from '../ui/announce.tsx'
import type { Answers } from '../ui/answers.ts'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { CorrectionItems, type WantedItem } from './CorrectionItems.tsx'
import { useToday } from './DraftSteps.tsx'
import { faultWords, formOf, questionAt, sectionsOf } from './form.ts'
import styles from './matters.module.css'
import { type Matter, type Step, useRefreshMatters } from './queries.ts'
import { type ReceiverChoice, ReceiverField } from './ReceiverField.tsx'
import { useText } from './text.ts'

interface StepFormProps {
  readonly matter: Matter
  readonly step: Step
  readonly onDone: () => void
}

/** One step with all that it asks: its own form, the list of what is missing, a receiver, words to the other side. */
export function StepForm({ matter, step, onDone }: StepFormProps) {
  const text = useText()
  const today = useToday()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [answers, setAnswers] = useState<Answers>({})
  const [note, setNote] = useState('')
  const [items, setItems] = useState<readonly WantedItem[]>([{ kind: 'other', code: '', wanted: '' }])
  const [to, setTo] = useState<ReceiverChoice>()
  const [errors, setErrors] = useState<readonly { field: string; message: string }[]>([])
  const act = useMutation(
    api.matters.act.mutationOptions({
      onSuccess: async () => {
        announce(text.act.done(either(step.names)))
        await refresh()
        onDone()
      },
      onError: () => void refresh(),
    }),
  )
  const sections = step.form !== null ? sectionsOf(step.form, answers) : []
  const problems = () => [
    ...(step.form !== null ? findFaults(formOf(step.form), answers, today) : []).map((fault) => ({
      field: fault.field,
      message: faultWords(fault, questionAt(sections, fault.field)?.label ?? fault.field, text),
    })),
    ...(step.asksCorrection && items.every(({ wanted }) => wanted.trim() === '')
      ? [{ field: 'items.0.wanted', message: text.act.itemsNeeded }]
      : []),
    ...(step.handsOver && to === undefined ? [{ field: 'to', message: text.handOver.receiverNeeded }] : []),
  ]
  const send = () => {
    const found = problems()
    setErrors(found)
    if (found.length > 0) return
    act.mutate({
      number: matter.number,
      step: step.code,
      version: matter.version,
      ...(step.form !== null && { answers }),
      ...(note.trim() && { note }),
      ...(step.asksCorrection && { items: items.filter(({ wanted }) => wanted.trim() !== '').map(itemOf) }),
      ...(to && { to }),
    })
  }
  return (
    <div className={styles.stepForm}>
      <Form
        label={either(step.names)}
        onSubmit={send}
        errors={errors}
        error={act.error}
        text={text.errors}
        actions={
          <>
            <Button kind={step.warning ? 'danger' : 'primary'} type="submit" busy={act.isPending}>
              {text.act.confirm(either(step.names))}
            </Button>
            <Button kind="quiet" onClick={onDone}>
              {text.act.cancel}
            </Button>
          </>
        }
      >
        {step.warning && (
          <Notice tone="risk">
            <p>{either(step.warning)}</p>
          </Notice>
        )}
        {sections.flatMap(({ questions }) =>
          questions.map((question) => (
            <AnswerField
              key={question.name}
              question={question}
              path={question.name}
              value={answers[question.name]}
              onChange={(value) => setAnswers((before) => ({ ...before, [question.name]: value }))}
            />
          )),
        )}
        {step.asksCorrection && <CorrectionItems matter={matter} items={items} onChange={setItems} />}
        {step.handsOver && <ReceiverField matter={matter} value={to} onChange={setTo} />}
        <TextAreaField
          name="note"
          label={step.asksCorrection ? text.act.reason : text.act.words}
          hint={text.act.wordsHint}
          required={false}
          rows={3}
          maxLength={2000}
          value={note}
          onChange={setNote}
        />
      </Form>
    </div>
  )
}

function itemOf({ kind, code, wanted }: WantedItem) {
  return { kind, wanted: wanted.trim(), code: kind === 'other' ? null : code }
}
