import { useQueryClient } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'

type Answer<Operation extends (...input: never) => Promise<unknown>> = Awaited<ReturnType<Operation>>

export type ProcedureItem = Answer<typeof client.matters.procedures>['items'][number]
export type Procedure = Answer<typeof client.matters.procedure>
export type Step = Procedure['steps'][number]
export type Draft = Answer<typeof client.matters.draft>
export type DraftItem = Answer<typeof client.matters.drafts>['items'][number]
export type Matter = Answer<typeof client.matters.get>
export type MatterItem = Answer<typeof client.matters.list>['items'][number]
export type ClockView = Answer<typeof client.matters.clocks>['items'][number]
export type HandOver = Matter['handOvers'][number]
export type Correction = NonNullable<Matter['correction']>
export type MaterialFile = Matter['materials'][number]
export type StationView = Answer<typeof client.matters.station>
export type Fault = Answer<typeof client.matters.completeness>['faults'][number]
export type Finding = Answer<typeof client.matters.completeness>['findings'][number]

/** Marks what is remembered of matters as old without asking now: for a page that is about to be left. */
export function useForgetMatters(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.matters.key(), refetchType: 'none' })
}

/** After anything was written about a matter: whatever shows matters asks again. */
export function useRefreshMatters(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.matters.key() })
}
