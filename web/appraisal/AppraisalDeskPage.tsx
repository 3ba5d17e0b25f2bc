import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { DateField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RoundSteps } from './RoundSteps.tsx'
import { useText } from './text.ts'

/** Where the office opens a round and takes it to its end; there is no field for a score anywhere. */
export function AppraisalDeskPage() {
  const text = useText()
  const rounds = useQuery(api.appraisal.rounds.queryOptions())
  return (
    <Page
      title={text.desk}
      lede={text.work.lede}
      width="full"
      actions={<ButtonLink href="/appraisal">{text.title}</ButtonLink>}
    >
      <Loaded query={rounds} text={text.errors}>
        {({ items }) => (
          <>
            {items.map(({ year }) => (
              <RoundSteps key={year} year={year} />
            ))}
            <Open />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Open() {
  const text = useText()
  const queryClient = useQueryClient()
  const [year, setYear] = useState('')
  const [cutoffOn, setCutoffOn] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const open = useMutation(
    api.appraisal.open.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.appraisal.key() }),
    }),
  )
  const send = () => {
    const found = [
      ...(/^20\d\d$/.test(year) ? [] : [{ field: 'year', message: text.work.needYear }]),
      ...(cutoffOn === '' ? [{ field: 'cutoffOn', message: text.work.needDay }] : []),
    ]
    setErrors(found)
    if (found.length === 0) open.mutate({ year: Number(year), cutoffOn })
  }
  return (
    <Section title={text.work.open} note={text.work.openNote}>
      {open.isSuccess && <Notice tone="met" title={text.work.opened} live />}
      <Form
        label={text.work.open}
        onSubmit={send}
        errors={errors}
        error={open.error}
        text={text.errors}
        actions={
          <Button type="submit" busy={open.isPending}>
            {text.work.openButton}
          </Button>
        }
      >
        <TextField
          name="year"
          label={text.work.yearField}
          inputMode="numeric"
          maxLength={4}
          value={year}
          onChange={setYear}
        />
        <DateField
          name="cutoffOn"
          label={text.work.cutoffField}
          hint={text.work.cutoffHint}
          value={cutoffOn}
          onChange={setCutoffOn}
        />
      </Form>
    </Section>
  )
}
