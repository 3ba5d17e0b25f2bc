import { useEffect, useState, useSyncExternalStore } from 'react'
import { client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import {
  type DraftKeeper,
  draftKeeper,
  type DraftState,
  type KeptDraft,
  type LocalCopies,
  type SaveObstacle,
} from '../ui/draft-keeper.ts'
import type { Draft } from './queries.ts'

export interface DraftInHand {
  readonly keeper: DraftKeeper
  readonly state: DraftState
}

/** Keeps a draft while its page stands: sends as one types, when the line is back, and when the page is put away. */
export function useDraftInHand(draft: Draft): DraftInHand {
  const { actor } = useSession()
  const [keeper] = useState(() =>
    draftKeeper({
      key: `draft ${draft.id} ${actor.kind === 'account' ? actor.accountId : ''}`,
      draft: keptOf(draft),
      send: async (answers, version) => {
        const saved = await client.matters.saveDraft({ id: draft.id, version, answers })
        return { answers, ...saved }
      },
      judge: obstacleOf,
      copies: localCopies(),
    }),
  )
  useEffect(() => {
    keeper.start()
    const send = () => void keeper.flush()
    const leave = () => {
      if (document.visibilityState === 'hidden') send()
    }
    window.addEventListener('online', send)
    document.addEventListener('visibilitychange', leave)
    return () => {
      send()
      keeper.stop()
      window.removeEventListener('online', send)
      document.removeEventListener('visibilitychange', leave)
    }
  }, [keeper])
  return { keeper, state: useSyncExternalStore(keeper.subscribe, keeper.state) }
}

function keptOf({ answers, version, savedAt }: Pick<Draft, 'answers' | 'version' | 'savedAt'>): KeptDraft {
  return { answers, version, savedAt }
}

/** Reads what stopped a save: no line and a server that is starting are the same to whoever types. */
export function obstacleOf(error: unknown): SaveObstacle {
  const { code, status, data } = error as { code?: string; status?: number; data?: { draft?: Draft } }
  if (code === 'CHANGED_ELSEWHERE' && data?.draft) return { kind: 'conflict', theirs: keptOf(data.draft) }
  if (status === 401 || code === 'SECOND_FACTOR_REQUIRED') return { kind: 'signed-out' }
  if (status === undefined || status === 429 || status >= 500) return { kind: 'offline' }
  return { kind: 'refused' }
}

/** A browser may forbid its local store altogether; then the copies last as long as the page. */
function localCopies(): LocalCopies {
  try {
    localStorage.getItem('')
    return localStorage
  } catch {
    const held = new Map<string, string>()
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
    }
  }
}

const PHONE = '(max-width: 40rem)'

/** On a phone a form asks one thing at a time. */
export function useOneThing(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(PHONE)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(PHONE).matches,
  )
}
