import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { either, language } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MarkedLine } from './MarkedLine.tsx'
import type { PlanText } from './queries.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

type Line = PlanText['lines'][number]

/** The plan as it was issued: every line has an address, and the words of each clause open it. */
export function PlanPage() {
  const text = useText()
  const { data: plan } = useSuspenseQuery(api.zone.plan.queryOptions({}))
  const headings = plan.lines.filter((line) => line.heading !== null)
  const clauseCount = plan.lines.reduce((sum, { clauses }) => sum + clauses.length, 0)
  return (
    <Page
      title={either(plan.names)}
      eyebrow={text.plan.facts(plan.number, plan.issuedOn, plan.publishedOn)}
      lede={text.plan.lede(clauseCount)}
      actions={<ButtonLink href="/clauses">{text.plan.coverage}</ButtonLink>}
      aside={<Contents headings={headings} />}
    >
      {language === 'en' && (
        <div className={styles.notice}>
          <Notice title={text.plan.language} />
        </div>
      )}
      <div className={styles.plan}>
        {plan.lines
          .filter((line) => line.text.trim() !== '')
          .map((line) => (
            <PlanLine key={line.number} line={line} />
          ))}
      </div>
    </Page>
  )
}

function Contents({ headings }: { readonly headings: readonly Line[] }) {
  const text = useText()
  return (
    <nav className={styles.contents} aria-label={text.plan.contents}>
      <h2>{text.plan.contents}</h2>
      <ol>
        {headings.map(({ number, heading }) => (
          <li key={number} data-level={heading?.level}>
            <a href={`#L${number}`}>{heading && either(heading.names)}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function PlanLine({ line: { number, text: words, heading, clauses } }: { readonly line: Line }) {
  const text = useText()
  const Tag = heading ? (heading.level === 1 ? 'h2' : 'h3') : 'p'
  return (
    <div className={styles.planLine} id={`L${number}`} data-heading={heading?.level}>
      <Tag lang="zh" className={styles.planText}>
        <MarkedLine text={words} clauses={clauses} />
      </Tag>
      {heading && language === 'en' && <p className={styles.headingEn}>{heading.names.en}</p>}
      {clauses.length > 0 && (
        <ul className={styles.margin} aria-label={text.plan.line(number)}>
          {clauses.map(({ id, termEn }) => (
            <li key={id} id={id}>
              <TextLink href={`/clauses/${id}`} title={termEn}>
                {id}
                {language === 'en' && <span className={styles.termEn}> {termEn}</span>}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
