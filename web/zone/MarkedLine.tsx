import { TextLink } from '../ui/TextLink.tsx'
import { cutByClauses, type MarkedClause } from './marked-text.ts'
import styles from './zone.module.css'

interface MarkedLineProps {
  readonly text: string
  readonly clauses: readonly MarkedClause[]
  /** On the page of a clause its own words are marked, and lead nowhere. */
  readonly plain?: boolean
}

/** A line of the plan with the words of its clauses underlined; each opens its clause. */
export function MarkedLine({ text, clauses, plain }: MarkedLineProps) {
  return cutByClauses(text, clauses).map((piece, index) => {
    const [id] = piece.clauses
    if (id === undefined) return piece.text
    if (plain) {
      return (
        <mark key={index} className={styles.quote}>
          {piece.text}
        </mark>
      )
    }
    return (
      <TextLink key={index} href={`/clauses/${id}`} className={styles.quote} title={piece.clauses.join(' ')}>
        {piece.text}
      </TextLink>
    )
  })
}
