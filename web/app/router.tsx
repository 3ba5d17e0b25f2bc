import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { basePath } from '../ui/language.ts'
import { parseSearch, stringifySearch } from '../ui/search-state.ts'
import { BrokenPage, MissingPage, PendingPage } from './FallbackPages.tsx'
import { PortalShell } from './PortalShell.tsx'
import { rooms } from './rooms.ts'
import type { Shell } from './room.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingInPortal })

const portal = createRoute({ getParentRoute: () => root, id: 'portal', component: PortalShell })

const workbench = createRoute({
  getParentRoute: () => root,
  id: 'workbench',
  component: lazyRouteComponent(async () => ({
    default: (await import('./WorkbenchShell.tsx')).WorkbenchShell,
  })),
})

function MissingInPortal() {
  return (
    <PortalShell>
      <MissingPage />
    </PortalShell>
  )
}

function pagesOf(shell: Shell, parent: typeof portal | typeof workbench) {
  return rooms
    .flatMap((room) => room.pages)
    .filter((page) => page.shell === shell)
    .map(({ path, load }) =>
      createRoute({
        getParentRoute: () => parent,
        path,
        component: lazyRouteComponent(async () => ({ default: await load() })),
      }),
    )
}

export const router = createRouter({
  routeTree: root.addChildren([
    portal.addChildren(pagesOf('portal', portal)),
    workbench.addChildren(pagesOf('workbench', workbench)),
  ]),
  basepath: basePath,
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  scrollRestoration: true,
  defaultPendingMs: 150,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: MissingPage,
})
