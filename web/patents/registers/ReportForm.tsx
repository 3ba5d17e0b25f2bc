import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { useText, useToday } from './queries.ts'

interface ReportFormProps {
  readonly code: string
  readonly onDone: () => void
}

/** A report with what it recommends, to whom. */
export function ReportForm({ code, onDone }: ReportFormProps) {
  const text = useText()
  const { project: words } = text
  const [title, setTitle] = useState('')
  const [publishedOn, setPublishedOn] = useState(useToday())
  const [summary, setSummary] = useState('')
  const [source, setSource] = useState('')
  const [list, setList] = useState([{ words: '', addressee: '' }])
  const change = (at: number, part: Partial<(typeof list)[number]>) =>
    setList(list.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const add = useMutation(
    api.navigation.addReport.mutationOptions({
      onSuccess: async () => {
        onDone()
        await queryClient.invalidateQueries({ queryKey: api.navigation.key() })
      },
    }),
  )
  return (
    <Form
      label={words.addReport}
      onSubmit={() => add.mutate({ code, title, publishedOn, summary, source, recommendations: list })}
      error={add.error}
      text={text.errors}
      actions={
        <>
          <Button type="submit" kind="primary" busy={add.isPending}>
            {words.save}
          </Button>
          <Button onClick={() => setList([...list, { words: '', addressee: '' }])}>{words.another}</Button>
          <Button onClick={onDone}>{text.cancel}</Button>
        </>
      }
    >
      <TextField name="title" label={words.reportTitle} value={title} onChange={setTitle} required />
      <DateField
        name="publishedOn"
        label={words.publishedOn}
        value={publishedOn}
        onChange={setPublishedOn}
        required
      />
      <TextAreaField name="summary" label={words.summary} value={summary} onChange={setSummary} required />
      <TextField name="source" label={words.source} value={source} onChange={setSource} required />
      {list.map((one, index) => (
        // The place of a recommendation is its number.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index}>
          <TextAreaField
            name={`recommendations.${index}.words`}
            label={words.recommendation(index + 1)}
            rows={2}
            value={one.words}
            onChange={(value) => change(index, { words: value })}
            required
          />
          <TextField
            name={`recommendations.${index}.addressee`}
            label={words.addressee(index + 1)}
            value={one.addressee}
            onChange={(value) => change(index, { addressee: value })}
            required
          />
        </div>
      ))}
    </Form>
  )
}
