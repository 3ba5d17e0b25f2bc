import { api, type client } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { useMessages } from '../../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type CloudPatent = Awaited<ReturnType<typeof client.cloud.get>>
export type CloudItem = Awaited<ReturnType<typeof client.cloud.list>>['items'][number]
export type Universities = Awaited<ReturnType<typeof client.cloud.universities>>

export const useText = (): typeof zh => useMessages({ zh, en })

export const refresh = () => queryClient.invalidateQueries({ queryKey: api.cloud.key() })

export function patentsHref(of: { readonly stage?: string; readonly university?: string }): string {
  const query = new URLSearchParams(Object.entries(of)).toString()
  return `/university-cloud/patents${query === '' ? '' : `?${query}`}`
}
