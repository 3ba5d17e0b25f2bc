import { useContext } from 'react'
import { Button } from './Button.tsx'
import type { DraftState } from './draft-keeper.ts'
import { formatMoment } from './format.ts'
import { BusyIcon, type Icon, MetIcon, OfflineIcon, RiskIcon } from './icons.ts'
import { TimeZoneContext } from './values.tsx'
import { useOwnWords } from './words.ts'
import './SavedState.css'

interface SavedStateProps {
  readonly state: Pick<DraftState, 'status' | 'savedAt'>
  /** The zone's day: what was saved today needs no date. */
  readonly today: string
  readonly onRetry?: () => void
  /** Where signing in leads back to this page. */
  readonly signInHref?: string
}

const MARKS: Readonly<Record<DraftState['status'], Icon>> = {
  saved: MetIcon,
  waiting: BusyIcon,
  saving: BusyIcon,
  offline: OfflineIcon,
  'signed-out': RiskIcon,
  conflict: RiskIcon,
  refused: RiskIcon,
}

const QUIET: ReadonlySet<string> = new Set(['saved', 'waiting', 'saving'])

/** Whether what one has typed is safe, and since when: always in view while a form is filled in. */
export function SavedState({ state: { status, savedAt }, today, onRetry, signInHref }: SavedStateProps) {
  const words = useOwnWords()
  const moment = formatMoment(savedAt, useContext(TimeZoneContext))
  const time = moment.startsWith(today) ? moment.slice(11) : moment
  const Mark = MARKS[status]
  return (
    <div className="saved-state" data-status={status}>
      {/* Every pause in typing is saved; only what needs attention is worth an interruption. */}
      <p aria-live={QUIET.has(status) ? 'off' : 'polite'}>
        <Mark className="icon" />
        {sentence(status, time, words)}
      </p>
      {status === 'signed-out' && signInHref !== undefined && (
        // A plain link: signing in loads the page afresh, and the copy on this device is sent then.
        <a className="button" href={signInHref}>
          {words.draft.signInAgain}
        </a>
      )}
      {(status === 'offline' || status === 'refused') && onRetry && (
        <Button kind="quiet" onClick={onRetry}>
          {words.retry}
        </Button>
      )}
    </div>
  )
}

function sentence(status: DraftState['status'], time: string, words: ReturnType<typeof useOwnWords>): string {
  switch (status) {
    case 'saved':
      return words.saved(time)
    case 'waiting':
    case 'saving':
      return words.saving
    case 'offline':
      return words.draft.offline(time)
    case 'signed-out':
      return words.draft.signedOut(time)
    case 'conflict':
      return words.draft.conflict
    case 'refused':
      return words.draft.refused(time)
  }
}
