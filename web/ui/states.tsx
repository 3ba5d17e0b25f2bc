import type { ReactNode } from 'react'
import { Button, ButtonLink } from './Button.tsx'
import { explain, type Explanation, explainReading, type RefusalTexts } from './explain.ts'
import { type Icon, InfoIcon, MaskedIcon, OfflineIcon, RiskIcon } from './icons.ts'
import { Notice } from './Notice.tsx'
import { useOwnWords } from './words.ts'
import './states.css'

/** Keeps the place of what is coming. `lines` should be near what will arrive, so that nothing below moves much. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  const words = useOwnWords()
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton-line" aria-hidden />
      ))}
    </div>
  )
}

/** A word instead of a shape, for places of one line. Long work says how far it is: `progress`. */
export function Loading({ progress }: { readonly progress?: string }) {
  const words = useOwnWords()
  return (
    <p className="state-loading" role="status">
      {progress ?? words.loading}
    </p>
  )
}

interface EmptyProps {
  readonly title?: string | undefined
  /** Why there is nothing, and what one can do about it. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

export function Empty({ title, children, actions }: EmptyProps) {
  const words = useOwnWords()
  return (
    <div className="state">
      <p className="state-title">{title ?? words.empty}</p>
      {children && <div className="state-next">{children}</div>}
      {actions && <div className="state-actions">{actions}</div>}
    </div>
  )
}

const KIND_ICONS: Readonly<Record<Explanation['kind'], Icon>> = {
  refused: RiskIcon,
  invalid: RiskIcon,
  'signed-out': MaskedIcon,
  'no-right': MaskedIcon,
  'not-found': InfoIcon,
  offline: OfflineIcon,
  unavailable: OfflineIcon,
  bug: RiskIcon,
}

interface FailureProps {
  readonly error: unknown
  readonly text?: RefusalTexts | undefined
  readonly onRetry?: (() => void) | undefined
  readonly busy?: boolean
  /** It was to be read, not sent. */
  readonly reading?: boolean
}

/** In place of content that could not be had: what happened, what was kept, what to do. */
export function Failure({ error, text = {}, onRetry, busy, reading = false }: FailureProps) {
  const words = useOwnWords()
  const explanation = (reading ? explainReading : explain)(error, text, words)
  const canRetry = onRetry && ['offline', 'unavailable', 'bug'].includes(explanation.kind)
  return (
    <Explained explanation={explanation}>
      {canRetry && (
        <Button onClick={onRetry} busy={busy}>
          {words.retry}
        </Button>
      )}
      {explanation.kind === 'signed-out' && (
        <ButtonLink kind="primary" href={signInPath()}>
          {words.signIn}
        </ButtonLink>
      )}
      {explanation.kind === 'not-found' && <ButtonLink href="/">{words.backHome}</ButtonLink>}
    </Explained>
  )
}

function signInPath(): string {
  return `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
}

function Explained({ explanation, children }: { explanation: Explanation; children?: ReactNode }) {
  const Mark = KIND_ICONS[explanation.kind]
  return (
    <div className="state" role="alert">
      <p className="state-title">
        <Mark className="icon" />
        {explanation.title}
      </p>
      <p>{explanation.what}</p>
      {explanation.kept && <p className="state-kept">{explanation.kept}</p>}
      {explanation.next && <p className="state-next">{explanation.next}</p>}
      {explanation.reference && <p className="state-reference">{explanation.reference}</p>}
      <div className="state-actions">{children}</div>
    </div>
  )
}

export function NoRight() {
  const { states } = useOwnWords()
  return <Explained explanation={{ kind: 'no-right', ...states.noRight, fields: [] }} />
}

export function SignedOut() {
  const words = useOwnWords()
  return (
    <Explained explanation={{ kind: 'signed-out', ...words.states.signedOut, fields: [] }}>
      <ButtonLink kind="primary" href={signInPath()}>
        {words.signIn}
      </ButtonLink>
    </Explained>
  )
}

export function Offline({ onRetry }: { readonly onRetry?: () => void }) {
  const words = useOwnWords()
  return (
    <Explained explanation={{ kind: 'offline', ...words.states.offline, fields: [] }}>
      {onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    </Explained>
  )
}

/** Some of it is missing, and the rest is shown all the same. */
export function Partial({ children }: { readonly children: ReactNode }) {
  const words = useOwnWords()
  return (
    <Notice tone="risk" title={words.partial}>
      <p>{children}</p>
    </Notice>
  )
}

/** A date that has passed. */
export function Late({ children }: { readonly children: ReactNode }) {
  const words = useOwnWords()
  return (
    <Notice tone="late" title={words.late}>
      <p>{children}</p>
    </Notice>
  )
}
