import { useSuspenseQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'

export type Zone = Awaited<ReturnType<typeof client.zone.summary>>
export type Station = Zone['stations'][number]
export type Clause = Awaited<ReturnType<typeof client.zone.clause>>
export type ClauseRow = Awaited<ReturnType<typeof client.zone.clauses>>['items'][number]
export type Coverage = Awaited<ReturnType<typeof client.zone.coverage>>
export type PlanText = Awaited<ReturnType<typeof client.zone.plan>>
export type Zoning = Awaited<ReturnType<typeof client.zone.zoning>>
export type ZoningArea = Zoning['areas'][number]
export type Spaces = Awaited<ReturnType<typeof client.zone.spaces>>

/** The zone in brief; most pages of this room are nothing without it. */
export function useZoneSummary(): Zone {
  return useSuspenseQuery(api.zone.summary.queryOptions({})).data
}
