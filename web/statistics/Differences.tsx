import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { SidePanel } from '../ui/SidePanel.tsx'
import { ValueText } from './figures.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

type Difference = Awaited<ReturnType<typeof client.statistics.differences>>['items'][number]

/** What was published against what the records say now. */
export function Differences({ snapshotId }: { readonly snapshotId: string }) {
  const words = useMessages({ zh, en })
  const { desk: text, restatements } = words
  const query = useQuery(api.statistics.differences.queryOptions({ input: { id: snapshotId } }))
  const [opened, setOpened] = useState<string>()
  return (
    <Loaded query={query} text={words.errors}>
      {({ items }) => {
        const open = items.find(({ code }) => code === opened)
        if (items.length === 0) return <Notice tone="met" title={text.same} />
        return (
          <>
            <DataTable
              caption={text.differs}
              columns={[
                { name: 'item', header: words.snapshots.item, cell: (row) => either(row.names) },
                {
                  name: 'frozen',
                  header: text.frozenValue,
                  numeric: true,
                  cell: (row) => <ValueText value={row.frozenValue} unit={row.unit} />,
                },
                {
                  name: 'live',
                  header: text.liveValue,
                  numeric: true,
                  cell: (row) => <ValueText value={row.liveValue} unit={row.unit} />,
                },
                {
                  name: 'changes',
                  header: restatements.changes,
                  cell: ({ added, removed, changed }) => restatements.changed(added, removed, changed),
                },
              ]}
              rows={items}
              rowKey={({ code }) => code}
              opened={opened}
              onOpen={({ code }) => setOpened(code)}
            />
            <SidePanel
              title={open ? either(open.names) : ''}
              open={open !== undefined}
              onClose={() => setOpened(undefined)}
            >
              {open && (
                <Correction snapshotId={snapshotId} difference={open} onDone={() => setOpened(undefined)} />
              )}
            </SidePanel>
          </>
        )
      }}
    </Loaded>
  )
}

interface CorrectionProps {
  readonly snapshotId: string
  readonly difference: Difference
  readonly onDone: () => void
}

function Correction({ snapshotId, difference, onDone }: CorrectionProps) {
  const words = useMessages({ zh, en })
  const { desk: text, restatements } = words
  const { frozenValue, liveValue, unit, added, removed, changed, redefined, records } = difference
  return (
    <>
      <p>
        {text.frozenValue} <ValueText value={frozenValue} unit={unit} /> → {text.liveValue}{' '}
        <ValueText value={liveValue} unit={unit} />
      </p>
      <p>{restatements.changed(added, removed, changed)}</p>
      {redefined && <Notice tone="risk" title={text.redefined} />}
      <h3>{text.records}</h3>
      <ul className={styles.changes}>
        {records.map(({ part, change, id, label }) => (
          <li key={`${part}-${change}-${id}`}>{`${text.change[change]} ${label}`}</li>
        ))}
      </ul>
      <CauseForm snapshotId={snapshotId} code={difference.code} onDone={onDone} />
    </>
  )
}

function CauseForm({
  snapshotId,
  code,
  onDone,
}: {
  readonly snapshotId: string
  readonly code: string
  readonly onDone: () => void
}) {
  const words = useMessages({ zh, en })
  const text = words.desk
  const queryClient = useQueryClient()
  const session = useSession()
  const [cause, setCause] = useState('')
  const [missing, setMissing] = useState(false)
  const write = useMutation(
    api.statistics.restate.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.statistics.key() })
        onDone()
      },
    }),
  )
  if (!session.has('statistician')) return null
  const submit = () => {
    setMissing(cause.trim() === '')
    if (cause.trim() !== '') write.mutate({ id: snapshotId, code, cause })
  }
  return (
    <Form
      onSubmit={submit}
      error={write.error}
      errors={missing ? [{ field: 'cause', message: text.required.cause }] : []}
      text={words.errors}
      label={text.restate}
      actions={
        <Button kind="primary" type="submit" busy={write.isPending}>
          {text.write}
        </Button>
      }
    >
      <TextAreaField
        name="cause"
        label={text.cause}
        hint={text.causeHint}
        value={cause}
        onChange={setCause}
        maxLength={2000}
        required
      />
    </Form>
  )
}
