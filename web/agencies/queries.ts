import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { useZone } from '../app/session.ts'
import { isCalendarDate } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { useSearchState } from '../ui/search-state.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type ListItem = Awaited<ReturnType<typeof client.agencies.list>>['items'][number]
export type Directory = Awaited<ReturnType<typeof client.agencies.list>>
export type Agency = Awaited<ReturnType<typeof client.agencies.get>>
export type StageExplanation = Awaited<ReturnType<typeof client.agencies.stage>>
export type HistoryLine = Awaited<ReturnType<typeof client.agencies.history>>['items'][number]
export type Stage = StageExplanation['stage']

/** The words of this room. */
export function useText() {
  return useMessages({ zh, en })
}

export interface DaysAsked {
  readonly asOf?: string
  readonly knownOn?: string
}

/** Which day the address asks about, and by when it must have been known; what is no day is not asked. */
export function useDaysAsked(): DaysAsked {
  const search = useSearchState()
  const [asOf, knownOn] = [search.text('asOf'), search.text('knownOn')]
  return { ...(isCalendarDate(asOf) && { asOf }), ...(isCalendarDate(knownOn) && { knownOn }) }
}

/** Only where no server has filled the page. */
const openedOn = new Date().toISOString().slice(0, 10)

export function useToday(): string {
  return useZone()?.today ?? openedOn
}

/** Names of the zone's codes: an ellipsis until they are known; then a code without a name is shown as it is. */
export function useZoneNames() {
  const zone = useQuery(api.zone.summary.queryOptions({})).data
  return {
    carriers: zone?.carriers ?? [],
    classes: zone?.services ?? [],
    carrier: (id: string) => {
      if (zone === undefined) return '…'
      const found = zone.carriers.find((one) => one.id === id)
      return found === undefined ? id : either(found.shortNames)
    },
    serviceClass: (code: string) => {
      if (zone === undefined) return '…'
      const found = zone.services.find((one) => one.code === code)
      return found === undefined ? code : either(found.names)
    },
  }
}
