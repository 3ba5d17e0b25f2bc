import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { either, useMessages } from '../ui/language.ts'
import type { Tone } from '../ui/Badge.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Listing = Awaited<ReturnType<typeof client.market.listings>>['items'][number]

export const useText = (): typeof zh => useMessages({ zh, en })

export const refresh = () => queryClient.invalidateQueries({ queryKey: api.market.key() })

export const STATE_TONES: Readonly<Record<Listing['state'], Tone>> = {
  active: 'met',
  faded: 'risk',
  lapsed: 'late',
  withdrawn: 'neutral',
}

/** The members of the zone's industry systems, by code. */
export function useIndustries(): readonly { readonly value: string; readonly label: string }[] {
  const industries = useQuery(api.landscape.industries.queryOptions({}))
  const members = industries.data?.systems.flatMap(({ groups }) => groups.flatMap((group) => group.members))
  return [...new Map((members ?? []).map(({ code, names }) => [code, either(names)]))].map(
    ([value, label]) => ({ value, label }),
  )
}
