import type { LandscapeFilter } from '../../../src/patents/landscape-filter.rules.ts'
import { type FilterName, LANDSCAPE_FILTERS } from '../../../src/patents/landscape.rules.ts'
import type { client } from '../../app/api.ts'
import { useMessages } from '../../ui/language.ts'
import { useSearchState } from '../../ui/search-state.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Landscape = Awaited<ReturnType<typeof client.landscape.get>>
export type Industries = Awaited<ReturnType<typeof client.landscape.industries>>
export type ListedDocument = Awaited<ReturnType<typeof client.landscape.documents>>['items'][number]
export type { FilterName }
export type Text = typeof zh

export function useText(): Text {
  return useMessages({ zh, en })
}

/** What the address asks for; names that are no filter are left alone. */
export function useFilter(): LandscapeFilter {
  const search = useSearchState()
  return Object.fromEntries(
    LANDSCAPE_FILTERS.flatMap((name) => {
      const value = search.text(name)
      return value === '' ? [] : [[name, value]]
    }),
  )
}

/** The list behind a mark: the same conditions and the mark's own. */
export function documentsHref(filter: LandscapeFilter, mark: LandscapeFilter = {}): string {
  return address('/patents/landscape/documents', { ...filter, ...mark })
}

export function landscapeHref(filter: LandscapeFilter): string {
  return address('/patents/landscape', filter)
}

export function apiHref(filter: LandscapeFilter): string {
  return address('/api/v1/patents/landscape', filter)
}

function address(path: string, filter: LandscapeFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
  return query === '' ? path : `${path}?${query}`
}
