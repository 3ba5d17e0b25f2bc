import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isRole, ROLE_NAMES } from '../../src/identity/roles.ts'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/choices.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { roleName, useText } from './text.ts'

export function OpenAccountForm() {
  const text = useText()
  const words = text.accounts
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<readonly string[]>([])
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const open = useMutation(
    api.identity.accounts.create.mutationOptions({
      onSuccess: async () => {
        setName('')
        setEmail('')
        setRoles([])
        await queryClient.invalidateQueries({ queryKey: api.identity.accounts.key() })
      },
    }),
  )
  const submit = () => {
    const missing = [
      ...(name.trim() === '' ? [{ field: 'name', message: text.problem.name }] : []),
      ...(/.@./u.test(email) ? [] : [{ field: 'email', message: text.problem.email }]),
      ...(roles.length === 0 ? [{ field: 'roles', message: text.problem.roles }] : []),
    ]
    open.reset()
    setErrors(missing)
    if (missing.length === 0)
      open.mutate({ name: name.trim(), email: email.trim(), roles: roles.filter(isRole) })
  }
  return (
    <Section title={words.add} note={words.addNote}>
      {open.isSuccess && (
        <Notice tone="met" live>
          {words.opened(open.variables.name)}
        </Notice>
      )}
      <Form
        label={words.add}
        onSubmit={submit}
        errors={errors}
        error={open.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={open.isPending}>
            {words.open}
          </Button>
        }
      >
        <TextField name="name" label={words.name} value={name} onChange={setName} maxLength={120} required />
        <TextField name="email" type="email" label={words.email} value={email} onChange={setEmail} required />
        <CheckboxGroup
          name="roles"
          label={words.roles}
          inline
          value={roles}
          onChange={setRoles}
          options={ROLE_NAMES.map((role) => ({ value: role, label: roleName(role) }))}
        />
      </Form>
    </Section>
  )
}
