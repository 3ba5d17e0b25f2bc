import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isRole, ROLE_NAMES } from '../../src/identity/roles.ts'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/choices.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import type { AccountDetail } from './AccountDetailPage.tsx'
import { roleName, useText } from './text.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.identity.accounts.key() })

export function AccountActions({ account }: { readonly account: AccountDetail }) {
  const text = useText()
  const words = text.accounts
  const { id } = account
  const suspend = useMutation(api.identity.accounts.suspend.mutationOptions({ onSuccess: refresh }))
  const reinstate = useMutation(api.identity.accounts.reinstate.mutationOptions({ onSuccess: refresh }))
  const resetFactor = useMutation(
    api.identity.accounts.resetSecondFactor.mutationOptions({ onSuccess: refresh }),
  )
  return (
    <>
      <RolesForm account={account} />
      {account.secondFactor && (
        <ReasonForm
          name="resetReason"
          title={words.resetSecondFactor}
          note={words.resetNote}
          action={resetFactor}
          onReason={(reason) => resetFactor.mutate({ id, reason })}
        />
      )}
      {account.suspendedAt === null ? (
        <ReasonForm
          name="suspendReason"
          title={words.suspend}
          note={words.suspendNote}
          action={suspend}
          onReason={(reason) => suspend.mutate({ id, reason })}
        />
      ) : (
        <Section title={words.reinstate}>
          <ErrorSummary error={reinstate.error} text={text.errors} />
          <Button onClick={() => reinstate.mutate({ id })} busy={reinstate.isPending}>
            {words.reinstate}
          </Button>
        </Section>
      )}
    </>
  )
}

function RolesForm({ account: { id, roles: before } }: { readonly account: AccountDetail }) {
  const text = useText()
  const words = text.accounts
  const [roles, setRoles] = useState<readonly string[]>(before)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const save = useMutation(api.identity.accounts.setRoles.mutationOptions({ onSuccess: refresh }))
  const submit = () => {
    const tooShort = reason.trim().length < 2
    save.reset()
    setMissing(tooShort)
    if (!tooShort) save.mutate({ id, roles: roles.filter(isRole), reason: reason.trim() })
  }
  return (
    <Section title={words.setRoles}>
      {save.isSuccess && (
        <Notice tone="met" live>
          {words.saved}
        </Notice>
      )}
      <Form
        label={words.setRoles}
        onSubmit={submit}
        errors={missing ? [{ field: 'rolesReason', message: text.problem.reason }] : []}
        error={save.error}
        text={text.errors}
        actions={
          <Button type="submit" busy={save.isPending}>
            {words.saveRoles}
          </Button>
        }
      >
        <CheckboxGroup
          name="roles"
          label={words.roles}
          inline
          value={roles}
          onChange={setRoles}
          options={ROLE_NAMES.map((role) => ({ value: role, label: roleName(role) }))}
        />
        <TextField
          name="rolesReason"
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          onChange={setReason}
          maxLength={200}
          required
        />
      </Form>
    </Section>
  )
}

interface ReasonFormProps {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly action: {
    readonly error: unknown
    readonly isPending: boolean
    readonly isSuccess: boolean
    readonly reset: () => void
  }
  readonly onReason: (reason: string) => void
}

/** An act on somebody's account is never without its reason. */
function ReasonForm({ name, title, note, action, onReason }: ReasonFormProps) {
  const text = useText()
  const words = text.accounts
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = () => {
    const tooShort = reason.trim().length < 2
    action.reset()
    setMissing(tooShort)
    if (!tooShort) onReason(reason.trim())
  }
  return (
    <Section title={title} note={note}>
      {action.isSuccess && (
        <Notice tone="met" live>
          {words.saved}
        </Notice>
      )}
      <Form
        label={title}
        onSubmit={submit}
        errors={missing ? [{ field: name, message: text.problem.reason }] : []}
        error={action.error}
        text={text.errors}
        actions={
          <Button kind="danger" type="submit" busy={action.isPending}>
            {title}
          </Button>
        }
      >
        <TextField
          name={name}
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          onChange={setReason}
          maxLength={200}
          required
        />
      </Form>
    </Section>
  )
}
