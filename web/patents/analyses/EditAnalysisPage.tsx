import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CellDraft, PANELS } from '../../../src/patents/analysis.rules.ts'
import { api } from '../../app/api.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { CheckboxGroup } from '../../ui/choices.tsx'
import { TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { Conditions } from '../landscape/Conditions.tsx'
import styles from './analyses.module.css'
import { type Analysis, refresh, useText } from './queries.ts'

/** Name, notes, charts and order of a notebook; what its questions counted stays. */
export function EditAnalysisPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery({
    ...api.analyses.get.queryOptions({ input: { id } }),
    // What somebody is writing is not replaced under his hands.
    refetchOnWindowFocus: false,
  })
  return (
    <Page
      title={text.edit.title}
      lede={text.edit.lede}
      width="prose"
      crumbs={[
        { text: text.title, href: '/patents/analyses' },
        { text: query.data?.name ?? '', href: `/patents/analyses/${id}` },
      ]}
    >
      <Loaded query={query} text={text.errors}>
        {(analysis) => <Editing key={analysis.version} analysis={analysis} />}
      </Loaded>
    </Page>
  )
}

interface Part {
  readonly key: number
  readonly cell: CellDraft
}

function Editing({ analysis }: { readonly analysis: Analysis }) {
  const text = useText()
  const words = text.edit
  const navigate = useNavigate()
  const { id, version } = analysis
  const [name, setName] = useState(analysis.name)
  const [parts, setParts] = useState<readonly Part[]>(() =>
    analysis.cells.map((cell, key) => ({ key, cell })),
  )
  const save = useMutation(
    api.analyses.save.mutationOptions({
      onSuccess: async () => {
        await refresh()
        await navigate({ to: `/patents/analyses/${id}` })
      },
    }),
  )
  const problems = problemsOf(name, parts, text)
  const [tried, setTried] = useState(false)
  const change = (key: number, cell: CellDraft) =>
    setParts(parts.map((part) => (part.key === key ? { key, cell } : part)))
  const move = (from: number, to: number) => {
    const moved = parts[from]
    if (moved !== undefined) setParts(parts.toSpliced(from, 1).toSpliced(to, 0, moved))
  }
  const add = () =>
    setParts([
      ...parts,
      { key: Math.max(-1, ...parts.map(({ key }) => key)) + 1, cell: { kind: 'note', text: '' } },
    ])
  return (
    <Form
      label={words.title}
      onSubmit={() => {
        setTried(true)
        if (problems.length === 0) save.mutate({ id, version, name, cells: parts.map(({ cell }) => cell) })
      }}
      error={save.error}
      text={text.errors}
      errors={tried ? problems : []}
      actions={
        <>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {words.save}
          </Button>
          <ButtonLink href={`/patents/analyses/${id}`}>{words.cancel}</ButtonLink>
        </>
      }
    >
      <TextField name="name" label={words.name} value={name} onChange={setName} required />
      {parts.map(({ key, cell }, index) => (
        <fieldset key={key} className={styles.part}>
          <legend>{words.cell(index + 1)}</legend>
          <PartFields name={`cells.${index}`} cell={cell} onChange={(next) => change(key, next)} />
          <div className={styles.tools}>
            <Button
              kind="quiet"
              disabled={index === 0}
              aria-label={words.up(index + 1)}
              onClick={() => move(index, index - 1)}
            >
              {words.upShort}
            </Button>
            <Button
              kind="quiet"
              disabled={index === parts.length - 1}
              aria-label={words.down(index + 1)}
              onClick={() => move(index, index + 1)}
            >
              {words.downShort}
            </Button>
            <Button
              kind="quiet"
              aria-label={words.remove(index + 1)}
              onClick={() => setParts(parts.toSpliced(index, 1))}
            >
              {words.removeShort}
            </Button>
          </div>
        </fieldset>
      ))}
      <p>
        <Button onClick={add}>{words.addNote}</Button>
      </p>
      <p>{words.addQuestion}</p>
    </Form>
  )
}

interface PartFieldsProps {
  readonly name: string
  readonly cell: CellDraft
  readonly onChange: (cell: CellDraft) => void
}

function PartFields({ name, cell, onChange }: PartFieldsProps) {
  const text = useText()
  const words = text.edit
  if (cell.kind === 'note')
    return (
      <TextAreaField
        name={`${name}.text`}
        label={words.note}
        value={cell.text}
        onChange={(value) => onChange({ ...cell, text: value })}
      />
    )
  return (
    <>
      <Conditions filter={cell.filter} fixed />
      <TextField
        name={`${name}.title`}
        label={words.question}
        value={cell.title}
        onChange={(title) => onChange({ ...cell, title })}
      />
      <CheckboxGroup
        name={`${name}.panels`}
        label={words.panels}
        inline
        value={cell.panels}
        onChange={(chosen) => onChange({ ...cell, panels: PANELS.filter((panel) => chosen.includes(panel)) })}
        options={PANELS.map((value) => ({ value, label: text.panels[value] }))}
      />
    </>
  )
}

function problemsOf(name: string, parts: readonly Part[], text: ReturnType<typeof useText>) {
  return [
    ...(name.trim() === '' ? [{ field: 'name', message: text.create.nameMissing }] : []),
    ...(parts.length === 0 ? [{ field: 'name', message: text.edit.least }] : []),
    ...parts.flatMap(({ cell }, index) => {
      if (cell.kind === 'note')
        return cell.text.trim() === ''
          ? [{ field: `cells.${index}.text`, message: text.edit.noteMissing }]
          : []
      return cell.panels.length === 0
        ? [{ field: `cells.${index}.panels`, message: text.create.panelsMissing }]
        : []
    }),
  ]
}
