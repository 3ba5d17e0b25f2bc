import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { SignedOut } from '../ui/states.tsx'
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
            more={{
              hasMore: list.hasNextPage,
              busy: list.isFetchingNextPage,
              onMore: () => void list.fetchNextPage(),
            }}
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
        <ObjectionForm number={number} />
      </details>
    </>
  )
}

const SHORTEST = 10

function ObjectionForm({ number }: { readonly number: string }) {
  const text = useText()
  const { signedIn } = useSession()
  const [body, setBody] = useState('')
  const [missing, setMissing] = useState(false)
  const file = useMutation(api.matters.object.mutationOptions())
  if (!signedIn) return <SignedOut />
  if (file.data) {
    return (
      <Notice tone="met" title={text.publicity.filed} live>
        <TextLink href={`/ledger/entries/${file.data.entryId}`}>{text.documents.entry}</TextLink>
      </Notice>
    )
  }
  const send = () => {
    const short = body.trim().length < SHORTEST
    setMissing(short)
    if (!short) file.mutate({ number, body })
  }
  return (
    <Form
      label={text.publicity.object}
      onSubmit={send}
      errors={missing ? [{ field: `objection-${number}`, message: text.publicity.short }] : []}
      error={file.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={file.isPending}>
          {text.publicity.send}
        </Button>
      }
    >
      <TextAreaField
        name={`objection-${number}`}
        label={text.publicity.body}
        hint={text.publicity.bodyHint}
        rows={4}
        maxLength={4000}
        value={body}
        onChange={setBody}
      />
    </Form>
  )
}
