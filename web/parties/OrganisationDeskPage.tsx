import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { STANDING_NAMES, STANDINGS, type Standing } from '../../src/parties/rules.ts'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useZone } from '../app/session.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import type { Organisation } from './queries.ts'
import { useText } from './text.ts'

/** Where an office records what changed about an organisation. */
export function OrganisationDeskPage() {
  const text = useText()
  const id = usePathParameter('id')
  const organisation = useQuery(api.parties.get.queryOptions({ input: { id } }))
  return (
    <Page
      title={organisation.data?.name ?? text.desk.title}
      crumbs={[{ text: text.title, href: '/organisations' }]}
      actions={<ButtonLink href={`/organisations/${id}`}>{text.desk.view}</ButtonLink>}
    >
      <Loaded query={organisation} text={text.errors}>
        {(found) => (
          <>
            <Section title={text.desk.change} note={text.desk.changeHint} layout="stacked">
              <ChangeForm key={found.version} organisation={found} />
            </Section>
            <Section title={text.desk.standingTitle} layout="stacked">
              <StandingForm id={found.id} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const afterwards = () => queryClient.invalidateQueries({ queryKey: api.parties.key() })

function ChangeForm({ organisation }: { readonly organisation: Organisation }) {
  const text = useText()
  const today = useZone()?.today ?? ''
  const [draft, setDraft] = useState({
    name: organisation.name,
    nameEn: organisation.nameEn ?? '',
    regionCode: organisation.regionCode ?? '',
    industryCode: organisation.industryCode ?? '',
    address: organisation.address ?? '',
    from: today,
    source: '',
  })
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const change = useMutation(api.parties.update.mutationOptions({ onSuccess: afterwards }))
  const submit = () => {
    const missing = (['name', 'source'] as const)
      .filter((field) => draft[field].trim() === '')
      .map((field) => ({ field, message: text.desk.required[field] }))
    setErrors(missing)
    if (missing.length > 0) return
    const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ''))
    change.mutate({
      ...given,
      id: organisation.id,
      version: organisation.version,
      name: draft.name,
      source: draft.source,
    })
  }
  const field = (name: keyof typeof draft) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
  return (
    <Form
      label={text.desk.change}
      onSubmit={submit}
      errors={errors}
      error={change.error}
      text={text.errors}
      actions={
        <Button type="submit" kind="primary" busy={change.isPending}>
          {text.desk.save}
        </Button>
      }
    >
      <TextField label={text.name} required maxLength={300} {...field('name')} />
      <TextField label={text.nameEn} maxLength={300} {...field('nameEn')} />
      <TextField label={text.region} inputMode="numeric" maxLength={6} {...field('regionCode')} />
      <TextField label={text.industry} maxLength={5} {...field('industryCode')} />
      <TextAreaField label={text.address} {...field('address')} />
      <DateField label={text.desk.from} {...field('from')} />
      <TextField label={text.desk.source} required maxLength={300} {...field('source')} />
    </Form>
  )
}

const NO_TERM = { standing: '', validFrom: '', validTo: '', certificateNumber: '', standingSource: '' }

function StandingForm({ id }: { readonly id: string }) {
  const text = useText()
  const [draft, setDraft] = useState(NO_TERM)
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const record = useMutation(
    api.parties.putStanding.mutationOptions({
      onSuccess: async () => {
        setDraft(NO_TERM)
        await afterwards()
      },
    }),
  )
  const submit = () => {
    const required = {
      standing: text.desk.required.standing,
      validFrom: text.desk.required.from,
      standingSource: text.desk.required.source,
    }
    const missing = Object.entries(required)
      .filter(([name]) => draft[name as keyof typeof draft].trim() === '')
      .map(([name, message]) => ({ field: name, message }))
    setErrors(missing)
    if (missing.length > 0) return
    const { standing, validFrom, validTo, certificateNumber, standingSource } = draft
    record.mutate({
      id,
      standing: standing as Standing,
      validFrom,
      ...(validTo !== '' && { validTo }),
      ...(certificateNumber.trim() !== '' && { certificateNumber }),
      source: standingSource,
    })
  }
  const field = (name: keyof typeof draft) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
  return (
    <>
      {record.isSuccess && (
        <Notice tone="met" live>
          {text.desk.saved}
        </Notice>
      )}
      <Form
        label={text.desk.standingTitle}
        onSubmit={submit}
        errors={errors}
        error={record.error}
        text={text.errors}
        actions={
          <Button type="submit" busy={record.isPending}>
            {text.desk.addStanding}
          </Button>
        }
      >
        <SelectField
          label={text.standing}
          required
          options={STANDING_NAMES.map((value) => ({ value, label: either(STANDINGS[value]) }))}
          {...field('standing')}
        />
        <DateField label={text.desk.standingFrom} required {...field('validFrom')} />
        <DateField label={text.desk.standingTo} {...field('validTo')} />
        <TextField label={text.desk.certificate} maxLength={100} {...field('certificateNumber')} />
        <TextField label={text.desk.source} required maxLength={300} {...field('standingSource')} />
      </Form>
    </>
  )
}
