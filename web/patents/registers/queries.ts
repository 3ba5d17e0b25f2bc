import { useZone } from '../../app/session.ts'
import type { client } from '../../app/api.ts'
import { useMessages } from '../../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Invention = Awaited<ReturnType<typeof client.highValue.get>>
export type Project = Awaited<ReturnType<typeof client.navigation.project>>
export type ProjectRow = Awaited<ReturnType<typeof client.navigation.projects>>['items'][number]
export type Report = Project['reportList'][number]
export type Recommendation = Report['recommendations'][number]
export type Centre = Awaited<ReturnType<typeof client.navigation.centre>>
export type Text = typeof zh

export function useText(): Text {
  return useMessages({ zh, en })
}

/** Only where no server has filled the page. */
const openedOn = new Date().toISOString().slice(0, 10)

/** Today in the zone; what a form proposes. */
export function useToday(): string {
  return useZone()?.today ?? openedOn
}

export const documentHref = (hash: string) => `/api/v1/navigation/documents/${hash}`
