import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { ClientFile } from './ClientFilesPage.tsx'
import { useText } from './queries.ts'

const NOTHING = { reference: '', title: '', clientName: '', openedOn: '' }

export function AddFileForm({ code }: { readonly code: string }) {
  const { moving: text } = useText()
  const [draft, setDraft] = useState(NOTHING)
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const add = useMutation(
    api.agencies.addClientFile.mutationOptions({
      onSuccess: async () => {
        setDraft(NOTHING)
        await refresh()
      },
    }),
  )
  const submit = () => {
    const missing = missingIn(draft, text.clients.required)
    setErrors(missing)
    if (missing.length === 0) add.mutate({ code, ...draft })
  }
  const field = (name: keyof typeof NOTHING) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
  return (
    <Form
      label={text.clients.add}
      onSubmit={submit}
      errors={errors}
      error={add.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={add.isPending}>
          {text.clients.add}
        </Button>
      }
    >
      {add.isSuccess && <Notice tone="met" title={text.clients.added} live />}
      <TextField label={text.clients.reference} maxLength={60} {...field('reference')} />
      <TextField label={text.clients.file} maxLength={200} {...field('title')} />
      <TextField label={text.clients.client} maxLength={200} {...field('clientName')} />
      <DateField label={text.clients.since} {...field('openedOn')} />
    </Form>
  )
}

const UNDONE = { file: '', act: '', toCode: '', note: '' }
type Act = 'finish' | 'agency' | 'client' | 'received' | 'refused'

interface ActOnFileProps {
  readonly files: readonly ClientFile[]
  readonly offered: readonly ClientFile[]
}

/** Finish a file, offer it, or answer an offer: what the state of the file allows. */
export function ActOnFileForm({ files, offered }: ActOnFileProps) {
  const { moving: text } = useText()
  const session = useSession()
  const [draft, setDraft] = useState(UNDONE)
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const acting = useActs(() => setDraft(UNDONE))
  const office = session.has('officer', 'operator')
  const waiting = [...(office ? files : []), ...offered].filter(({ state }) => state === 'offered')
  const open = files.filter(({ state }) => state === 'open')
  const chosen = [...open, ...waiting].find(({ id }) => id === draft.file)
  const acts: readonly Act[] =
    chosen === undefined
      ? []
      : chosen.state === 'open'
        ? ['finish', 'agency', 'client']
        : ['received', 'refused']
  const set = (part: Partial<typeof UNDONE>) => setDraft({ ...draft, ...part })
  const submit = () => {
    const { toCode, ...rest } = draft
    const asked = draft.act === 'agency' ? { ...rest, toCode } : rest
    const missing = missingIn(asked, text.clients.required)
    setErrors(missing)
    const act = acts.find((one) => one === draft.act)
    if (missing.length === 0 && act !== undefined) acting.take(act, draft)
  }
  if (open.length + waiting.length === 0) return <p>{text.clients.none}</p>
  return (
    <Form
      label={text.clients.act}
      onSubmit={submit}
      errors={errors}
      error={acting.error}
      text={text.errors}
      actions={
        <Button type="submit" kind="primary" busy={acting.busy}>
          {text.clients.save}
        </Button>
      }
    >
      {acting.done && <Notice tone="met" title={text.clients.done} live />}
      <SelectField
        name="file"
        label={text.clients.choose}
        value={draft.file}
        onChange={(file) => set({ file, act: '' })}
        options={[...open, ...waiting].map(({ id, reference, title }) => ({
          value: id,
          label: `${reference} ${title}`,
        }))}
      />
      <SelectField
        name="act"
        label={text.clients.what}
        value={draft.act}
        onChange={(act) => set({ act })}
        options={acts.map((value) => ({ value, label: text.clients.acts[value] }))}
      />
      {draft.act === 'agency' && (
        <TextField
          name="toCode"
          label={text.clients.toCode}
          hint={text.clients.toCodeHint}
          value={draft.toCode}
          onChange={(toCode) => set({ toCode: toCode.trim().toUpperCase() })}
          maxLength={32}
        />
      )}
      <TextAreaField
        name="note"
        label={text.clients.note}
        hint={text.clients.noteHint}
        value={draft.note}
        onChange={(note) => set({ note })}
        rows={2}
        maxLength={500}
      />
    </Form>
  )
}

function useActs(onDone: () => void) {
  const refresh = useRefresh()
  const onSuccess = async () => {
    onDone()
    await refresh()
  }
  const finish = useMutation(api.agencies.finishClientFile.mutationOptions({ onSuccess }))
  const offer = useMutation(api.agencies.offerClientFile.mutationOptions({ onSuccess }))
  const answer = useMutation(api.agencies.answerClientFile.mutationOptions({ onSuccess }))
  const all = [finish, offer, answer]
  return {
    take: (act: Act, { file: id, toCode, note }: typeof UNDONE) => {
      for (const one of all) one.reset()
      if (act === 'finish') finish.mutate({ id, note })
      else if (act === 'agency') offer.mutate({ id, to: { kind: 'agency', code: toCode }, note })
      else if (act === 'client') offer.mutate({ id, to: { kind: 'client' }, note })
      else answer.mutate({ id, answer: act, note })
    },
    error: all.find(({ error }) => error !== null)?.error,
    busy: all.some(({ isPending }) => isPending),
    done: all.some(({ isSuccess }) => isSuccess),
  }
}

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: api.agencies.key() })
}

function missingIn(draft: Readonly<Record<string, string>>, message: string): FieldProblem[] {
  return Object.entries(draft)
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => ({ field, message }))
}
