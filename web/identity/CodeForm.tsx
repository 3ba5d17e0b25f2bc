import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { callAuth } from './auth.ts'
import { useText } from './text.ts'

interface Props {
  readonly onProven: () => void
  readonly onStartOver: () => void
}

/** The second factor of a sign-in: the authenticator's code, or a backup code when it is not at hand. */
export function CodeForm({ onProven, onStartOver }: Props) {
  const text = useText()
  const [withBackupCode, setWithBackupCode] = useState(false)
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const verify = useMutation({
    mutationFn: () =>
      callAuth(withBackupCode ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', {
        code: bare(code),
      }),
    onSuccess: onProven,
  })
  const submit = () => {
    const tooShort = bare(code).length < 6
    verify.reset()
    setMissing(tooShort)
    if (!tooShort) verify.mutate()
  }
  const problem = withBackupCode ? text.problem.backupCode : text.problem.code
  const change = () => {
    setWithBackupCode(!withBackupCode)
    setCode('')
    setMissing(false)
    verify.reset()
  }
  return (
    <Form
      onSubmit={submit}
      errors={missing ? [{ field: 'code', message: problem }] : []}
      error={verify.error}
      text={text.errors}
      actions={
        <>
          <Button kind="primary" type="submit" busy={verify.isPending}>
            {text.code.submit}
          </Button>
          <Button kind="quiet" onClick={change}>
            {withBackupCode ? text.code.useApp : text.code.useBackup}
          </Button>
          <Button kind="quiet" onClick={onStartOver}>
            {text.code.startOver}
          </Button>
        </>
      }
    >
      <TextField
        name="code"
        label={withBackupCode ? text.code.backupCode : text.code.code}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        inputMode={withBackupCode ? 'text' : 'numeric'}
        maxLength={20}
        required
      />
    </Form>
  )
}

/** Authenticators show the code in two groups, and people type the gap. */
function bare(code: string): string {
  return code.replaceAll(/\s/gu, '')
}
