import { type ReactNode, useId } from 'react'
import { formatShare } from './format.ts'
import './Progress.css'

interface ProgressProps {
  readonly label: string
  /** From 0 to 1; null where nobody can know, and then the bar moves without saying how far. */
  readonly share: number | null
  /** Counts, what is left: beside the share, in words. */
  readonly children?: ReactNode
}

/** Work that goes on by itself: how far it has come, as a bar and in words. */
export function Progress({ label, share, children }: ProgressProps) {
  const id = useId()
  return (
    <div className="progress">
      <span id={id} className="visually-hidden">
        {label}
      </span>
      <progress aria-labelledby={id} max={1} {...(share !== null && { value: share })} />
      <p className="progress-words">
        {share !== null && <span>{formatShare(share, 0)}</span>}
        {children}
      </p>
    </div>
  )
}
