import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Panel, PANELS } from '../../../src/patents/analysis.rules.ts'
import { api, client } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { CheckboxGroup } from '../../ui/choices.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { language } from '../../ui/language.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { SignedOut } from '../../ui/states.tsx'
import { Conditions, useValueWords } from '../landscape/Conditions.tsx'
import { conditionsOf, landscapeHref, useFilter } from '../landscape/queries.ts'
import { refresh, useText } from './queries.ts'

const USUAL: readonly Panel[] = ['trend', 'owners', 'fields', 'statuses', 'list']

/** Keeps the question of a landscape, in a notebook of its own or in one that is there. */
export function NewAnalysisPage() {
  const text = useText()
  const filter = useFilter()
  const { signedIn } = useSession()
  return (
    <Page
      title={text.create.title}
      lede={text.create.lede}
      width="prose"
      crumbs={[
        { text: text.landscape, href: '/patents/landscape' },
        { text: text.title, href: '/patents/analyses' },
      ]}
    >
      <Section title={text.create.conditions} layout="stacked">
        <Conditions filter={filter} fixed />
      </Section>
      {signedIn ? <Saving key={JSON.stringify(filter)} /> : <SignedOut />}
    </Page>
  )
}

function Saving() {
  const text = useText()
  const words = text.create
  const filter = useFilter()
  const valueOf = useValueWords(filter, undefined)
  const navigate = useNavigate()
  const announce = useAnnounce()
  const proposed =
    conditionsOf(filter)
      .map(({ name, value }) => valueOf(name, value))
      .join(language === 'zh' ? '、' : ', ') || words.all
  const [into, setInto] = useState('')
  const [name, setName] = useState<string>()
  const [title, setTitle] = useState<string>()
  const [panels, setPanels] = useState<readonly string[]>(USUAL)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const mine = useQuery(api.analyses.list.queryOptions({ input: { scope: 'mine', limit: 200 } }))
  const named = (name ?? proposed).trim()
  const chosen = PANELS.filter((panel) => panels.includes(panel))
  const save = useMutation({
    mutationFn: async () => {
      const question = {
        kind: 'question' as const,
        title: (title ?? proposed).trim().slice(0, 200),
        filter,
        panels: chosen,
      }
      const cells = note.trim() === '' ? [question] : [{ kind: 'note' as const, text: note.trim() }, question]
      if (into === '') return client.analyses.create({ name: named.slice(0, 200), cells })
      const known = await client.analyses.get({ id: into })
      return client.analyses.save({
        id: into,
        version: known.version,
        name: known.name,
        cells: [...known.cells, ...cells],
      })
    },
    onSuccess: async ({ id }) => {
      await refresh()
      announce(words.saved)
      await navigate({ to: `/patents/analyses/${id}` })
    },
  })
  const problems = [
    ...(into === '' && named === '' ? [{ field: 'name', message: words.nameMissing }] : []),
    ...(chosen.length === 0 ? [{ field: 'panels', message: words.panelsMissing }] : []),
  ]
  return (
    <Form
      label={words.title}
      onSubmit={() => {
        setTried(true)
        if (problems.length === 0 && !save.isPending) save.mutate()
      }}
      error={save.error}
      text={text.errors}
      errors={tried ? problems : []}
      actions={
        <>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {words.save}
          </Button>
          <ButtonLink href={landscapeHref(Object.keys(filter).length === 0 ? {} : filter)}>
            {words.cancel}
          </ButtonLink>
        </>
      }
    >
      {(mine.data?.items.length ?? 0) > 0 && (
        <SelectField
          name="into"
          label={words.into}
          hint={words.intoHint}
          none={words.intoNew}
          value={into}
          onChange={setInto}
          options={(mine.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {into === '' && (
        <TextField name="name" label={words.name} value={name ?? proposed} onChange={setName} required />
      )}
      <TextField name="question" label={words.question} value={title ?? proposed} onChange={setTitle} />
      <CheckboxGroup
        name="panels"
        label={words.panels}
        value={panels}
        onChange={setPanels}
        inline
        options={PANELS.map((value) => ({ value, label: text.panels[value] }))}
      />
      <TextAreaField name="note" label={words.note} hint={words.noteHint} value={note} onChange={setNote} />
    </Form>
  )
}
