import type { ComponentType } from 'react'
import type { Icon } from '../ui/icons.ts'
import type { client } from './api.ts'
import type { Bilingual } from '../ui/language.ts'

type MatterView = Awaited<ReturnType<typeof client.matters.get>>

export type Shell = 'portal' | 'workbench'

/** One address and the page that answers it. Parameters are written `$code`. */
export interface PageRoute {
  readonly shell: Shell
  readonly path: `/${string}`
  readonly load: () => Promise<ComponentType>
}

/** The parts of the public site, in their order. Each is one word of the bar; its doors are named below it. */
export const portalSections = {
  services: { zh: '办事', en: 'Services' },
  plan: { zh: '方案与指标', en: 'Plan and figures' },
  agencies: { zh: '机构', en: 'Agencies' },
  patents: { zh: '专利', en: 'Patents' },
  places: { zh: '站点与载体', en: 'Places' },
  records: { zh: '公开与核验', en: 'Open records' },
} as const satisfies Record<string, Bilingual>

export type PortalSection = keyof typeof portalSections

export interface NavigationEntry {
  readonly shell: Shell
  /** Where the portal names it; the rail of the workbench has no sections. */
  readonly section?: PortalSection
  readonly order: number
  readonly href: `/${string}`
  readonly label: Bilingual
  /** Required in the rail of the workbench; the portal's bar has words only. */
  readonly icon?: Icon
  /** Shown to these roles; to everybody (workbench: everybody signed in) when absent. */
  readonly roles?: readonly string[]
  /** `g` then this key goes there. */
  readonly key?: string
}

/** What a panel is given: the matter as `GET /matters/{number}` answers it, and a way to ask for it again. */
export interface MatterPanelProps {
  readonly matter: MatterView
  readonly refresh: () => Promise<void>
}

/** Something a room shows on the page of its matters: placement advice, a draw, a plan. */
export interface MatterPanel {
  /** As in the `panels` of the procedure. */
  readonly name: string
  readonly title: Bilingual
  readonly load: () => Promise<ComponentType<MatterPanelProps>>
}

/** What a room adds to the web. */
export interface Room {
  readonly pages: readonly PageRoute[]
  readonly navigation: readonly NavigationEntry[]
  readonly matterPanels?: readonly MatterPanel[]
}

/** A door of the public site. */
export function portalDoor(
  section: PortalSection,
  order: number,
  href: `/${string}`,
  label: Bilingual,
): NavigationEntry {
  return { shell: 'portal', section, order, href, label }
}

/** A page that anybody may open. */
export function portalPage(path: `/${string}`, load: PageRoute['load']): PageRoute {
  return { shell: 'portal', path, load }
}

/** A page inside the workbench, for people who are signed in. */
export function workbenchPage(path: `/work/${string}` | '/work', load: PageRoute['load']): PageRoute {
  return { shell: 'workbench', path, load }
}
