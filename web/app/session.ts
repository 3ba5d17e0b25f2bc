import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Boot, SessionActor, ZoneSummary } from './boot.ts'

const boot = readBoot()

/** The boot data that the server put into the page, if it did. */
function readBoot(): Boot | undefined {
  const text = document.getElementById('boot')?.textContent
  return text ? (JSON.parse(text) as Boot) : undefined
}

/** Who is asking: from the page itself, then from the server whenever the window comes back into view. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  ...(boot && { initialData: boot.session }),
  staleTime: 60_000,
})

async function fetchSession(): Promise<SessionActor> {
  const response = await fetch('/api/v1/session', { headers: { accept: 'application/json' } })
  if (!response.ok)
    throw Object.assign(new Error('no session'), { code: 'UNAVAILABLE', status: response.status })
  return (await response.json()) as SessionActor
}

export interface Session {
  readonly actor: SessionActor
  readonly signedIn: boolean
  /** Whether the account has any of these roles. Hides doors; the server decides. */
  readonly has: (...roles: readonly string[]) => boolean
}

const VISITOR = { kind: 'visitor' } as const

export function useSession(): Session {
  const actor = useQuery(sessionQuery).data ?? VISITOR
  const roles = actor.kind === 'account' ? actor.roles : []
  return {
    actor,
    signedIn: actor.kind === 'account',
    has: (...wanted) => wanted.some((role) => roles.includes(role)),
  }
}

/** The zone that this platform runs; undefined where no server has filled the page (Vite alone). */
export function useZone(): ZoneSummary | undefined {
  return boot?.zone
}

/** Ends the session and starts afresh from the home page: nothing of the account stays in memory. */
export async function signOut(home: string): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  location.assign(home)
}
