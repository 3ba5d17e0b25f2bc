import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
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

interface Offer {
  organisationName: string
  email: string
  role: 'administrator' | 'member'
  expiresAt: string
  known: boolean
}

export function InvitationPage() {
  const text = useText()
  const token = usePathParameter('token')
  const offer = useQuery(
    api.identity.invitations.find.queryOptions({ input: { token }, refetchOnWindowFocus: false }),
  )
  return (
    <Page title={text.invitation.title} width="prose">
      <Loaded query={offer} text={text.errors}>
        {(data) => <OfferAndAnswer token={token} offer={data} />}
      </Loaded>
    </Page>
  )
}

function OfferAndAnswer({ token, offer }: { readonly token: string; readonly offer: Offer }) {
  const text = useText()
  const words = text.invitation
  const { actor } = useSession()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const accept = useMutation(api.identity.invitations.accept.mutationOptions())
  if (accept.isSuccess) {
    const next = accept.data.opened ? '/sign-in' : '/account'
    return (
      <Notice
        tone="met"
        live
        title={words.done}
        actions={<ButtonLink href={next}>{words.signIn}</ButtonLink>}
      >
        {accept.data.opened && words.doneNote}
      </Notice>
    )
  }
  const submit = () => {
    const missing = offer.known
      ? []
      : [
          ...(name.trim() === '' ? [{ field: 'name', message: text.problem.name }] : []),
          ...(password === '' ? [{ field: 'password', message: text.problem.password }] : []),
        ]
    accept.reset()
    setErrors(missing)
    if (missing.length === 0) accept.mutate({ token, ...(!offer.known && { name: name.trim(), password }) })
  }
  return (
    <>
      <p>{words.offer(offer.organisationName, text.members[offer.role])}</p>
      <Facts
        rows={[
          { label: words.for, value: offer.email },
          { label: words.validUntil, value: <MomentText value={offer.expiresAt} /> },
        ]}
      />
      {offer.known && actor.kind !== 'account' ? (
        <Notice
          actions={<ButtonLink href={`/sign-in?next=/invitations/${token}`}>{words.signIn}</ButtonLink>}
        >
          {words.known}
        </Notice>
      ) : (
        <Form
          onSubmit={submit}
          errors={errors}
          error={accept.error}
          text={text.errors}
          actions={
            <Button kind="primary" type="submit" busy={accept.isPending}>
              {offer.known && actor.kind === 'account' ? words.acceptAs(actor.name) : words.accept}
            </Button>
          }
        >
          {!offer.known && (
            <>
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
            </>
          )}
        </Form>
      )}
    </>
  )
}
