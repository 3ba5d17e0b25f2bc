import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { SignedOut } from '../ui/states.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './matters.module.css'
import { MatterRow } from './MatterRow.tsx'
import { type DraftItem, useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

/** What one has begun and what one has filed, on whatever device. */
export function MyPage() {
  const text = useText()
  const { signedIn } = useSession()
  return (
    <Page
      title={text.my.title}
      lede={text.my.lede}
      actions={
        <ButtonLink kind="primary" href="/services">
          {text.my.startNew}
        </ButtonLink>
      }
    >
      {signedIn ? (
        <>
          <Drafts />
          <Filed />
        </>
      ) : (
        <SignedOut />
      )}
    </Page>
  )
}

function Drafts() {
  const text = useText()
  const drafts = useInfiniteQuery(
    api.matters.drafts.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 20, ...(cursor && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Section title={text.my.drafts} note={text.my.draftsNote}>
      <Loaded query={drafts} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.my.drafts}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(draft) => <DraftRow draft={draft} />}
            more={moreOf(drafts)}
            empty={{
              title: text.my.noDrafts,
              next: <TextLink href="/services">{text.my.noDraftsNext}</TextLink>,
            }}
          />
        )}
      </Loaded>
    </Section>
  )
}

function DraftRow({ draft: { id, procedure, organisation, savedAt } }: { readonly draft: DraftItem }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const discard = useMutation(
    api.matters.discardDraft.mutationOptions({
      onSuccess: async () => {
        announce(text.my.discarded)
        await refresh()
      },
    }),
  )
  const ask = () => {
    if (confirm(text.my.discardSure(either(procedure.names)))) discard.mutate({ id })
  }
  return (
    <div className={styles.draftRow}>
      <RegisterRow href={`/my/drafts/${id}`} title={either(procedure.names)}>
        {organisation?.name ?? text.start.myself} · {text.start.savedAt} <MomentText value={savedAt} />
      </RegisterRow>
      <div className={styles.draftActions}>
        <ButtonLink href={`/my/drafts/${id}`} aria-label={text.my.goOnWith(either(procedure.names))}>
          {text.start.goOn}
        </ButtonLink>
        <Button
          kind="quiet"
          onClick={ask}
          busy={discard.isPending}
          aria-label={text.my.discardNamed(either(procedure.names))}
        >
          {text.my.discard}
        </Button>
      </div>
    </div>
  )
}

const KINDS = ['open', 'waiting', 'closed'] as const

function Filed() {
  const text = useText()
  const search = useSearchState()
  const [q, kind] = [search.text('q'), KINDS.find((one) => one === search.text('kind'))]
  const filed = useInfiniteQuery({
    ...api.matters.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        scope: 'mine' as const,
        limit: 20,
        ...(q && { q }),
        ...(kind && { kind }),
        ...(cursor && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: (before) => before,
  })
  return (
    <Section title={text.my.filed} note={text.my.filedNote}>
      <Loaded query={filed} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.my.filed}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ number }) => number}
            row={(matter) => <MatterRow matter={matter} base="/my/matters" />}
            search={{ value: q, label: text.my.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'kind',
                label: text.list.kind,
                single: true,
                options: KINDS.map((value) => ({ value, label: text.kinds[value] })),
                selected: search.all('kind'),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: [...values] })}
            onClear={search.clear}
            busy={filed.isFetching && !filed.isFetchingNextPage}
            more={moreOf(filed)}
            empty={{ title: q || kind ? text.my.noneFound : text.my.noneFiled }}
          />
        )}
      </Loaded>
    </Section>
  )
}
