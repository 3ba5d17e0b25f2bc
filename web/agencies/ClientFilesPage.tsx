import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { DateText, RecordText } from '../ui/values.tsx'
import { ActOnFileForm, AddFileForm } from './ClientFileForms.tsx'
import { useText } from './queries.ts'

export type ClientFile = Awaited<ReturnType<typeof client.agencies.clientFiles>>['items'][number]

const TONES: Readonly<Record<ClientFile['state'], Tone>> = {
  open: 'info',
  offered: 'risk',
  'handed-over': 'met',
  finished: 'met',
}

/** The files an agency keeps for its clients: what must be done before it may leave. */
export function ClientFilesPage() {
  const { moving: text } = useText()
  const code = usePathParameter('code')
  const files = useQuery(api.agencies.clientFiles.queryOptions({ input: { code } }))
  return (
    <Page
      title={files.data?.name ?? code}
      eyebrow={text.clients.title}
      lede={text.clients.lede}
      crumbs={[{ text: files.data?.name ?? code, href: `/agencies/${code}` }]}
      width="full"
      {...(files.data && { badges: <Badge>{text.clients.open(formatNumber(files.data.open))}</Badge> })}
    >
      <Loaded query={files} text={text.errors}>
        {({ items, offered }) => (
          <>
            <FileTable caption={text.clients.table} files={items} />
            {offered.length > 0 && (
              <Section title={text.clients.offered} layout="stacked">
                <FileTable caption={text.clients.offered} files={offered} />
              </Section>
            )}
            <Section title={text.clients.act} layout="stacked">
              <ActOnFileForm files={items} offered={offered} />
            </Section>
            <Section title={text.clients.add} layout="stacked">
              <AddFileForm code={code} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

export function FileTable({
  caption,
  files,
}: {
  readonly caption: string
  readonly files: readonly ClientFile[]
}) {
  const { moving: text } = useText()
  return (
    <DataTable
      caption={caption}
      rows={files}
      rowKey={({ id }) => id}
      empty={{ title: text.clients.none }}
      columns={[
        { name: 'reference', header: text.clients.reference, cell: ({ reference }) => reference },
        { name: 'file', header: text.clients.file, cell: ({ title }) => <RecordText>{title}</RecordText> },
        {
          name: 'client',
          header: text.clients.client,
          cell: ({ clientName }) => <RecordText>{clientName}</RecordText>,
        },
        { name: 'since', header: text.clients.since, cell: ({ openedOn }) => <DateText value={openedOn} /> },
        { name: 'state', header: text.clients.state, cell: (file) => <FileState file={file} /> },
      ]}
    />
  )
}

function FileState({ file: { state, handover } }: { readonly file: ClientFile }) {
  const { moving: text } = useText()
  return (
    <>
      <Badge tone={TONES[state]}>{text.clients.states[state]}</Badge>
      {handover !== null && state !== 'open' && (
        <>
          {' '}
          <RecordText>{handover.receiverName}</RecordText>
        </>
      )}
      {typeof handover?.receipt === 'string' && <> · {text.clients.receipt(handover.receipt)}</>}
    </>
  )
}
