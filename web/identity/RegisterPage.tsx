import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { REGISTRANTS, type Registrant } from '../../src/identity/registration.rules.ts'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { language } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useText } from './text.ts'

/** Asks for the letter with which a person opens an account; says the same whoever has one already. */
export function RegisterPage() {
  const text = useText()
  const words = text.register
  const [email, setEmail] = useState('')
  const [kind, setKind] = useState<Registrant>(language === 'zh' ? 'citizen' : 'foreign-client')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const request = useMutation(api.identity.registrations.request.mutationOptions())
  const submit = () => {
    const missing = email.trim() === '' ? [{ field: 'email', message: text.problem.email }] : []
    request.reset()
    setErrors(missing)
    if (missing.length === 0) request.mutate({ email: email.trim(), kind })
  }
  return (
    <Page title={words.title} lede={words.lede} width="prose">
      {request.isSuccess ? (
        <Notice tone="met" live title={words.sent}>
          {words.sentNote(email.trim(), request.data.validForHours)}
        </Notice>
      ) : (
        <Form
          onSubmit={submit}
          errors={errors}
          error={request.error}
          text={text.errors}
          actions={
            <Button kind="primary" type="submit" busy={request.isPending}>
              {words.send}
            </Button>
          }
        >
          <RadioGroup
            name="kind"
            label={words.kind}
            value={kind}
            onChange={(value) => setKind(REGISTRANTS.find((one) => one === value) ?? 'citizen')}
            options={REGISTRANTS.map((value) => ({ value, label: words.kinds[value] }))}
          />
          <TextField
            name="email"
            type="email"
            autoComplete="email"
            label={words.email}
            value={email}
            onChange={setEmail}
            maxLength={254}
            required
          />
        </Form>
      )}
      <p>
        {words.haveOne} <TextLink href="/sign-in">{words.signIn}</TextLink>
      </p>
    </Page>
  )
}
