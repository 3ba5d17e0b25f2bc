import type { ReactNode } from 'react'
import { type Icon, InfoIcon, LateIcon, MetIcon, NeutralIcon, RiskIcon } from './icons.ts'
import './Badge.css'

export type Tone = 'neutral' | 'info' | 'met' | 'risk' | 'late'

export const TONE_ICONS: Readonly<Record<Tone, Icon>> = {
  neutral: NeutralIcon,
  info: InfoIcon,
  met: MetIcon,
  risk: RiskIcon,
  late: LateIcon,
}

/** A state in a word. The mark repeats the tone for those who do not see the colour. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
}) {
  const Mark = TONE_ICONS[tone]
  return (
    <span className="badge" data-tone={tone}>
      {tone !== 'neutral' && <Mark className="icon" />}
      {children}
    </span>
  )
}
