import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

/** Behind the link of the letter: a name and a password open the account. */
export function RegistrationPage() {
  const text = useText()
  const token = usePathParameter('token')
  const registration = useQuery(
    api.identity.registrations.find.queryOptions({
      input: { token },
      refetchOnWindowFocus: false,
      retry: false,
    }),
  )
  return (
    <Page title={text.register.complete} lede={text.register.completeLede} width="prose">
      <Loaded query={registration} text={text.errors}>
        {({ email, expiresAt }) => <NameAndPassword token={token} email={email} expiresAt={expiresAt} />}
      </Loaded>
    </Page>
  )
}

interface Given {
  readonly token: string
  readonly email: string
  readonly expiresAt: string
}

function NameAndPassword({ token, email, expiresAt }: Given) {
  const text = useText()
  const words = text.register
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const complete = useMutation(api.identity.registrations.complete.mutationOptions())
  if (complete.isSuccess) {
    return (
      <Notice
        tone="met"
        live
        title={words.done}
        actions={<ButtonLink href="/sign-in">{words.signIn}</ButtonLink>}
      >
        {words.doneNote}
      </Notice>
    )
  }
  const submit = () => {
    const missing = [
      ...(name.trim() === '' ? [{ field: 'name', message: text.problem.name }] : []),
      ...(password === '' ? [{ field: 'password', message: text.problem.password }] : []),
    ]
    complete.reset()
    setErrors(missing)
    if (missing.length === 0) complete.mutate({ token, name: name.trim(), password })
  }
  return (
    <>
      <Facts
        rows={[
          { label: words.for, value: email },
          { label: words.validUntil, value: <MomentText value={expiresAt} /> },
        ]}
      />
      <Form
        onSubmit={submit}
        errors={errors}
        error={complete.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={complete.isPending}>
            {words.open}
          </Button>
        }
      >
        <TextField
          name="name"
          autoComplete="name"
          label={words.name}
          value={name}
          onChange={setName}
          maxLength={120}
          required
        />
        <TextField
          name="password"
          type="password"
          autoComplete="new-password"
          label={words.password}
          hint={text.reset.hint}
          value={password}
          onChange={setPassword}
          required
        />
      </Form>
    </>
  )
}
