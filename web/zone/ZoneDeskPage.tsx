import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { explain } from '../ui/explain.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Empty } from '../ui/states.tsx'
import { MomentText } from '../ui/values.tsx'
import { useOwnWords } from '../ui/words.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

type Versions = Awaited<ReturnType<typeof client.zone.versions>>
type Compared = { from: string; to: string }

/** Which version of the profile runs, what the folder says now, and how versions differ. */
export function ZoneDeskPage() {
  const text = useText()
  const [compared, setCompared] = useState<Compared>()
  const versions = useQuery(api.zone.versions.queryOptions({ refetchInterval: 5000 }))
  return (
    <Page title={text.zoneDesk.title} lede={text.zoneDesk.lede}>
      <Reload />
      <Loaded query={versions} text={text.zoneDesk.errors}>
        {(known) => (
          <>
            {known.refused?.stillSo && <Refused refused={known.refused} />}
            <Section title={text.zoneDesk.running} layout="stacked">
              <code className={styles.version}>{known.running}</code>
            </Section>
            <History versions={known} onCompare={setCompared} />
          </>
        )}
      </Loaded>
      {compared && <Difference {...compared} />}
    </Page>
  )
}

function Reload() {
  const text = useText()
  const words = useOwnWords()
  const queryClient = useQueryClient()
  const reload = useMutation(
    api.zone.reload.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.zone.key() }),
    }),
  )
  const failure = reload.error && explain(reload.error, text.zoneDesk.errors, words)
  return (
    <div className={styles.reload}>
      <Button kind="primary" busy={reload.isPending} onClick={() => reload.mutate({})}>
        {text.zoneDesk.reload}
      </Button>
      {reload.data && (
        <Notice
          live
          tone="met"
          title={
            reload.data.changed
              ? text.zoneDesk.changed(reload.data.version.slice(0, 12))
              : text.zoneDesk.unchanged
          }
        />
      )}
      {failure && (
        <Notice live tone="late" title={failure.what}>
          <p>{failure.kept}</p>
          <p>{failure.next}</p>
        </Notice>
      )}
    </div>
  )
}

function Refused({ refused }: { readonly refused: NonNullable<Versions['refused']> }) {
  const text = useText()
  return (
    <Section title={text.zoneDesk.refused} layout="stacked" note={<MomentText value={refused.refusedAt} />}>
      <DataTable
        caption={text.zoneDesk.refusedTable}
        rows={refused.problems}
        rowKey={(problem) => JSON.stringify(problem)}
        columns={[
          { name: 'file', header: text.zoneDesk.file, cell: ({ file }) => <code>{file}</code> },
          { name: 'field', header: text.zoneDesk.field, cell: ({ field }) => <code>{field}</code> },
          { name: 'rule', header: text.zoneDesk.rule, cell: ({ rule }) => <code>{rule}</code> },
          {
            name: 'message',
            header: text.zoneDesk.message,
            cell: ({ message }) => <span lang="en">{message}</span>,
          },
        ]}
      />
    </Section>
  )
}

interface HistoryProps {
  readonly versions: Versions
  readonly onCompare: (compared: Compared) => void
}

function History({ versions: { activations }, onCompare }: HistoryProps) {
  const text = useText()
  const rows = activations.map((activation, index) => ({
    ...activation,
    before: activations[index + 1]?.version,
  }))
  return (
    <Section title={text.zoneDesk.history} layout="stacked">
      <DataTable
        caption={text.zoneDesk.historyTable}
        rows={rows}
        rowKey={({ id }) => id}
        empty={{ title: text.zoneDesk.noHistory }}
        columns={[
          {
            name: 'at',
            header: text.zoneDesk.at,
            cell: ({ activatedAt }) => <MomentText value={activatedAt} />,
          },
          {
            name: 'version',
            header: text.zoneDesk.version,
            cell: ({ version }) => <code>{version.slice(0, 12)}</code>,
          },
          { name: 'cause', header: text.zoneDesk.cause, cell: ({ cause }) => text.zoneDesk.causes[cause] },
          {
            name: 'difference',
            header: text.zoneDesk.difference,
            cell: ({ version, before }) =>
              before !== undefined && before !== version ? (
                <Button kind="quiet" onClick={() => onCompare({ from: before, to: version })}>
                  {text.zoneDesk.compare}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  )
}

function Difference({ from, to }: Compared) {
  const text = useText()
  const difference = useQuery(api.zone.difference.queryOptions({ input: { from, to } }))
  return (
    <Section
      title={text.zoneDesk.difference}
      note={`${from.slice(0, 12)} → ${to.slice(0, 12)}`}
      layout="stacked"
    >
      <Loaded query={difference} text={text.zoneDesk.errors}>
        {({ changes }) =>
          changes.length === 0 ? (
            <Empty title={text.zoneDesk.noDifference} />
          ) : (
            <DataTable
              caption={text.zoneDesk.differenceTable}
              rows={changes}
              rowKey={({ file, field }) => `${file} ${field}`}
              columns={[
                { name: 'file', header: text.zoneDesk.file, cell: ({ file }) => <code>{file}</code> },
                { name: 'field', header: text.zoneDesk.field, cell: ({ field }) => <code>{field}</code> },
                { name: 'before', header: text.zoneDesk.before, cell: ({ before }) => before },
                { name: 'after', header: text.zoneDesk.after, cell: ({ after }) => after },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
