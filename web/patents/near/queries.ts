import type { client } from '../../app/api.ts'
import { formatShare } from '../../ui/format.ts'
import { useMessages } from '../../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Found = Awaited<ReturnType<typeof client.nearDuplicates.of>>
export type Near = Found['items'][number]
export type Texts = Near['texts']
export type Rule = Found['rule']
export type Run = Awaited<ReturnType<typeof client.nearDuplicates.run>>
export type Cluster = Awaited<ReturnType<typeof client.nearDuplicates.clusters>>['items'][number]
export type OpenCluster = Awaited<ReturnType<typeof client.nearDuplicates.cluster>>
export type Pair = OpenCluster['pairs']['items'][number]
export type Member = OpenCluster['members'][number]
export type Measured = Awaited<ReturnType<typeof client.nearDuplicates.measured>>['measured']
export type Text = typeof zh

export function useText(): Text {
  return useMessages({ zh, en })
}

export const share = (value: number) => formatShare(value, 0)

/** What a search was ordered for, in words. */
export function scopeWords({ scope, name }: Pick<Run, 'scope' | 'name'>, text: Text): string {
  return name === null ? text.order.scopes[scope] : name
}

export const patentHref = (number: string) => `/patents/${encodeURIComponent(number)}`
