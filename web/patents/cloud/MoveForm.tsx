import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type CloudStage, STAGE_NAMES, STAGES } from '../../../src/patents/cloud.rules.ts'
import { api } from '../../app/api.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { SelectField, TextAreaField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { either } from '../../ui/language.ts'
import { refresh, useText } from './queries.ts'

interface Props {
  readonly ids: readonly string[]
  /** Stages that may be chosen. */
  readonly to: readonly CloudStage[]
  readonly onMoved?: () => void
}

/** Moves patents to a stage, with the reason: all of them or none. */
export function MoveForm({ ids, to: stages, onMoved }: Props) {
  const text = useText()
  const words = text.record
  const announce = useAnnounce()
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const move = useMutation(
    api.cloud.move.mutationOptions({
      onSuccess: ({ moved }) => {
        announce(words.moveDone(moved))
        setTo('')
        setReason('')
        setTried(false)
        onMoved?.()
      },
      onSettled: refresh,
    }),
  )
  const stage = STAGE_NAMES.find((one) => one === to)
  const problems = [
    ...(ids.length === 0 ? [{ field: 'to', message: text.work.noneSelected }] : []),
    ...(stage === undefined ? [{ field: 'to', message: words.to }] : []),
    ...(reason.trim().length < 2 ? [{ field: 'reason', message: words.reasonHint }] : []),
  ]
  return (
    <Form
      label={words.act}
      onSubmit={() => {
        setTried(true)
        if (problems.length === 0 && stage !== undefined)
          move.mutate({ ids: [...ids], to: stage, reason: reason.trim() })
      }}
      error={move.error}
      text={text.errors}
      errors={tried ? problems : []}
      actions={
        <Button type="submit" kind="primary" busy={move.isPending}>
          {words.move}
        </Button>
      }
    >
      <SelectField
        name="to"
        label={words.to}
        value={to}
        onChange={setTo}
        options={stages.map((value) => ({ value, label: either(STAGES[value]) }))}
        required
      />
      <TextAreaField
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        value={reason}
        onChange={setReason}
        required
      />
    </Form>
  )
}
