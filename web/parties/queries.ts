import type { client } from '../app/api.ts'

export type Organisation = Awaited<ReturnType<typeof client.parties.get>>
export type OrganisationRow = Awaited<ReturnType<typeof client.parties.list>>['items'][number]
export type OrganisationState = Awaited<ReturnType<typeof client.parties.history>>['items'][number]
export type Pair = Awaited<ReturnType<typeof client.parties.candidates>>['items'][number]
export type Side = Pair['first']
export type MergeRecord = Awaited<ReturnType<typeof client.parties.merges>>['items'][number]
