import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { useText } from './text.ts'

const NOTHING = {
  name: '',
  nameEn: '',
  creditCode: '',
  override: '',
  country: '',
  registration: '',
  regionCode: '',
  industryCode: '',
  address: '',
  source: '',
}

type Draft = typeof NOTHING

/** Enters one organisation; the server says when its code is taken or cannot be right. */
export function NewOrganisationPage() {
  const text = useText()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>(NOTHING)
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const enter = useMutation(
    api.parties.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries({ queryKey: api.parties.key() })
        await navigate({ to: `/organisations/${id}` })
      },
    }),
  )
  const submit = () => {
    const missing = (['name', 'source'] as const)
      .filter((field) => draft[field].trim() === '')
      .map((field) => ({ field, message: text.desk.required[field] }))
    setErrors(missing)
    if (missing.length === 0) enter.mutate(inputOf(draft))
  }
  const field = (name: keyof Draft) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
  return (
    <Page
      title={text.enter.title}
      lede={text.enter.lede}
      width="prose"
      crumbs={[{ text: text.title, href: '/organisations' }]}
    >
      <Form
        onSubmit={submit}
        errors={errors}
        error={enter.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="primary" busy={enter.isPending}>
            {text.enter.submit}
          </Button>
        }
      >
        <TextField label={text.name} required maxLength={300} {...field('name')} />
        <TextField label={text.nameEn} maxLength={300} {...field('nameEn')} />
        <TextField label={text.creditCode} maxLength={18} {...field('creditCode')} />
        <TextField
          label={text.enter.override}
          hint={text.enter.overrideHint}
          maxLength={1000}
          {...field('override')}
        />
        <TextField label={text.country} hint={text.enter.foreignHint} maxLength={2} {...field('country')} />
        <TextField label={text.enter.foreign} maxLength={40} {...field('registration')} />
        <TextField label={text.region} inputMode="numeric" maxLength={6} {...field('regionCode')} />
        <TextField label={text.industry} maxLength={5} {...field('industryCode')} />
        <TextAreaField label={text.address} {...field('address')} />
        <TextField label={text.desk.source} required maxLength={300} {...field('source')} />
      </Form>
    </Page>
  )
}

/** What was filled in; an empty field says nothing. */
function inputOf({ override, country, registration, ...fields }: Draft) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''))
  const abroad = country.trim().toUpperCase()
  return {
    ...given,
    name: fields.name,
    source: fields.source,
    ...(abroad !== '' && { country: abroad }),
    ...(override.trim() !== '' && { override: { reason: override } }),
    ...(registration.trim() !== '' && {
      identifiers: [{ scheme: 'foreign-registration' as const, country: abroad, value: registration }],
    }),
  }
}
