import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf, queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { SignedOut } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './notices.module.css'
import { useText } from './text.ts'

type Notices = Awaited<ReturnType<typeof client.notices.list>>
type Notice = Notices['items'][number]

const refresh = () => queryClient.invalidateQueries({ queryKey: api.notices.key() })

/** All that one was told, for people who work here all day. */
export function NoticesDeskPage() {
  const text = useText()
  return (
    <Page title={text.title} lede={text.lede} actions={<Actions />}>
      <NoticeList pageSize={50} />
    </Page>
  )
}

/** The same for everybody else: a short list under one's account. */
export function OwnNoticesPage() {
  const text = useText()
  const { signedIn } = useSession()
  if (!signedIn) {
    return (
      <Page title={text.title} width="prose">
        <SignedOut />
      </Page>
    )
  }
  return (
    <Page
      title={text.title}
      lede={text.lede}
      crumbs={[{ text: text.account, href: '/account' }]}
      actions={<Actions />}
    >
      <NoticeList pageSize={10} />
    </Page>
  )
}

function Actions() {
  return <ButtonLink href="/account/notice-settings">{useText().settings}</ButtonLink>
}

function NoticeList({ pageSize }: { readonly pageSize: number }) {
  const text = useText()
  const search = useSearchState()
  const unread = search.text('unread') === 'true'
  const kind = search.text('kind')
  const query = useInfiniteQuery(
    api.notices.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: pageSize,
        ...(unread && { unread: 'true' as const }),
        ...(kind !== '' && { kind }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: (before) => before,
    }),
  )
  return (
    <Loaded query={query} text={text.errors}>
      {({ pages }) => (
        <>
          <MarkAll newest={pages[0]} />
          <RegisterList
            caption={text.list}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(notice) => <NoticeRow notice={notice} />}
            facets={[
              {
                name: 'unread',
                label: text.state,
                single: true,
                selected: unread ? ['true'] : [],
                options: [{ value: 'true', label: text.unread, count: pages[0]?.unread }],
              },
              {
                name: 'kind',
                label: text.kind,
                single: true,
                selected: kind === '' ? [] : [kind],
                options: (pages[0]?.kinds ?? []).map(({ code, names }) => ({
                  value: code,
                  label: names === null ? text.otherKind : either(names),
                })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            onClear={unread || kind !== '' ? search.clear : undefined}
            empty={unread ? { title: text.emptyUnread } : { title: text.empty, next: text.emptyNext }}
            busy={query.isFetching && !query.isFetchingNextPage}
            more={moreOf(query)}
          />
        </>
      )}
    </Loaded>
  )
}

/** Up to the newest that is on the page: what arrives meanwhile has not been seen. */
function MarkAll({ newest }: { readonly newest: Notices | undefined }) {
  const text = useText()
  const announce = useAnnounce()
  const mark = useMutation(
    api.notices.readAll.mutationOptions({
      onSuccess: ({ marked }) => announce(text.marked(marked)),
      onSettled: refresh,
    }),
  )
  const upTo = newest?.items[0]?.id
  if (upTo === undefined || newest?.unread === 0) return null
  return (
    <div className={styles.all}>
      <ErrorSummary error={mark.error} text={text.errors} />
      <Button kind="quiet" busy={mark.isPending} onClick={() => mark.mutate({ upTo })}>
        {text.markAll}
      </Button>
    </div>
  )
}

function NoticeRow({ notice }: { readonly notice: Notice }) {
  const text = useText()
  const mark = useMutation(api.notices.read.mutationOptions({ onSettled: refresh }))
  const title = either(notice.title)
  const body = either(notice.body)
  const unread = notice.readAt === null
  const turn = () => mark.mutate({ id: notice.id, read: unread })
  return (
    <div className={styles.row} data-unread={unread ? '' : undefined}>
      <p className={styles.title}>
        <TextLink href={notice.href} onClick={() => unread && turn()}>
          {title}
        </TextLink>
        {unread && <Badge tone="info">{text.unread}</Badge>}
      </p>
      {body !== '' && <p className={styles.body}>{body}</p>}
      <p className={styles.note}>
        <MomentText value={notice.createdAt} />
        <span>{notice.kindNames === null ? text.otherKind : either(notice.kindNames)}</span>
        <Button
          kind="quiet"
          busy={mark.isPending}
          aria-label={unread ? text.markReadOf(title) : text.markUnreadOf(title)}
          onClick={turn}
        >
          {unread ? text.markRead : text.markUnread}
        </Button>
      </p>
    </div>
  )
}
