import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { moreOf, queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText, NumberText } from '../ui/values.tsx'
import type { PatentImportRun } from './queries.ts'
import type { Format } from './patents.zh.ts'
import { type Text, useText } from './text.ts'

const MAX_BYTES = 250 * 1024 * 1024

/** Brings a file of patents in to be looked at, and lists those that were imported. */
export function PatentImportsPage() {
  const text = useText()
  const mayImport = useSession().has('officer', 'operator')
  const navigate = useNavigate()
  const runs = useInfiniteQuery(
    api.patentImports.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Page
      title={text.patents.title}
      lede={text.patents.lede}
      width="full"
      crumbs={[{ text: text.title, href: '/work/imports' }]}
    >
      <Loaded query={runs} text={text.patents.errors}>
        {({ pages }) => (
          <>
            {mayImport && <UploadForm />}
            <DataTable
              caption={text.patents.caption}
              columns={columnsOf(text)}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              total={pages[0]?.total ?? 0}
              onOpen={({ id }) => void navigate({ to: `/work/imports/patents/${id}` })}
              more={moreOf(runs)}
              empty={{ title: text.patents.none, next: text.patents.noneHint }}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

export const TONES: Readonly<Record<PatentImportRun['state'], Tone>> = {
  prepared: 'neutral',
  waiting: 'info',
  running: 'info',
  finished: 'met',
  failed: 'late',
  stopped: 'risk',
}

function columnsOf(text: Text) {
  const count = (name: 'rows' | 'accepted' | 'updated' | 'unchanged' | 'refused') => ({
    name,
    header: text[name],
    numeric: true,
    cell: (run: PatentImportRun) => <NumberText value={run[name]} />,
  })
  return [
    {
      name: 'file',
      header: text.name,
      cell: ({ id, fileName }: PatentImportRun) => (
        <TextLink href={`/work/imports/patents/${id}`}>{fileName}</TextLink>
      ),
    },
    {
      name: 'format',
      header: text.patents.format,
      cell: ({ format }: PatentImportRun) => text.patents.formats[format as Format] ?? format,
    },
    {
      name: 'state',
      header: text.patents.state,
      cell: ({ state }: PatentImportRun) => <Badge tone={TONES[state]}>{text.patents.states[state]}</Badge>,
    },
    {
      name: 'at',
      header: text.finishedAt,
      cell: ({ finishedAt }: PatentImportRun) => finishedAt && <MomentText value={finishedAt} />,
    },
    count('rows'),
    count('accepted'),
    count('updated'),
    count('unchanged'),
    count('refused'),
  ] as const
}

function UploadForm() {
  const text = useText()
  const navigate = useNavigate()
  const [file, setFile] = useState<File>()
  const [missing, setMissing] = useState(false)
  const prepare = useMutation(
    api.patentImports.prepare.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries()
        await navigate({ to: `/work/imports/patents/${id}` })
      },
    }),
  )
  const submit = () => {
    setMissing(file === undefined)
    if (file !== undefined) prepare.mutate({ file })
  }
  return (
    <Section title={text.patents.upload} layout="stacked">
      <Form
        label={text.patents.upload}
        onSubmit={submit}
        errors={missing ? [{ field: 'file', message: text.patents.required }] : []}
        error={prepare.error}
        text={{ ...text.errors, ...text.patents.errors }}
        actions={
          <Button type="submit" kind="primary" busy={prepare.isPending}>
            {text.patents.look}
          </Button>
        }
      >
        <FileField
          name="file"
          label={text.patents.file}
          hint={text.patents.fileHint}
          required
          value={file}
          onChange={setFile}
          maxBytes={MAX_BYTES}
        />
        {prepare.isPending && <Notice live>{text.patents.looking}</Notice>}
      </Form>
    </Section>
  )
}
