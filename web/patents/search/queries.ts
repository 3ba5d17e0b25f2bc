import { type client } from '../../app/api.ts'
import { useMessages } from '../../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Results = Awaited<ReturnType<typeof client.patents.list>>
export type Item = Results['items'][number]
export type Facets = Awaited<ReturnType<typeof client.patents.facets>>
export type Document = Awaited<ReturnType<typeof client.patents.get>>
export type Text = typeof zh

/** The words of searching and reading. */
export function useText(): Text {
  return useMessages({ zh, en })
}

/** The list of a query in the order that was chosen. */
export function searchHref(q: string, sort?: string): string {
  const parameters = new URLSearchParams({ ...(q && { q }), ...(sort && { sort }) })
  return parameters.size === 0 ? '/patents' : `/patents?${parameters.toString()}`
}
