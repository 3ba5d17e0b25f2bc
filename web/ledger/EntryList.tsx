import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { MomentText } from '../ui/values.tsx'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import styles from './ledger.module.css'
import { type Entries, kindText, useText } from './queries.ts'

/** The entries, newest first, of one kind or of all. */
export function EntryList() {
  const text = useText()
  const search = useSearchState()
  const kind = search.text('kind')
  const list = useInfiniteQuery({
    ...api.ledger.entries.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 20,
        ...(kind !== '' && { kind }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  const options = Object.entries(text.kinds).map(([value, label]) => ({ value, label }))
  return (
    <Loaded query={list} text={text.errors}>
      {({ pages }) => (
        <RegisterList
          caption={text.list.title}
          items={pages.flatMap(({ items }) => items)}
          total={pages[0]?.total ?? 0}
          rowKey={({ index }) => String(index)}
          row={(entry) => <EntryRow entry={entry} />}
          facets={[
            { name: 'kind', label: text.list.kind, single: true, selected: search.all('kind'), options },
          ]}
          onFacet={(name, values) => search.set({ [name]: values })}
          downloads={{
            api: `/api/v1/ledger/entries${kind === '' ? '' : `?kind=${encodeURIComponent(kind)}`}`,
          }}
          more={moreOf(list)}
          busy={list.isPlaceholderData}
          empty={{ title: text.list.empty, next: text.list.emptyNext }}
          onClear={kind === '' ? undefined : search.clear}
        />
      )}
    </Loaded>
  )
}

function EntryRow({
  entry: { index, kind, action, at, leafHash },
}: {
  readonly entry: Entries['items'][number]
}) {
  const text = useText()
  return (
    <RegisterRow
      href={`/ledger/entries/${index}`}
      title={text.entry.title(formatNumber(index))}
      badges={<Badge tone={kind === 'audit' ? 'neutral' : 'info'}>{kindText(text.kinds, kind)}</Badge>}
      note={<MomentText value={at} />}
    >
      <code className={styles.hash}>{action}</code> · {text.list.hash}{' '}
      <code className={styles.hash} title={leafHash}>
        {leafHash.slice(0, 16)}…
      </code>
    </RegisterRow>
  )
}
