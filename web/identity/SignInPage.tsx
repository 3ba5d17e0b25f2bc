import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DEMO_PASSWORD } from '../../src/identity/demo-accounts.rules.ts'
import { queryClient } from '../app/queries.ts'
import { sessionQuery, useZone } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { inLanguage, language } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { callAuth, fetchSignInOptions, safeNext } from './auth.ts'
import { CodeForm } from './CodeForm.tsx'
import styles from './identity.module.css'
import { useText } from './text.ts'

interface SignedIn {
  twoFactorRedirect?: boolean
}

/** Password, then the code where one is owed, then on to where the person wanted to go. */
export function SignInPage() {
  const text = useText()
  const search = useSearchState()
  const [owesCode, setOwesCode] = useState(false)
  const target = inLanguage(safeNext(search.text('next'), '/'), language)

  /** A page load, so that nothing of the visitor stays in memory and the new page carries the session. */
  const arrive = async () => {
    const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    if (session.kind === 'account' && session.secondFactor === 'missing') {
      if (session.enrolled) return setOwesCode(true)
      return location.assign(inLanguage('/account/second-factor', language))
    }
    location.assign(target)
  }

  if (owesCode) {
    return (
      <Page title={text.code.title} lede={text.code.lede} width="prose">
        <CodeForm onProven={() => void arrive()} onStartOver={() => setOwesCode(false)} />
      </Page>
    )
  }
  return (
    <Page title={text.signIn.title} lede={text.signIn.lede} width="prose">
      {search.text('error') !== '' && <Notice tone="risk">{text.signIn.ssoFailed}</Notice>}
      <PasswordForm onSignedIn={(answer) => (answer.twoFactorRedirect ? setOwesCode(true) : void arrive())} />
      <div className={styles.flow}>
        <SingleSignOn target={target} />
        <p>
          {text.signIn.noAccount} <TextLink href="/register">{text.signIn.register}</TextLink>
        </p>
        <DemoNotice />
      </div>
    </Page>
  )
}

function PasswordForm({ onSignedIn }: { readonly onSignedIn: (answer: SignedIn) => void }) {
  const text = useText()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const signIn = useMutation({
    mutationFn: () => callAuth<SignedIn>('/sign-in/email', { email: email.trim(), password }),
    onSuccess: onSignedIn,
  })
  const submit = () => {
    const missing = [
      ...(/.@./u.test(email) ? [] : [{ field: 'email', message: text.problem.email }]),
      ...(password === '' ? [{ field: 'password', message: text.problem.password }] : []),
    ]
    signIn.reset()
    setErrors(missing)
    if (missing.length === 0) signIn.mutate()
  }
  return (
    <Form
      onSubmit={submit}
      errors={errors}
      error={signIn.error}
      text={text.errors}
      actions={
        <>
          <Button kind="primary" type="submit" busy={signIn.isPending}>
            {text.signIn.submit}
          </Button>
          <TextLink href="/reset-password">{text.signIn.forgotten}</TextLink>
        </>
      }
    >
      <TextField
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        label={text.signIn.email}
        value={email}
        onChange={setEmail}
        required
      />
      <TextField
        name="password"
        type="password"
        autoComplete="current-password"
        label={text.signIn.password}
        value={password}
        onChange={setPassword}
        required
      />
    </Form>
  )
}

/** Shown only where the operator has set a provider. */
function SingleSignOn({ target }: { readonly target: string }) {
  const text = useText()
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: fetchSignInOptions,
    staleTime: Infinity,
  })
  const begin = useMutation({
    mutationFn: () =>
      callAuth<{ url: string }>('/sign-in/social', {
        provider: 'sso',
        callbackURL: target,
        errorCallbackURL: inLanguage('/sign-in', language),
      }),
    onSuccess: ({ url }) => location.assign(url),
  })
  if (options.data?.singleSignOn !== true) return null
  return (
    <Button onClick={() => begin.mutate()} busy={begin.isPending}>
      {text.signIn.singleSignOn}
    </Button>
  )
}

function DemoNotice() {
  const text = useText()
  if (useZone()?.synthetic !== true) return null
  return (
    <Notice title={text.signIn.demoTitle}>
      <p>{text.signIn.demo(DEMO_PASSWORD)}</p>
      <p>
        <code>{text.signIn.demoCode}</code>
      </p>
    </Notice>
  )
}
