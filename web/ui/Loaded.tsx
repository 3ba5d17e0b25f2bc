import type { ReactNode } from 'react'
import type { RefusalTexts } from './explain.ts'
import { Notice } from './Notice.tsx'
import { Failure, Skeleton } from './states.tsx'
import { useOwnWords } from './words.ts'

/** What this needs of a TanStack query, so that a test or the gallery can hand in any state. */
interface Query<Data> {
  readonly data: Data | undefined
  readonly error: unknown
  readonly isPending: boolean
  readonly isFetching?: boolean
  readonly refetch: () => unknown
}

interface LoadedProps<Data> {
  readonly query: Query<Data>
  /** The room's words for its refusals. */
  readonly text?: RefusalTexts | undefined
  readonly skeleton?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/**
 * A query and everything it can be. What was loaded before stays on the screen when a refresh fails, with a note: an old
 * answer with its date is worth more than an error.
 */
export function Loaded<Data>({ query, text, skeleton, children }: LoadedProps<Data>) {
  const words = useOwnWords()
  const retry = () => void query.refetch()
  if (query.data === undefined) {
    if (query.isPending) return <>{skeleton ?? <Skeleton />}</>
    return (
      <Failure error={query.error} text={text} onRetry={retry} busy={query.isFetching ?? false} reading />
    )
  }
  return (
    <>
      {query.error !== null && query.error !== undefined && (
        <Notice tone="risk" title={words.states.unavailable.title}>
          <p>{words.states.unavailable.next}</p>
        </Notice>
      )}
      {children(query.data)}
    </>
  )
}
