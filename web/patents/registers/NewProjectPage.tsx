import { useMutation } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { NAVIGATION_KIND_NAMES, NAVIGATION_KINDS } from '../../../src/patents/navigation.rules.ts'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { either } from '../../ui/language.ts'
import { Page } from '../../ui/Page.tsx'
import { NavigationContext } from '../../ui/TextLink.tsx'
import { useText, useToday } from './queries.ts'

/** Enters a navigation project; its reports follow on its own page. */
export function NewProjectPage() {
  const text = useText()
  const { project: words } = text
  const navigation = useContext(NavigationContext)
  const [form, setForm] = useState({
    code: '',
    title: '',
    titleEn: '',
    kind: 'industry',
    baseCode: '',
    source: '',
  })
  const [startedOn, setStartedOn] = useState(useToday())
  const field = (name: keyof typeof form) => ({
    name,
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  })
  const open = useMutation(
    api.navigation.openProject.mutationOptions({
      onSuccess: async ({ code }) => {
        await queryClient.invalidateQueries({ queryKey: api.navigation.key() })
        navigation?.go(`/patents/navigation/${code}`)
      },
    }),
  )
  const submit = () => {
    const { titleEn, baseCode, kind, ...given } = form
    open.mutate({
      ...given,
      startedOn,
      kind: NAVIGATION_KIND_NAMES.find((one) => one === kind) ?? 'industry',
      ...(titleEn !== '' && { titleEn }),
      ...(baseCode !== '' && { baseCode }),
    })
  }
  return (
    <Page
      title={words.open}
      lede={words.openLede}
      width="prose"
      crumbs={[{ text: text.navigation.title, href: '/patents/navigation' }]}
      failed={open.isError}
    >
      <Form
        onSubmit={submit}
        error={open.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="primary" busy={open.isPending}>
            {words.save}
          </Button>
        }
      >
        <TextField {...field('code')} label={words.code} required />
        <TextField {...field('title')} label={words.title} required />
        <TextField {...field('titleEn')} label={words.titleEn} required={false} />
        <SelectField
          {...field('kind')}
          label={words.kind}
          options={NAVIGATION_KIND_NAMES.map((value) => ({ value, label: either(NAVIGATION_KINDS[value]) }))}
          required
        />
        <TextField {...field('baseCode')} label={words.base} required={false} />
        <DateField
          name="startedOn"
          label={words.startedOn}
          value={startedOn}
          onChange={setStartedOn}
          required
        />
        <TextField {...field('source')} label={words.source} required />
      </Form>
    </Page>
  )
}
