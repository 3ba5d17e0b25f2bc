import { createContext, useContext } from 'react'
import { furtherOf, type LandscapeFilter, narrowed } from '../../../src/patents/landscape-filter.rules.ts'
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
    [...LANDSCAPE_FILTERS, 'and'].flatMap((name) => {
      const value = search.text(name)
      return value === '' ? [] : [[name, value]]
    }),
  )
}

/** Every condition of a filter, those that stand a level down included. */
export function conditionsOf(
  filter: LandscapeFilter,
): { name: FilterName; value: string; nested: boolean }[] {
  const own = LANDSCAPE_FILTERS.flatMap((name) => {
    const value = filter[name]
    return value === undefined ? [] : [{ name, value, nested: false }]
  })
  const further = furtherOf(filter)
  return further === undefined
    ? own
    : [...own, ...conditionsOf(further).map((condition) => ({ ...condition, nested: true }))]
}

/** The list behind a mark: the same conditions and the mark's own. */
export function documentsHref(filter: LandscapeFilter, mark: LandscapeFilter = {}): string {
  return address('/patents/landscape/documents', narrowed(filter, mark))
}

/** Where the marks of a landscape open: on today's data, unless a saved analysis says on which. */
export const Opening = createContext(documentsHref)
export const useDocumentsHref = () => useContext(Opening)

export function landscapeHref(filter: LandscapeFilter): string {
  return address('/patents/landscape', filter)
}

export function apiHref(filter: LandscapeFilter): string {
  return address('/api/v1/patents/landscape', filter)
}

export function address(path: string, filter: LandscapeFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
  return query === '' ? path : `${path}?${query}`
}
