import { type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { formatNumber } from './format.ts'
import { TextLink } from './TextLink.tsx'
import { Unknown } from './values.tsx'
import { useOwnWords } from './words.ts'
import './BarList.css'

export interface Bar {
  readonly key: string
  readonly label: ReactNode
  readonly value: number | null
  /** The list that the bar counts: every mark opens. */
  readonly href?: string | undefined
  /** Beside the name: under how many names, in which field. */
  readonly note?: ReactNode
  /** Set apart from the others: what is not known, what is not counted. */
  readonly quiet?: boolean
}

interface BarListProps {
  readonly label: string
  readonly unit: string
  readonly bars: readonly Bar[]
  /** How many are shown before one asks for the rest. */
  readonly first?: number
  readonly empty?: ReactNode
}

/**
 * Bars whose names need room: owners, classes, places. Each is a line of text with its number, so that it reads on a phone and
 * aloud as it does on a wall; the bar behind it starts at zero and shares one scale with the others.
 */
export function BarList({ label, unit, bars, first = 10, empty }: BarListProps) {
  const words = useOwnWords()
  const [all, setAll] = useState(false)
  const id = useId()
  if (bars.length === 0) return <p className="bar-list-empty">{empty ?? <Unknown />}</p>
  const largest = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const shown = all ? bars : bars.slice(0, first)
  return (
    <div className="bar-list">
      <p className="bar-list-unit" id={id}>
        {unit}
      </p>
      <ol aria-label={label} aria-describedby={id}>
        {shown.map(({ key, label: name, value, href, note, quiet }) => (
          <li key={key} data-quiet={quiet ? '' : undefined}>
            <span className="bar-list-name">
              {name}
              {note && <span className="bar-list-note">{note}</span>}
            </span>
            <span className="bar-list-value">
              {value === null ? (
                <Unknown />
              ) : href && value > 0 ? (
                <TextLink href={href}>{formatNumber(value)}</TextLink>
              ) : (
                formatNumber(value)
              )}
            </span>
            <span className="bar-list-track" aria-hidden>
              <span style={{ inlineSize: `${((value ?? 0) / largest) * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
      {bars.length > first && (
        <Button kind="quiet" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? words.showFewer : words.showAll(formatNumber(bars.length))}
        </Button>
      )}
    </div>
  )
}
