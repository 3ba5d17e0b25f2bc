import type { ReactNode } from 'react'
import type { Tone } from './Badge.tsx'
import { ProofIcon } from './icons.ts'
import { TextLink } from './TextLink.tsx'
import { DateText, MomentText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './Timeline.css'

export interface TimelineEntry {
  readonly key: string
  /** A day (`2026-11-22`) or a moment (ISO 8601 with zone). */
  readonly at: string
  readonly title: ReactNode
  readonly by?: ReactNode
  readonly detail?: ReactNode
  readonly tone?: Tone
  /** The page that proves it: a ledger entry, a receipt. */
  readonly proof?: string
}

/** What happened, newest first as the caller gives it. */
export function Timeline({
  entries,
  label,
}: {
  readonly entries: readonly TimelineEntry[]
  readonly label: string
}) {
  const words = useOwnWords()
  return (
    <ol className="timeline" aria-label={label}>
      {entries.map(({ key, at, title, by, detail, tone = 'neutral', proof }) => (
        <li className="timeline-entry" data-tone={tone} key={key}>
          <p className="timeline-when">
            {at.length > 10 ? <MomentText value={at} /> : <DateText value={at} />}
          </p>
          <div className="timeline-what">
            <p className="timeline-title">{title}</p>
            {by && <p className="timeline-by">{by}</p>}
            {detail && <div>{detail}</div>}
            {proof && (
              <TextLink className="timeline-by proof-link" href={proof}>
                <ProofIcon className="icon" />
                {words.proof}
              </TextLink>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
