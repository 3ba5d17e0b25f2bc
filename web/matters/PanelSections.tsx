import { type ComponentType, lazy, Suspense } from 'react'
import type { MatterPanelProps } from '../app/room.ts'
import { rooms } from '../app/rooms.ts'
import { Section } from '../ui/Page.tsx'
import { either } from '../ui/language.ts'
import { Skeleton } from '../ui/states.tsx'
import type { MatterProps } from './MatterPage.tsx'
import { useRefreshMatters } from './queries.ts'

interface Panel {
  readonly title: { readonly zh: string; readonly en: string }
  readonly Component: ComponentType<MatterPanelProps>
}

/** Every panel of every room by name; the code of one arrives with the first matter that shows it. */
const PANELS: ReadonlyMap<string, Panel> = new Map(
  rooms
    .flatMap((room) => room.matterPanels ?? [])
    .map(({ name, title, load }) => [
      name,
      { title, Component: lazy(async () => ({ default: await load() })) },
    ]),
)

/** What other rooms show on a matter of theirs: placement advice, a draw, a plan. */
export function PanelSections({ matter }: MatterProps) {
  const refresh = useRefreshMatters()
  return matter.panels.map((name) => {
    const panel = PANELS.get(name)
    if (!panel) return null
    const { title, Component } = panel
    return (
      <Section key={name} title={either(title)}>
        <Suspense fallback={<Skeleton lines={3} />}>
          <Component matter={matter} refresh={refresh} />
        </Suspense>
      </Section>
    )
  })
}
