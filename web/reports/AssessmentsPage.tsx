import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

/** The zone's assessments of itself, and the beginning of a new one. */
export function AssessmentsPage() {
  const text = useText()
  const words = text.assessments
  const session = useSession()
  const query = useQuery(api.reports.assessments.queryOptions())
  return (
    <Page title={words.title} lede={words.lede} width="full">
      {session.has('statistician', 'officer') && <Begin />}
      <Loaded query={query} text={text.errors}>
        {({ items, total }) => (
          <DataTable
            caption={words.title}
            columns={[
              {
                name: 'title',
                header: words.name,
                cell: (row) => <TextLink href={`/work/assessments/${row.id}`}>{row.title}</TextLink>,
              },
              { name: 'state', header: text.state, cell: (row) => words.states[row.state] },
              { name: 'snapshot', header: text.snapshot, cell: (row) => row.snapshot.asOf },
              { name: 'complete', header: words.complete, cell: (row) => words.of(row.complete, row.items) },
              { name: 'begun', header: words.begun, cell: (row) => <MomentText value={row.createdAt} /> },
            ]}
            rows={items}
            rowKey={({ id }) => id}
            total={total}
            empty={{ title: words.empty, next: words.emptyNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}

function Begin() {
  const text = useText()
  const words = text.assessments
  const queryClient = useQueryClient()
  const snapshots = useQuery(api.statistics.snapshots.queryOptions())
  const [draft, setDraft] = useState({ title: '', snapshotId: '' })
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const begin = useMutation(
    api.reports.beginAssessment.mutationOptions({
      onSuccess: async () => {
        setDraft({ title: '', snapshotId: '' })
        await queryClient.invalidateQueries({ queryKey: api.reports.key() })
      },
    }),
  )
  const submit = () => {
    const problems = [
      ...(draft.title.trim() === '' ? [{ field: 'title', message: text.required.title }] : []),
      ...(draft.snapshotId === '' ? [{ field: 'snapshotId', message: text.required.snapshot }] : []),
    ]
    setErrors(problems)
    if (problems.length === 0) begin.mutate({ ...draft, title: draft.title.trim() })
  }
  return (
    <Section title={words.begin}>
      <Loaded query={snapshots} text={text.errors}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{text.noSnapshots}</p>
          ) : (
            <Form
              onSubmit={submit}
              errors={errors}
              error={begin.error}
              text={text.errors}
              actions={
                <Button type="submit" kind="primary" busy={begin.isPending}>
                  {words.beginButton}
                </Button>
              }
            >
              <TextField
                name="title"
                label={words.name}
                value={draft.title}
                onChange={(title) => setDraft({ ...draft, title })}
                maxLength={200}
              />
              <SelectField
                name="snapshotId"
                label={text.chooseSnapshot}
                value={draft.snapshotId}
                onChange={(snapshotId) => setDraft({ ...draft, snapshotId })}
                options={items.map(({ id, asOf, title }) => ({ value: id, label: `${asOf} ${title}` }))}
              />
            </Form>
          )
        }
      </Loaded>
    </Section>
  )
}
