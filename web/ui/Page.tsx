import { type ReactNode, useEffect, useId } from 'react'
import { type Crumb, Breadcrumbs } from './Breadcrumbs.tsx'
import { useOwnWords } from './words.ts'
import './Page.css'

interface PageHeaderProps {
  readonly title: string
  /** A number or kind above the title: `S145`, `32100`, "Agency". */
  readonly eyebrow?: ReactNode
  readonly lede?: ReactNode
  readonly crumbs?: readonly Crumb[]
  readonly badges?: ReactNode
  readonly actions?: ReactNode
}

export interface PageProps extends PageHeaderProps {
  /** `prose` for reading and forms, `wide` (default) for registers and boards, `full` for the workbench. */
  readonly width?: 'prose' | 'wide' | 'full'
  /** A second column of quiet things: related matters, contacts. */
  readonly aside?: ReactNode
  /** Puts "Error:" before the title of the document, so that a screen reader and a tab say it first. */
  readonly failed?: boolean
  readonly children: ReactNode
}

/** One page: its title is the title of the document, its one `h1`, and what is read out after navigation. */
export function Page({ width = 'wide', aside, failed, children, ...header }: PageProps) {
  useDocumentTitle(header.title, failed === true)
  return (
    <article className="page" data-width={width}>
      <PageHeader {...header} />
      {aside ? (
        <div className="page-columns">
          <div>{children}</div>
          <aside>{aside}</aside>
        </div>
      ) : (
        children
      )}
    </article>
  )
}

function PageHeader({ title, eyebrow, lede, crumbs, badges, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      {crumbs && <Breadcrumbs crumbs={crumbs} />}
      <div>
        {eyebrow && <p className="page-eyebrow">{eyebrow}</p>}
        <h1 tabIndex={-1}>
          {title}
          {badges && <span className="page-badges">{badges}</span>}
        </h1>
      </div>
      {actions && <div className="page-actions">{actions}</div>}
      {lede && <p className="page-lede">{lede}</p>}
    </header>
  )
}

function useDocumentTitle(title: string, failed: boolean) {
  const words = useOwnWords()
  useEffect(() => {
    document.title = `${failed ? words.errorPrefix : ''}${title} · ${words.platform}`
  }, [title, failed, words])
}

interface SectionProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** `register` sets the title in the margin on a wide screen; `stacked` above, for tables that need the width. */
  readonly layout?: 'register' | 'stacked'
  readonly children: ReactNode
}

export function Section({ title, note, actions, layout = 'register', children }: SectionProps) {
  const id = useId()
  return (
    <section className="section" data-layout={layout} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {note && <p className="section-note">{note}</p>}
        {actions && <div className="section-actions">{actions}</div>}
      </div>
      <div className="section-body">{children}</div>
    </section>
  )
}
