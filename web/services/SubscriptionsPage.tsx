import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf, queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { Empty, SignedOut } from '../ui/states.tsx'
import { DateText, MomentText } from '../ui/values.tsx'
import { FollowForm } from './FollowForm.tsx'
import styles from './services.module.css'
import { useText } from './text.ts'

type Subscription = Awaited<ReturnType<typeof client.services.subscriptions.list>>['items'][number]
type Rhythm = Subscription['rhythm']

const refresh = () => queryClient.invalidateQueries({ queryKey: api.services.subscriptions.key() })

/** What one follows, what else there is to follow, and the digests so far. */
export function SubscriptionsPage() {
  const text = useText()
  const words = text.subscriptions
  const { signedIn } = useSession()
  const query = useQuery({ ...api.services.subscriptions.list.queryOptions(), enabled: signedIn })
  if (!signedIn) {
    return (
      <Page title={words.title} width="prose">
        <SignedOut />
      </Page>
    )
  }
  return (
    <Page
      title={words.title}
      lede={words.lede}
      crumbs={[{ text: text.account, href: '/account' }]}
      actions={<ButtonLink href="/account/notices">{text.notices}</ButtonLink>}
    >
      <Section title={words.mine}>
        <Loaded query={query} text={text.errors}>
          {({ items }) => <Mine items={items} />}
        </Loaded>
      </Section>
      <Section title={words.add}>
        <FollowForm />
      </Section>
      <Section title={words.digests} note={words.digestsNote}>
        <Digests />
      </Section>
    </Page>
  )
}

function Mine({ items }: { readonly items: readonly Subscription[] }) {
  const text = useText()
  const words = text.subscriptions
  const announce = useAnnounce()
  const change = useMutation(api.services.subscriptions.change.mutationOptions({ onSettled: refresh }))
  const end = useMutation(
    api.services.subscriptions.end.mutationOptions({
      onSuccess: () => announce(words.ended),
      onSettled: refresh,
    }),
  )
  if (items.length === 0) return <Empty title={words.none}>{words.noneNext}</Empty>
  return (
    <>
      <ErrorSummary error={change.error ?? end.error} text={text.errors} />
      <ul className={styles.subscriptions}>
        {items.map((subscription) => (
          <SubscriptionRow
            key={subscription.id}
            subscription={subscription}
            busy={end.isPending && end.variables.id === subscription.id}
            onRhythm={(rhythm) =>
              change.mutate({ id: subscription.id, version: subscription.version, rhythm })
            }
            onEnd={() => end.mutate({ id: subscription.id })}
          />
        ))}
      </ul>
    </>
  )
}

interface SubscriptionRowProps {
  readonly subscription: Subscription
  readonly busy: boolean
  readonly onRhythm: (rhythm: Rhythm) => void
  readonly onEnd: () => void
}

function SubscriptionRow({ subscription, busy, onRhythm, onEnd }: SubscriptionRowProps) {
  const words = useText().subscriptions
  const { feedNames, topicNames, topic, feed } = subscription
  const name = `${feedNames === null ? feed : either(feedNames)} · ${topicNames === null ? topic : either(topicNames)}`
  return (
    <li>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.note}>
          {feedNames === null || topicNames === null ? words.gone : <DateText value={subscription.since} />}
        </p>
      </div>
      <div className={styles.controls}>
        <select
          className="field-control"
          aria-label={words.rhythmOf(name)}
          value={subscription.rhythm}
          onChange={(event) => onRhythm(event.target.value === 'weekly' ? 'weekly' : 'daily')}
        >
          <option value="daily">{words.rhythms.daily}</option>
          <option value="weekly">{words.rhythms.weekly}</option>
        </select>
        <Button kind="quiet" busy={busy} aria-label={words.endOf(name)} onClick={onEnd}>
          {words.end}
        </Button>
      </div>
    </li>
  )
}

function Digests() {
  const text = useText()
  const words = text.subscriptions
  const announce = useAnnounce()
  const query = useInfiniteQuery(
    api.services.subscriptions.digests.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 20, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const look = useMutation(
    api.services.subscriptions.make.mutationOptions({
      onSuccess: ({ digest }) => {
        if (digest === null) announce(words.nothingNew)
      },
      onSettled: async () => {
        await refresh()
        await queryClient.invalidateQueries({ queryKey: api.notices.key() })
      },
    }),
  )
  return (
    <>
      <ErrorSummary error={look.error} text={text.errors} />
      <p>
        <Button busy={look.isPending} onClick={() => look.mutate({})}>
          {words.look}
        </Button>
      </p>
      <Loaded query={query} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={words.digests}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={({ id, madeAt, records }) => (
              <RegisterRow href={`/account/digests/${id}`} title={words.records(formatNumber(records))}>
                <MomentText value={madeAt} />
              </RegisterRow>
            )}
            empty={{ title: words.noDigests, next: words.noDigestsNext }}
            more={moreOf(query)}
          />
        )}
      </Loaded>
    </>
  )
}
