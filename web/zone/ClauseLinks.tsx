import { TextLink } from '../ui/TextLink.tsx'
import { useText } from './text.ts'
import styles from './zone.module.css'

/** The clauses a thing rests on; each opens. */
export function ClauseLinks({ clauses }: { readonly clauses: readonly string[] }) {
  const text = useText()
  return (
    <ul className={styles.clauseLinks} aria-label={text.clauses}>
      {clauses.map((id) => (
        <li key={id}>
          <TextLink href={`/clauses/${id}`}>{id}</TextLink>
        </li>
      ))}
    </ul>
  )
}
