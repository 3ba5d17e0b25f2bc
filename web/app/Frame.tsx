import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo } from 'react'
import { Announcements } from '../ui/announce.tsx'
import { type Navigation, NavigationContext } from '../ui/TextLink.tsx'
import { TimeZoneContext } from '../ui/values.tsx'
import { useZone } from './session.ts'

const UNTIL_KNOWN = 'Asia/Shanghai'

/** What both shells provide to the pages: navigation for links, the zone's time, messages read aloud, and the focus. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const router = useRouter()
  const navigation = useMemo<Navigation>(
    () => ({
      go: (path) => void router.navigate({ href: path }),
      prepare: (path) =>
        void router.preloadRoute({ to: path.split(/[?#]/)[0] ?? path }).catch(() => undefined),
    }),
    [router],
  )
  useFocusOnArrival()
  useRefreshAfterReturn()
  return (
    <NavigationContext value={navigation}>
      <TimeZoneContext value={useZone()?.timeZone ?? UNTIL_KNOWN}>
        <Announcements>{children}</Announcements>
      </TimeZoneContext>
    </NavigationContext>
  )
}

/** After a navigation the heading takes the focus: a screen reader reads where one is, and Tab starts from there. */
function useFocusOnArrival() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        // The first page of a visit is read from its top, as any page is.
        if (!fromLocation || !pathChanged) return
        const heading = document.querySelector<HTMLElement>('main h1') ?? document.getElementById('main')
        heading?.focus({ preventScroll: true })
      }),
    [router],
  )
}

/** Coming back on line is the moment at which failed requests are worth repeating. */
function useRefreshAfterReturn() {
  const queries = useQueryClient()
  useEffect(() => {
    const refresh = () =>
      void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' })
    window.addEventListener('online', refresh)
    return () => window.removeEventListener('online', refresh)
  }, [queries])
}
