import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { ObjectionForm } from '../ui/ObjectionForm.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './matters.module.css'
import { useText } from './text.ts'
import type { client } from '../app/api.ts'

type PublicMatter = Awaited<ReturnType<typeof client.matters.publicity>>['items'][number]

/** What is shown to the public before it is decided, until when, and how to object. */
export function PublicityPage() {
  const text = useText()
  const list = useInfiniteQuery(
    api.matters.publicity.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 20, ...(cursor && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Page title={text.publicity.title} lede={text.publicity.lede}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.publicity.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ number }) => number}
            row={(matter) => <PublicRow matter={matter} />}
            downloads={{ api: '/api/v1/publicity' }}
            more={moreOf(list)}
            empty={{ title: text.publicity.none, next: text.publicity.noneNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}

function PublicRow({ matter }: { readonly matter: PublicMatter }) {
  const text = useText()
  const { number, procedure, facts, since, until, station } = matter
  return (
    <>
      <RegisterRow
        title={`${either(procedure.names)} ${number}`}
        note={until === null ? text.publicity.paused(since) : text.publicity.until(since, until)}
      >
        {facts.map(({ label, value }) => text.publicity.fact(either(label), value)).join(text.semicolon)}
        {' · '}
        <TextLink href={`/stations/${station.code}`}>{either(station.names)}</TextLink>
      </RegisterRow>
      <details className={styles.more}>
        <summary>
          {text.publicity.object}
          <span className="visually-hidden"> {number}</span>
        </summary>
        <Objection number={number} />
      </details>
    </>
  )
}

function Objection({ number }: { readonly number: string }) {
  const text = useText()
  const { signedIn } = useSession()
  const filing = useMutation(api.matters.object.mutationOptions())
  const hint = text.publicity.bodyHint
  return <ObjectionForm number={number} signedIn={signedIn} hint={hint} filing={filing} text={text.errors} />
}
