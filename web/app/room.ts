import type { ComponentType } from 'react'
import type { Icon } from '../ui/icons.ts'
import type { Bilingual } from '../ui/language.ts'

export type Shell = 'portal' | 'workbench'

/** One address and the page that answers it. Parameters are written `$code`. */
export interface PageRoute {
  readonly shell: Shell
  readonly path: `/${string}`
  readonly load: () => Promise<ComponentType>
}

export interface NavigationEntry {
  readonly shell: Shell
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

/** What a room adds to the web. */
export interface Room {
  readonly pages: readonly PageRoute[]
  readonly navigation: readonly NavigationEntry[]
}

/** A page that anybody may open. */
export function portalPage(path: `/${string}`, load: PageRoute['load']): PageRoute {
  return { shell: 'portal', path, load }
}

/** A page inside the workbench, for people who are signed in. */
export function workbenchPage(path: `/work/${string}` | '/work', load: PageRoute['load']): PageRoute {
  return { shell: 'workbench', path, load }
}
