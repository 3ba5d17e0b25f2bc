import type { ReactNode } from 'react'
import { Figure, type FigureProps } from './Figure.tsx'
import { Section } from './Page.tsx'
import { TargetBar } from './TargetBar.tsx'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './Board.css'
import './states.css'

/** Six pillars side by side, each with the one figure that stands for it. */
export function Board({ children }: { readonly children: ReactNode }) {
  return <div className="board">{children}</div>
}

/** Keeps the place of a board that is on its way. */
export function BoardSkeleton({ tiles = 6 }: { readonly tiles?: number }) {
  const words = useOwnWords()
  return (
    <div className="board" role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: tiles }, (_, tile) => (
        <div className="board-tile skeleton" key={tile} aria-hidden>
          <div className="skeleton-line" />
          <div className="skeleton-line" />
          <div className="skeleton-line" />
        </div>
      ))}
    </div>
  )
}

interface BoardTileProps {
  readonly title: string
  readonly href?: string
  readonly note?: ReactNode
  readonly children: ReactNode
}

export function BoardTile({ title, href, note, children }: BoardTileProps) {
  return (
    <section className="board-tile">
      <h3 className="board-tile-title">{href ? <TextLink href={href}>{title}</TextLink> : title}</h3>
      {children}
      {note && <p className="board-tile-note">{note}</p>}
    </section>
  )
}

/** One pillar with all of its indicators under each other. */
export function Pillar({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <Section title={title} note={note}>
      {children}
    </Section>
  )
}

export interface IndicatorRowProps extends FigureProps {
  readonly name: string
  readonly baseline?: number | null | undefined
  readonly path?: number | null | undefined
  /** Clauses of the plan and other links, small under the figure. */
  readonly related?: ReactNode
}

export function IndicatorRow({ name, baseline, path, related, ...figure }: IndicatorRowProps) {
  const tone = figure.standing?.tone ?? (figure.met ? 'met' : 'neutral')
  return (
    <div className="indicator-row">
      <div>
        <Figure {...figure} label={figure.label} />
        {related && <p className="indicator-clauses">{related}</p>}
      </div>
      {figure.operator && typeof figure.target === 'number' && (
        <TargetBar
          label={name}
          actual={figure.value}
          target={figure.target}
          operator={figure.operator}
          unit={figure.unit}
          baseline={baseline}
          path={path}
          tone={tone}
        />
      )}
    </div>
  )
}
