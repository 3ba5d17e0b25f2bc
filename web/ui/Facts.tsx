import type { ReactNode } from 'react'
import { Badge } from './Badge.tsx'
import { TextLink } from './TextLink.tsx'
import { Unknown } from './values.tsx'
import { useOwnWords } from './words.ts'
import './Facts.css'

export interface Fact {
  readonly label: string
  /** Null and undefined are shown as "not published". */
  readonly value: ReactNode
  readonly source?: { readonly name: string; readonly href?: string | undefined } | undefined
  /** The day the value was true for, or was last confirmed. */
  readonly asOf?: string | undefined
  /** Older than the period agreed for this field. */
  readonly stale?: boolean | undefined
  readonly note?: ReactNode
}

/** What is known of a record, each value with where it comes from and when. */
export function Facts({ rows, label }: { readonly rows: readonly Fact[]; readonly label?: string }) {
  return (
    <dl className="facts" aria-label={label}>
      {rows.map((fact) => (
        <div className="fact" key={fact.label}>
          <dt className="fact-label">{fact.label}</dt>
          <dd>
            {fact.value ?? <Unknown />}
            <Origin fact={fact} />
            {fact.note && <p className="fact-note">{fact.note}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Origin({ fact: { source, asOf, stale } }: { readonly fact: Fact }) {
  const words = useOwnWords()
  if (!source && !asOf) return null
  return (
    <p className="fact-origin">
      {source &&
        (source.href ? <TextLink href={source.href}>{source.name}</TextLink> : <span>{source.name}</span>)}
      {asOf && <time dateTime={asOf}>{words.asOf(asOf)}</time>}
      {stale && (
        <span title={words.staleHint}>
          <Badge tone="risk">{words.stale}</Badge>
        </span>
      )}
    </p>
  )
}
