import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { SignedOut } from '../ui/states.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import { useText } from './text.ts'

/** One digest: every record that was new, under what one follows. */
export function DigestPage() {
  const text = useText()
  const words = text.digest
  const id = usePathParameter('id')
  const { signedIn } = useSession()
  const query = useInfiniteQuery({
    ...api.services.subscriptions.digest.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    enabled: signedIn,
  })
  const [first] = query.data?.pages ?? []
  const title = words.title(first?.madeAt.slice(0, 10) ?? '').trim()
  if (!signedIn) {
    return (
      <Page title={title} width="prose">
        <SignedOut />
      </Page>
    )
  }
  return (
    <Page
      title={title}
      lede={first && words.lede(formatNumber(first.total))}
      crumbs={[{ text: text.subscriptions.title, href: '/account/subscriptions' }]}
    >
      <Loaded query={query} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={words.list}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ feed, topic, recordId }) => `${feed} ${topic} ${recordId}`}
            row={(record) => (
              <RegisterRow
                {...(record.href !== null && { href: record.href })}
                title={<RecordText>{either(record.label)}</RecordText>}
                note={<MomentText value={record.recordedAt} />}
              >
                {record.feedNames === null ? record.feed : either(record.feedNames)} ·{' '}
                {record.topicNames === null ? record.topic : either(record.topicNames)}
              </RegisterRow>
            )}
            more={moreOf(query)}
          />
        )}
      </Loaded>
    </Page>
  )
}
