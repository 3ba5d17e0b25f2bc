import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useMessages } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import type { Item } from './figures.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { RecordsTable } from './RecordsTable.tsx'

type PartName = Item['parts'][number]['part']

interface RecordsSectionProps {
  readonly code: string
  readonly part: PartName
  readonly asOf: string | undefined
  /** A ratio opens twice: each list says which side it is. */
  readonly named: boolean
}

/** What the figure counts, opened. */
export function RecordsSection({ code, part, asOf, named }: RecordsSectionProps) {
  const words = useMessages({ zh, en })
  const text = words.indicator
  const day = asOf === undefined ? {} : { asOf }
  const query = useInfiniteQuery(
    api.statistics.records.infiniteOptions({
      input: (cursor: string | undefined) => ({
        code,
        part,
        limit: 20,
        ...day,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const title = named ? text.recordsOf(text.part[part]) : text.records
  return (
    <Section title={title} layout="stacked">
      {query.isPending && <Skeleton lines={8} />}
      {query.error !== null && query.data === undefined && (
        <Failure error={query.error} text={words.errors} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && (
        <RecordsTable
          caption={words.table(title)}
          pages={query.data.pages}
          hasMore={query.hasNextPage}
          busy={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Section>
  )
}
