import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { TextAreaField, TextField } from '../ui/fields.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import type { Assessment } from './AssessmentPage.tsx'
import { useText } from './text.ts'

type Item = Assessment['dimensions'][number]['items'][number]
type Problem = { field: string; message: string }

interface ItemProps {
  readonly assessmentId: string
  readonly item: Item
  readonly mayWrite: boolean
}

/** One item of the criteria: what it asks, what answers it, and what it still lacks. */
export function AssessmentItem({ assessmentId, item, mayWrite }: ItemProps) {
  const { assessments: words } = useText()
  return (
    <article id={item.code}>
      <h3>{either(item.names)}</h3>
      <p>
        {item.gaps.map((gap) => (
          <Badge key={gap} tone="risk">
            {words.gap[gap]}
          </Badge>
        ))}
        {item.gaps.length === 0 && <Badge tone="met">{words.complete}</Badge>}
      </p>
      {item.figures.length > 0 && (
        <Facts
          rows={item.figures.map((figure) => ({
            label: either(figure.names),
            value: <TextLink href={`/indicators/${figure.code}`}>{figure.value}</TextLink>,
            note: figure.goal,
          }))}
        />
      )}
      {item.asks.length > 0 && (
        <p>
          {words.asks}: {item.asks.map((one) => either(one)).join(' · ')}
        </p>
      )}
      <p>{words.evidence}</p>
      {item.evidence.length === 0 && <p>{words.noEvidence}</p>}
      <ul>
        {item.evidence.map((evidence) => (
          <li key={evidence.id}>
            <a href={evidence.url}>{evidence.title}</a> {evidence.fileName}
            {mayWrite && <TakeBack assessmentId={assessmentId} evidence={evidence.id} />}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <>
          <Answer key={item.answer?.version ?? 0} assessmentId={assessmentId} item={item} />
          <AddEvidence assessmentId={assessmentId} item={item.code} />
        </>
      ) : (
        item.answer && <p>{item.answer.text}</p>
      )}
    </article>
  )
}

function useRefresh() {
  const queryClient = useQueryClient()
  return { onSuccess: () => queryClient.invalidateQueries({ queryKey: api.reports.key() }) }
}

function Answer({ assessmentId, item }: Pick<ItemProps, 'assessmentId' | 'item'>) {
  const text = useText()
  const words = text.assessments
  const [answer, setAnswer] = useState(item.answer?.text ?? '')
  const [errors, setErrors] = useState<Problem[]>([])
  const save = useMutation(api.reports.answerItem.mutationOptions(useRefresh()))
  const field = `answer-${item.code}`
  const submit = () => {
    const problems = answer.trim() === '' ? [{ field, message: text.required.answer }] : []
    setErrors(problems)
    if (problems.length > 0) return
    save.mutate({ id: assessmentId, item: item.code, version: item.answer?.version ?? 0, answer })
  }
  return (
    <Form
      onSubmit={submit}
      errors={errors}
      error={save.error}
      text={text.errors}
      label={`${either(item.names)}: ${words.answer}`}
      actions={
        <Button type="submit" busy={save.isPending}>
          {words.saveAnswer}
        </Button>
      }
    >
      <TextAreaField
        name={field}
        label={words.answer}
        value={answer}
        onChange={setAnswer}
        maxLength={4000}
        rows={3}
      />
    </Form>
  )
}

function AddEvidence({ assessmentId, item }: { readonly assessmentId: string; readonly item: string }) {
  const text = useText()
  const words = text.assessments
  const [title, setTitle] = useState('')
  const [file, setFile] = useState<File>()
  const [errors, setErrors] = useState<Problem[]>([])
  const refresh = useRefresh()
  const add = useMutation(
    api.reports.addEvidence.mutationOptions({
      onSuccess: async () => {
        setTitle('')
        setFile(undefined)
        await refresh.onSuccess()
      },
    }),
  )
  const submit = () => {
    const problems = [
      ...(title.trim() === '' ? [{ field: `title-${item}`, message: text.required.title }] : []),
      ...(file === undefined ? [{ field: `file-${item}`, message: text.required.file }] : []),
    ]
    setErrors(problems)
    if (problems.length === 0 && file !== undefined) add.mutate({ id: assessmentId, item, title, file })
  }
  return (
    <Form
      onSubmit={submit}
      errors={errors}
      error={add.error}
      text={text.errors}
      label={words.addEvidence}
      actions={
        <Button type="submit" busy={add.isPending}>
          {words.addEvidence}
        </Button>
      }
    >
      {add.isSuccess && <Notice tone="met" title={words.saved} live />}
      <TextField
        name={`title-${item}`}
        label={words.evidenceTitle}
        value={title}
        onChange={setTitle}
        maxLength={200}
      />
      <FileField
        name={`file-${item}`}
        label={words.file}
        hint={words.fileHint}
        value={file}
        onChange={setFile}
        maxBytes={20 * 1024 * 1024}
      />
    </Form>
  )
}

function TakeBack({ assessmentId, evidence }: { readonly assessmentId: string; readonly evidence: string }) {
  const text = useText()
  const words = text.assessments
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<Problem[]>([])
  const remove = useMutation(api.reports.removeEvidence.mutationOptions(useRefresh()))
  if (!open) {
    return (
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {words.takeBack}
      </Button>
    )
  }
  const submit = () => {
    const problems =
      reason.trim() === '' ? [{ field: `reason-${evidence}`, message: text.required.reason }] : []
    setErrors(problems)
    if (problems.length === 0) remove.mutate({ id: assessmentId, evidence, reason })
  }
  return (
    <Form
      onSubmit={submit}
      errors={errors}
      error={remove.error}
      text={text.errors}
      label={words.takeBack}
      actions={
        <Button type="submit" kind="danger" busy={remove.isPending}>
          {words.takeBack}
        </Button>
      }
    >
      <TextField
        name={`reason-${evidence}`}
        label={words.reason}
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
    </Form>
  )
}
