import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.identity.invitations.key() })

type Invitation = Awaited<ReturnType<typeof client.identity.invitations.list>>['items'][number]

export function InvitationsSection({ organisationId }: { readonly organisationId: string }) {
  const text = useText()
  const words = text.members
  const invitations = useQuery(api.identity.invitations.list.queryOptions({ input: { organisationId } }))
  const revoke = useMutation(api.identity.invitations.revoke.mutationOptions({ onSettled: refresh }))
  return (
    <>
      <InviteForm organisationId={organisationId} />
      <Section title={words.invitations} layout="stacked">
        <ErrorSummary error={revoke.error} text={text.errors} />
        <Loaded query={invitations} text={text.errors}>
          {({ items }) => (
            <DataTable
              caption={words.invitationsCaption}
              rows={items}
              rowKey={({ id }) => id}
              empty={{ title: words.noInvitations }}
              columns={invitationColumns(words, revoke.isPending, (id) =>
                revoke.mutate({ organisationId, id }),
              )}
            />
          )}
        </Loaded>
      </Section>
    </>
  )
}

function invitationColumns(
  words: ReturnType<typeof useText>['members'],
  busy: boolean,
  onRevoke: (id: string) => void,
): [Column<Invitation>, ...Column<Invitation>[]] {
  return [
    { name: 'email', header: words.email, cell: ({ email }) => email },
    { name: 'role', header: words.as, cell: ({ role }) => words[role] },
    {
      name: 'sent',
      header: words.sentOn,
      cell: ({ createdAt }) => <MomentText value={createdAt} />,
    },
    {
      name: 'expires',
      header: words.expires,
      cell: ({ expiresAt }) => <MomentText value={expiresAt} />,
    },
    { name: 'state', header: words.state, cell: ({ state }) => words.states[state] },
    {
      name: 'revoke',
      header: words.action,
      cell: ({ id, state }) =>
        state === 'open' && (
          <Button kind="quiet" onClick={() => onRevoke(id)} busy={busy}>
            {words.revoke}
          </Button>
        ),
    },
  ]
}

function InviteForm({ organisationId }: { readonly organisationId: string }) {
  const text = useText()
  const words = text.members
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('member')
  const [missing, setMissing] = useState(false)
  const send = useMutation(
    api.identity.invitations.send.mutationOptions({
      onSuccess: async () => {
        setEmail('')
        await refresh()
      },
    }),
  )
  const submit = () => {
    const wrong = !/.@./u.test(email)
    send.reset()
    setMissing(wrong)
    if (!wrong) {
      send.mutate({
        organisationId,
        email: email.trim(),
        role: role === 'administrator' ? 'administrator' : 'member',
      })
    }
  }
  return (
    <Section title={words.invite} note={words.inviteNote}>
      <Form
        label={words.invite}
        onSubmit={submit}
        errors={missing ? [{ field: 'email', message: text.problem.email }] : []}
        error={send.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={send.isPending}>
            {words.send}
          </Button>
        }
      >
        <TextField name="email" type="email" label={words.email} value={email} onChange={setEmail} required />
        <RadioGroup
          name="role"
          label={words.as}
          inline
          value={role}
          onChange={setRole}
          options={[
            { value: 'member', label: words.member },
            { value: 'administrator', label: words.administrator },
          ]}
        />
      </Form>
    </Section>
  )
}
