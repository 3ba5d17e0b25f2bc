import type { ReactNode } from 'react'
import { TONE_ICONS, type Tone } from './Badge.tsx'
import './Notice.css'

export interface NoticeProps {
  readonly tone?: Tone
  readonly title?: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** Read out at once: for what happened because of something the reader just did. */
  readonly live?: boolean
}

export function Notice({ tone = 'info', title, children, actions, live }: NoticeProps) {
  const Mark = TONE_ICONS[tone]
  return (
    <div className="notice" data-tone={tone} role={live ? 'alert' : undefined}>
      <Mark className="icon" />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}
