import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { OUTCOME_KINDS, type OutcomeKind } from '../../../src/patents/navigation.rules.ts'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { FileField } from '../../ui/FileField.tsx'
import { Form } from '../../ui/Form.tsx'
import { type Recommendation, useText, useToday } from './queries.ts'

interface OutcomeDialogProps {
  readonly recommendation: Recommendation
  readonly onClose: () => void
}

/** What became of a recommendation; earlier answers stay. */
export function OutcomeDialog({
  recommendation: { id, words: said, adoption },
  onClose,
}: OutcomeDialogProps) {
  const text = useText()
  const { project: words } = text
  const adopted = adoption === 'adopted' || adoption === 'partly-adopted'
  const [kind, setKind] = useState<OutcomeKind>(adopted ? 'result' : 'adopted')
  const [told, setTold] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const [happenedOn, setHappenedOn] = useState(useToday())
  const [evidence, setEvidence] = useState<File>()
  const record = useMutation(
    api.navigation.recordOutcome.mutationOptions({
      onSuccess: async () => {
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.navigation.key() })
      },
    }),
  )
  const submit = () =>
    record.mutate({ id, kind, words: told, decidedBy, happenedOn, ...(evidence && { evidence }) })
  return (
    <Dialog title={words.record} open onClose={onClose} firm>
      <p>{said}</p>
      <Form
        onSubmit={submit}
        error={record.error}
        text={text.errors}
        actions={
          <>
            <Button type="submit" kind="primary" busy={record.isPending}>
              {words.save}
            </Button>
            <Button onClick={onClose}>{text.cancel}</Button>
          </>
        }
      >
        <RadioGroup
          name="kind"
          label={words.outcome}
          value={kind}
          onChange={(value) => setKind(value as OutcomeKind)}
          options={OUTCOME_KINDS.map((value) => ({ value, label: words.outcomes[value] }))}
        />
        <TextField
          name="decidedBy"
          label={words.decidedBy}
          value={decidedBy}
          onChange={setDecidedBy}
          required
        />
        <DateField
          name="happenedOn"
          label={words.happenedOn}
          value={happenedOn}
          onChange={setHappenedOn}
          required
        />
        <TextAreaField name="words" label={words.words} value={told} onChange={setTold} required />
        <FileField
          name="evidence"
          label={words.file}
          value={evidence}
          onChange={setEvidence}
          maxBytes={20 * 1024 * 1024}
          required={false}
        />
      </Form>
    </Dialog>
  )
}
