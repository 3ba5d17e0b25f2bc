import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf, queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import type { MoreProps } from '../ui/More.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

type Outbox = Awaited<ReturnType<typeof client.notices.outbox>>
type Outgoing = Outbox['items'][number]
type State = 'waiting' | 'dead' | 'sent'

const STATES = ['dead', 'waiting', 'sent'] as const
const CHANNELS = ['sms', 'wechat'] as const

/** What waits, what was given up and why, and what left: the first place to look when somebody got no letter. */
export function OutboxPage() {
  const text = useText()
  const words = text.outbox
  const search = useSearchState()
  const state = STATES.find((one) => one === search.text('state')) ?? 'dead'
  const query = useInfiniteQuery(
    api.notices.outbox.infiniteOptions({
      input: (cursor: string | undefined) => ({ state, limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const counts = query.data?.pages[0]?.counts
  return (
    <Page title={words.title} lede={words.lede}>
      <RadioGroup
        name="state"
        label={words.state}
        inline
        value={state}
        onChange={(value) => search.set({ state: value })}
        options={STATES.map((value) => ({
          value,
          label:
            counts === undefined
              ? words.states[value]
              : `${words.states[value]} ${formatNumber(counts[value])}`,
        }))}
      />
      <Loaded query={query} text={text.errors}>
        {({ pages }) => (
          <>
            <ClosedChannels open={pages[0]?.open ?? []} />
            <OutboxTable
              state={state}
              rows={pages.flatMap(({ items }) => items)}
              total={pages[0]?.total ?? 0}
              more={moreOf(query)}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function ClosedChannels({ open }: { readonly open: Outbox['open'] }) {
  const text = useText()
  const closed = CHANNELS.filter((channel) => !open.includes(channel))
  if (closed.length === 0) return null
  return (
    <Notice tone="neutral">
      <p>{text.outbox.closed(closed.map((channel) => text.preferences.channel[channel]).join('、'))}</p>
    </Notice>
  )
}

interface OutboxTableProps {
  readonly state: State
  readonly rows: readonly Outgoing[]
  readonly total: number
  readonly more: MoreProps
}

function OutboxTable({ state, rows, total, more }: OutboxTableProps) {
  const text = useText()
  const words = text.outbox
  const announce = useAnnounce()
  const { has } = useSession()
  const resend = useMutation(
    api.notices.resend.mutationOptions({
      onSuccess: () => announce(words.resent),
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.notices.outbox.key() }),
    }),
  )
  const actions: Column<Outgoing> = {
    name: 'action',
    header: words.action,
    cell: ({ id }) => (
      <Button
        kind="quiet"
        busy={resend.isPending && resend.variables.id === id}
        onClick={() => resend.mutate({ id })}
      >
        {words.resend}
      </Button>
    ),
  }
  return (
    <>
      <ErrorSummary error={resend.error} text={text.errors} />
      <DataTable
        caption={words.table}
        rows={rows}
        rowKey={({ id }) => id}
        total={total}
        more={more}
        empty={{ title: words.none[state] }}
        columns={[
          { name: 'when', header: words.when, cell: ({ createdAt }) => <MomentText value={createdAt} /> },
          {
            name: 'channel',
            header: words.channel,
            cell: ({ channel }) => text.preferences.channel[channel],
          },
          { name: 'recipient', header: words.recipient, cell: ({ recipient }) => recipient },
          { name: 'subject', header: words.subject, cell: ({ subject }) => subject || words.secret },
          { name: 'attempts', header: words.attempts, numeric: true, cell: ({ attempts }) => attempts },
          lastColumn(state, words),
          ...(state === 'sent'
            ? []
            : [{ name: 'reason', header: words.reason, cell: ({ lastError }: Outgoing) => lastError ?? '' }]),
          ...(state === 'dead' && has('administrator') ? [actions] : []),
        ]}
      />
    </>
  )
}

function lastColumn(state: State, words: ReturnType<typeof useText>['outbox']): Column<Outgoing> {
  if (state === 'sent')
    return { name: 'at', header: words.sentAt, cell: ({ sentAt }) => <MomentText value={sentAt} /> }
  if (state === 'dead')
    return { name: 'at', header: words.deadAt, cell: ({ deadAt }) => <MomentText value={deadAt} /> }
  return { name: 'at', header: words.next, cell: ({ dueAt }) => <MomentText value={dueAt} /> }
}
