import { QueryClient, type UseInfiniteQueryResult } from '@tanstack/react-query'
import type { MoreProps } from '../ui/More.tsx'

const FRESH_FOR_MS = 15_000

/** A refusal will be refused again; only an outage is worth a second try. */
function mayPass(failures: number, error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0
  return failures < 2 && (status === 0 || status === 502 || status === 503)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_FOR_MS, retry: mayPass, retryDelay: (attempt) => 400 * 2 ** attempt },
    mutations: { retry: false },
  },
})

/** For lists that page by cursor. */
export const paged = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { readonly next: string | null }) => next ?? undefined,
}

export const withCursor = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

/** The next page of such a list, as the lists of `web/ui` offer it. */
export function moreOf({
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>): MoreProps {
  return { hasMore: hasNextPage, busy: isFetchingNextPage, onMore: () => void fetchNextPage() }
}
