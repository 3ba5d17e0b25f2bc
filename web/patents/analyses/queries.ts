import type { LandscapeFilter } from '../../../src/patents/landscape-filter.rules.ts'
import { api, type client } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { useMessages } from '../../ui/language.ts'
import { address } from '../landscape/queries.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Analysis = Awaited<ReturnType<typeof client.analyses.get>>
export type ListedAnalysis = Awaited<ReturnType<typeof client.analyses.list>>['items'][number]
export type Cell = Analysis['cells'][number]
export type Question = Extract<Cell, { kind: 'question' }>
export type Compared = Awaited<ReturnType<typeof client.analyses.today>>['cells'][number]
export type Moved = Compared['moved'][number]
export type Text = typeof zh

export function useText(): Text {
  return useMessages({ zh, en })
}

export const refresh = () => queryClient.invalidateQueries({ queryKey: api.analyses.key() })

/** The list behind a figure of a saved question: on the data of the analysis. */
export const figureHref = (id: string, cell: string, mark: LandscapeFilter) =>
  `${address(`/patents/analyses/${id}/documents`, mark)}${Object.keys(mark).length === 0 ? '?' : '&'}cell=${cell}`

/** The list behind a difference, between the analysis and the state of the data that `to` names. */
export function differenceHref(
  { id, cell, to }: { readonly id: string; readonly cell: string; readonly to: string },
  difference: string,
  mark: LandscapeFilter = {},
): string {
  const query = address('', mark).slice(1)
  const own = new URLSearchParams({ cell, difference, to }).toString()
  return `/patents/analyses/${id}/differences?${own}${query === '' ? '' : `&${query}`}`
}
