import { useMutation, useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { MomentText } from '../ui/values.tsx'
import { deviceName } from './device.ts'
import { useText } from './text.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.identity.sessions.key() })

type OpenSession = Awaited<ReturnType<typeof client.identity.sessions.list>>['items'][number]

export function SessionsSection() {
  const text = useText()
  const words = text.account
  const sessions = useQuery(api.identity.sessions.list.queryOptions())
  const end = useMutation(api.identity.sessions.revoke.mutationOptions({ onSettled: refresh }))
  const endOthers = useMutation(api.identity.sessions.revokeOthers.mutationOptions({ onSettled: refresh }))
  return (
    <Section
      title={words.sessions}
      note={words.sessionsNote}
      layout="stacked"
      actions={
        <Button onClick={() => endOthers.mutate(undefined)} busy={endOthers.isPending}>
          {words.endOthers}
        </Button>
      }
    >
      <ErrorSummary error={end.error ?? endOthers.error} text={text.errors} />
      <Loaded query={sessions} text={text.errors}>
        {({ items }) => (
          <DataTable
            caption={words.sessionsCaption}
            rows={items}
            rowKey={({ id }) => id}
            columns={sessionColumns(words, end)}
          />
        )}
      </Loaded>
    </Section>
  )
}

interface Ending {
  readonly isPending: boolean
  readonly variables: { readonly id: string } | undefined
  readonly mutate: (session: { id: string }) => void
}

function sessionColumns(
  words: ReturnType<typeof useText>['account'],
  end: Ending,
): [Column<OpenSession>, ...Column<OpenSession>[]] {
  return [
    {
      name: 'device',
      header: words.device,
      cell: ({ device, current }) => (
        <>
          {deviceName(device) ?? words.none} {current && <Badge tone="info">{words.here}</Badge>}
        </>
      ),
    },
    { name: 'address', header: words.address, cell: ({ address }) => address || words.none },
    {
      name: 'lastSeen',
      header: words.lastSeen,
      cell: ({ lastSeenAt }) => <MomentText value={lastSeenAt} />,
    },
    {
      name: 'expires',
      header: words.expires,
      cell: ({ expiresAt }) => <MomentText value={expiresAt} />,
    },
    {
      name: 'end',
      header: words.end,
      cell: ({ id, current }) =>
        !current && (
          <Button
            kind="quiet"
            onClick={() => end.mutate({ id })}
            busy={end.isPending && end.variables?.id === id}
          >
            {words.end}
          </Button>
        ),
    },
  ]
}
