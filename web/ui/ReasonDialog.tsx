import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextAreaField } from './fields.tsx'
import { Form, type FormProps } from './Form.tsx'
import { useOwnWords } from './words.ts'

const SHORTEST = 2

interface ReasonDialogProps extends Pick<FormProps, 'error' | 'text'> {
  readonly title: string
  /** What will become of it. */
  readonly effect?: ReactNode
  /** What the reason rests on, and who reads it. */
  readonly hint: string
  /** The question and the button, where “reason” and “confirm” do not say enough. */
  readonly label?: string
  readonly confirm?: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly onDecide: (reason: string) => void
  readonly onClose: () => void
}

/** An act that is done only with its reason on record. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, effect, hint, label, confirm, danger, error, text, busy, onDecide, onClose } = props
  const words = useOwnWords()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = () => {
    const given = reason.trim()
    setMissing(given.length < SHORTEST)
    if (given.length >= SHORTEST) onDecide(given)
  }
  return (
    <Dialog title={title} open onClose={onClose} firm>
      {effect && <p>{effect}</p>}
      <Form
        onSubmit={submit}
        error={error}
        text={text}
        errors={missing ? [{ field: 'reason', message: hint }] : []}
        actions={
          <>
            <Button type="submit" kind={danger === true ? 'danger' : 'primary'} busy={busy}>
              {confirm ?? words.decision.confirm}
            </Button>
            <Button onClick={onClose}>{words.decision.cancel}</Button>
          </>
        }
      >
        <TextAreaField
          name="reason"
          label={label ?? words.decision.reason}
          hint={hint}
          value={reason}
          onChange={setReason}
          required
        />
      </Form>
    </Dialog>
  )
}
