import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { callAuth } from './auth.ts'
import { useText } from './text.ts'

export function PasswordSection() {
  const text = useText()
  const [currentPassword, setCurrentPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const change = useMutation({
    mutationFn: () => callAuth('/change-password', { currentPassword, newPassword }),
    onSuccess: async () => {
      setCurrentPassword('')
      setNewPassword('')
      await queryClient.invalidateQueries()
    },
  })
  const submit = () => {
    const missing = Object.entries({ currentPassword, newPassword }).filter(([, value]) => value === '')
    change.reset()
    setErrors(missing.map(([field]) => ({ field, message: text.problem.password })))
    if (missing.length === 0) change.mutate()
  }
  return (
    <Section title={text.account.password} note={text.account.passwordNote}>
      {change.isSuccess && (
        <Notice tone="met" live>
          {text.account.changed}
        </Notice>
      )}
      <Form
        label={text.account.password}
        onSubmit={submit}
        errors={errors}
        error={change.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={change.isPending}>
            {text.account.change}
          </Button>
        }
      >
        <TextField
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          label={text.account.current}
          value={currentPassword}
          onChange={setCurrentPassword}
          required
        />
        <TextField
          name="newPassword"
          type="password"
          autoComplete="new-password"
          label={text.account.next}
          hint={text.reset.hint}
          value={newPassword}
          onChange={setNewPassword}
          required
        />
      </Form>
    </Section>
  )
}
