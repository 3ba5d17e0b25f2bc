import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { callAuth } from './auth.ts'
import { useText } from './text.ts'

/** Without a token: ask for a letter. With the token of a letter: set the password. */
export function ResetPasswordPage() {
  const token = useSearchState().text('token')
  return token === '' ? <AskForLetter /> : <SetPassword token={token} />
}

function AskForLetter() {
  const text = useText()
  const [email, setEmail] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useMutation({ mutationFn: () => callAuth('/request-password-reset', { email: email.trim() }) })
  const submit = () => {
    const wrong = !/.@./u.test(email)
    setMissing(wrong)
    if (!wrong) ask.mutate()
  }
  if (ask.isSuccess) {
    return (
      <Page title={text.reset.sent} width="prose">
        <Notice tone="met" live>
          {text.reset.sentNote(email.trim())}
        </Notice>
      </Page>
    )
  }
  return (
    <Page title={text.reset.title} lede={text.reset.lede} width="prose">
      <Form
        onSubmit={submit}
        errors={missing ? [{ field: 'email', message: text.problem.email }] : []}
        error={ask.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={ask.isPending}>
            {text.reset.submit}
          </Button>
        }
      >
        <TextField
          name="email"
          type="email"
          autoComplete="username"
          label={text.reset.email}
          value={email}
          onChange={setEmail}
          required
        />
      </Form>
    </Page>
  )
}

function SetPassword({ token }: { readonly token: string }) {
  const text = useText()
  const [newPassword, setNewPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const set = useMutation({ mutationFn: () => callAuth('/reset-password', { token, newPassword }) })
  const submit = () => {
    setMissing(newPassword === '')
    if (newPassword !== '') set.mutate()
  }
  if (set.isSuccess) {
    return (
      <Page title={text.reset.done} width="prose">
        <Notice tone="met" live actions={<ButtonLink href="/sign-in">{text.reset.signIn}</ButtonLink>}>
          {text.reset.doneNote}
        </Notice>
      </Page>
    )
  }
  return (
    <Page title={text.reset.setTitle} lede={text.reset.setLede} width="prose">
      <Form
        onSubmit={submit}
        errors={missing ? [{ field: 'newPassword', message: text.problem.password }] : []}
        error={set.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={set.isPending}>
            {text.reset.set}
          </Button>
        }
      >
        <TextField
          name="newPassword"
          type="password"
          autoComplete="new-password"
          label={text.reset.newPassword}
          hint={text.reset.hint}
          value={newPassword}
          onChange={setNewPassword}
          required
        />
      </Form>
    </Page>
  )
}
