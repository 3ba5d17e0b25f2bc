import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextAreaField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { useText } from './queries.ts'

interface ReasonDialogProps {
  readonly title: string
  readonly effect: ReactNode
  readonly error: unknown
  readonly busy: boolean
  readonly onDecide: (reason: string) => void
  readonly onClose: () => void
}

/** Nothing is joined or parted without a reason on record. */
export function ReasonDialog({ title, effect, error, busy, onDecide, onClose }: ReasonDialogProps) {
  const text = useText()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = () => {
    const given = reason.trim()
    setMissing(given.length < 2)
    if (given.length >= 2) onDecide(given)
  }
  return (
    <Dialog title={title} open onClose={onClose} firm>
      <p>{effect}</p>
      <Form
        onSubmit={submit}
        error={error}
        text={text.errors}
        errors={missing ? [{ field: 'reason', message: text.reasonHint }] : []}
        actions={
          <>
            <Button type="submit" kind="primary" busy={busy}>
              {text.confirm}
            </Button>
            <Button onClick={onClose}>{text.cancel}</Button>
          </>
        }
      >
        <TextAreaField
          name="reason"
          label={text.reason}
          hint={text.reasonHint}
          value={reason}
          onChange={setReason}
          required
        />
      </Form>
    </Dialog>
  )
}
