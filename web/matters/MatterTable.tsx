import { useInfiniteQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { type Column, DataTable, type Sort } from '../ui/DataTable.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { SidePanel } from '../ui/SidePanel.tsx'
import { NavigationContext } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { MatterGlance } from './MatterGlance.tsx'
import styles from './matters.module.css'
import type { MatterItem } from './queries.ts'
import { dueWords, toneOf } from './sentences.ts'
import { type Text, useText } from './text.ts'

export const SORTS = ['due', 'arrival', 'changed'] as const
export type ListInput = NonNullable<Parameters<typeof api.matters.list.queryOptions>[0]>['input']

interface MatterTableProps {
  readonly input: Omit<Extract<ListInput, object>, 'cursor' | 'limit' | 'sort'>
  readonly caption: string
  readonly empty: { readonly title: string; readonly next?: string }
  readonly sort?: (typeof SORTS)[number]
}

/** A list of matters as the desk works through it: one key moves, one opens a glance at the side, one more the matter. */
export function MatterTable({ input, caption, empty, sort: usual = 'due' }: MatterTableProps) {
  const text = useText()
  const search = useSearchState()
  const navigation = useContext(NavigationContext)
  const [opened, setOpened] = useState<MatterItem>()
  const sort = SORTS.find((one) => one === search.text('sort')) ?? usual
  const list = useInfiniteQuery({
    ...api.matters.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, sort, limit: 50, ...(cursor && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: (before) => before,
  })
  return (
    <Loaded query={list} text={text.errors}>
      {({ pages }) => (
        <>
          <p className={styles.count} role="status">
            {text.list.count(pages[0]?.total ?? 0)}
          </p>
          <DataTable
            caption={caption}
            columns={columnsOf(text)}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ number }) => number}
            sort={sortShown(sort)}
            onSort={({ by }) => search.set({ sort: by })}
            onOpen={setOpened}
            opened={opened?.number}
            total={pages[0]?.total ?? 0}
            busy={list.isFetching && !list.isFetchingNextPage}
            more={moreOf(list)}
            empty={empty}
          />
          <SidePanel
            title={opened ? <RecordText>{opened.title || either(opened.procedure.names)}</RecordText> : ''}
            open={opened !== undefined}
            onClose={() => setOpened(undefined)}
            actions={
              opened && (
                <ButtonLink
                  kind="primary"
                  href={`/work/matters/${opened.number}`}
                  onClick={() => navigation?.prepare(`/work/matters/${opened.number}`)}
                >
                  {text.list.open}
                </ButtonLink>
              )
            }
          >
            {opened && <MatterGlance number={opened.number} />}
          </SidePanel>
        </>
      )}
    </Loaded>
  )
}

function sortShown(sort: (typeof SORTS)[number]): Sort {
  return { by: sort, descending: sort !== 'due' }
}

function columnsOf(text: Text): readonly [Column<MatterItem>, ...Column<MatterItem>[]] {
  return [
    {
      name: 'title',
      header: text.list.matter,
      cell: ({ title, procedure }) => (
        <span className={styles.listTitle}>
          <RecordText>{title || either(procedure.names)}</RecordText>
        </span>
      ),
    },
    {
      name: 'number',
      header: text.list.number,
      cell: ({ number }) => <code className={styles.whole}>{number}</code>,
    },
    {
      name: 'state',
      header: text.list.state,
      cell: (row) => <Badge tone={toneOf(row)}>{either(row.state.names)}</Badge>,
    },
    { name: 'due', header: text.list.due, sortable: true, cell: (row) => <Due matter={row} /> },
    {
      name: 'handler',
      header: text.list.handler,
      cell: ({ handler, orphaned }) => (
        <>
          {handler ?? <span className={styles.quiet}>{text.list.nobody}</span>}
          {orphaned && <Badge tone="risk">{text.list.orphaned}</Badge>}
        </>
      ),
    },
    { name: 'applicant', header: text.list.applicant, cell: ({ applicant }) => applicant },
    { name: 'station', header: text.list.station, cell: ({ station }) => either(station.names) },
    {
      name: 'arrival',
      header: text.list.arrived,
      sortable: true,
      cell: ({ submittedAt }) => <DateText value={submittedAt} />,
    },
    {
      name: 'changed',
      header: text.list.changed,
      sortable: true,
      cell: ({ changedAt }) => <DateText value={changedAt} />,
    },
  ]
}

function Due({ matter: { due, closedOn } }: { readonly matter: MatterItem }) {
  const text = useText()
  if (closedOn !== null) return text.list.closed(closedOn)
  if (!due) return <span className={styles.quiet}>{text.list.noDue}</span>
  return (
    <span className={due.late ? styles.lateDue : styles.whole}>
      <DateText value={due.on} /> {dueWords(due, text)}
    </span>
  )
}
