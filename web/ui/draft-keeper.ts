import { type Answers, mergeAnswers, sameAnswers } from './answers.ts'

/** A draft as the server has it. */
export interface KeptDraft {
  readonly answers: Answers
  readonly version: number
  /** When that version was kept, ISO 8601. */
  readonly savedAt: string
}

/** What stopped a save, as the room that knows the contract reads the error. */
export type SaveObstacle =
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  /** Someone, or oneself on another device, saved first. */
  | { readonly kind: 'conflict'; readonly theirs: KeptDraft }
  | { readonly kind: 'refused' }

export interface DraftState {
  readonly answers: Answers
  readonly version: number
  readonly savedAt: string
  /** `waiting`: changed, and about to be sent. `offline` and `signed-out`: kept on this device meanwhile. */
  readonly status: 'saved' | 'waiting' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'
  readonly conflict?:
    | {
        readonly base: Answers
        readonly theirs: KeptDraft
        readonly disputed: readonly string[]
      }
    | undefined
  /** Fields that arrived from another device and were taken over without asking. */
  readonly arrived: readonly string[]
  readonly error?: unknown
}

/** The part of `localStorage` that is needed here. */
export interface LocalCopies {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface KeeperOptions {
  /** Names the copy on this device; with the account in it, so that nobody else is shown it. */
  readonly key: string
  readonly draft: KeptDraft
  readonly send: (answers: Answers, version: number) => Promise<KeptDraft>
  readonly judge: (error: unknown) => SaveObstacle
  readonly copies: LocalCopies
}

export interface DraftKeeper {
  readonly state: () => DraftState
  readonly subscribe: (listener: () => void) => () => void
  readonly set: (answers: Answers) => void
  /** Sends now what is not yet kept; resolves true when the server has all of it. */
  readonly flush: () => Promise<boolean>
  /** Ends a conflict with the answers that the person chose. */
  readonly resolve: (answers: Answers) => Promise<boolean>
  /** Begins to send, at once what was left on this device; nothing is sent before. */
  readonly start: () => void
  readonly stop: () => void
}

/** A pause in typing after which a group of keystrokes is sent, and the longest that anything waits. */
const SETTLE_MS = 600
const LONGEST_WAIT_MS = 3_000
/** Between attempts while the server cannot be reached. */
const RETRY_MS = 4_000
const MOST_ROUNDS = 4

/**
 * Keeps a draft while somebody fills it in. Every change is at once on this device, and on the server within a moment
 * of the last keystroke. What could not be sent stays here and goes out when the line or the session is back; what
 * another device saved meanwhile is merged where the two do not touch, and asked about where they do.
 */
export function draftKeeper({ key, draft, send, judge, copies }: KeeperOptions): DraftKeeper {
  let kept = draft
  let live = false
  let state: DraftState = { ...draft, status: 'saved', arrived: [] }
  let [timer, dueBy]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0]
  const running: { save?: Promise<void> | undefined } = {}
  const listeners = new Set<() => void>()

  const show = (part: Partial<DraftState>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  const isKept = () => sameAnswers(state.answers, kept.answers)
  const schedule = (delay: number) => {
    clearTimeout(timer)
    if (!live) return
    timer = setTimeout(() => void flush(), delay)
  }

  const set = (answers: Answers) => {
    show({ answers, ...(state.status !== 'conflict' && { status: 'waiting' as const }) })
    remember(copies, key, { base: kept, answers })
    if (state.status === 'conflict') return
    const now = Date.now()
    if (dueBy <= now) dueBy = now + LONGEST_WAIT_MS
    schedule(Math.min(SETTLE_MS, dueBy - now))
  }

  const flush = async (): Promise<boolean> => {
    clearTimeout(timer)
    // What was typed during a save, or merged with another device's version, goes out in the next round.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      while (running.save) await running.save
      if (isKept()) {
        copies.removeItem(key)
        if (state.status !== 'saved') show({ status: 'saved' })
        return true
      }
      if (round > 0 && state.status !== 'waiting') return false
      if (state.status === 'conflict') return false
      running.save = sendOnce().finally(() => (running.save = undefined))
      await running.save
    }
    return isKept()
  }

  const sendOnce = async (): Promise<void> => {
    const sent = state.answers
    dueBy = 0
    show({ status: 'saving' })
    try {
      const answer = await send(sent, kept.version)
      kept = { ...answer, answers: sent }
    } catch (error) {
      stumble(error)
      return
    }
    const { version, savedAt } = kept
    const more = !isKept()
    if (more) remember(copies, key, { base: kept, answers: state.answers })
    else copies.removeItem(key)
    show({ version, savedAt, status: more ? 'waiting' : 'saved', error: undefined })
    if (more) schedule(SETTLE_MS)
  }

  const stumble = (error: unknown) => {
    const obstacle = judge(error)
    if (obstacle.kind === 'conflict') return meet(obstacle.theirs)
    show({ status: obstacle.kind, ...(obstacle.kind === 'refused' && { error }) })
    if (obstacle.kind === 'offline') schedule(RETRY_MS)
  }

  /** Another version stands on the server: take over what does not touch mine, ask about the rest. */
  const meet = (theirs: KeptDraft) => {
    const { answers, disputed, taken } = mergeAnswers(kept.answers, state.answers, theirs.answers)
    const base = kept.answers
    kept = theirs
    const arrived = [...new Set([...state.arrived, ...taken])]
    if (disputed.length > 0) {
      show({ answers, arrived, status: 'conflict', conflict: { base, theirs, disputed } })
      return
    }
    show({ answers, arrived, version: theirs.version, savedAt: theirs.savedAt, status: 'waiting' })
    schedule(0)
  }

  const copy = recall(copies, key)
  if (copy && !sameAnswers(copy.answers, draft.answers)) {
    kept = copy.base
    state = { ...state, answers: copy.answers, status: 'waiting' }
    if (copy.base.version !== draft.version) meet(draft)
  }

  return {
    state: () => state,
    subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    set,
    flush,
    resolve: async (answers) => {
      show({ answers, status: 'waiting', conflict: undefined })
      remember(copies, key, { base: kept, answers })
      return flush()
    },
    start: () => {
      live = true
      if (state.status === 'waiting') schedule(0)
    },
    stop: () => {
      live = false
      clearTimeout(timer)
    },
  }
}

interface LocalCopy {
  readonly base: KeptDraft
  readonly answers: Answers
}

/** A full or forbidden local store must not stop anybody from typing: the server still gets every group of keystrokes. */
function remember(copies: LocalCopies, key: string, copy: LocalCopy) {
  try {
    copies.setItem(key, JSON.stringify(copy))
  } catch {
    copies.removeItem(key)
  }
}

function recall(copies: LocalCopies, key: string): LocalCopy | undefined {
  try {
    const copy = JSON.parse(copies.getItem(key) ?? 'null') as LocalCopy | null
    return copy?.base?.answers && copy.answers ? copy : undefined
  } catch {
    return undefined
  }
}
