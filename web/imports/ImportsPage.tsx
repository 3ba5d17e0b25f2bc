import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { moreOf, queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { SelectField } from '../ui/fields.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText, NumberText } from '../ui/values.tsx'
import type { ImportKind, ImportRun } from './queries.ts'
import { useText } from './text.ts'

const MAX_BYTES = 200 * 1024 * 1024

/** Brings a file in and lists what was brought in before. */
export function ImportsPage() {
  const text = useText()
  const mayImport = useSession().has('officer', 'operator')
  const navigate = useNavigate()
  const runs = useInfiniteQuery(
    api.imports.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Page
      title={text.title}
      lede={text.lede}
      width="full"
      actions={<ButtonLink href="/work/imports/patents">{text.patents.open}</ButtonLink>}
    >
      <Loaded query={runs} text={text.errors}>
        {({ pages }) => (
          <>
            {mayImport && <UploadForm kinds={pages[0]?.kinds ?? []} />}
            <DataTable
              caption={text.caption}
              columns={columnsOf(text)}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              total={pages[0]?.total ?? 0}
              onOpen={({ id }) => void navigate({ to: `/work/imports/${id}` })}
              more={moreOf(runs)}
              empty={{ title: text.none, next: text.noneHint }}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function columnsOf(text: ReturnType<typeof useText>) {
  const count = (name: 'rows' | 'accepted' | 'updated' | 'unchanged' | 'refused') => ({
    name,
    header: text[name],
    numeric: true,
    cell: (run: ImportRun) => <NumberText value={run[name]} />,
  })
  return [
    {
      name: 'file',
      header: text.name,
      cell: ({ id, fileName }: ImportRun) => <TextLink href={`/work/imports/${id}`}>{fileName}</TextLink>,
    },
    { name: 'kind', header: text.kind, cell: ({ title }: ImportRun) => either(title) },
    {
      name: 'finishedAt',
      header: text.finishedAt,
      cell: ({ finishedAt }: ImportRun) => <MomentText value={finishedAt} />,
    },
    count('rows'),
    count('accepted'),
    count('updated'),
    count('unchanged'),
    count('refused'),
  ] as const
}

function UploadForm({ kinds }: { readonly kinds: readonly ImportKind[] }) {
  const text = useText()
  const navigate = useNavigate()
  const [kind, setKind] = useState('')
  const [file, setFile] = useState<File>()
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const run = useMutation(
    api.imports.run.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries()
        await navigate({ to: `/work/imports/${id}` })
      },
    }),
  )
  const submit = () => {
    const missing = [
      ...(kind === '' ? [{ field: 'kind', message: text.required.kind }] : []),
      ...(file === undefined ? [{ field: 'file', message: text.required.file }] : []),
    ]
    setErrors(missing)
    if (kind !== '' && file !== undefined) run.mutate({ kind, file })
  }
  const chosen = kinds.find((one) => one.kind === kind)
  return (
    <Section title={text.upload} layout="stacked">
      <Form
        label={text.upload}
        onSubmit={submit}
        errors={errors}
        error={run.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="primary" busy={run.isPending}>
            {text.submit}
          </Button>
        }
      >
        <SelectField
          name="kind"
          label={text.kind}
          required
          value={kind}
          onChange={setKind}
          hint={chosen && text.columns(chosen.columns.join('、'))}
          options={kinds.map((one) => ({ value: one.kind, label: either(one.title) }))}
        />
        <FileField
          name="file"
          label={text.file}
          hint={text.fileHint}
          required
          value={file}
          onChange={setFile}
          accept=".csv,.tsv,.txt,.xls,.xlsx,.json,.jsonl"
          maxBytes={MAX_BYTES}
        />
        {run.isPending && <Notice live>{text.working}</Notice>}
      </Form>
    </Section>
  )
}
