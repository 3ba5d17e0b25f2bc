import { either, language } from '../ui/language.ts'
import { ProofIcon } from '../ui/icons.ts'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { useText } from './text.ts'

/** Decisions and other papers that the office issued, in both languages, each with the way to check it. */
export function DocumentsSection({ matter: { number, documents } }: MatterProps) {
  const text = useText()
  if (documents.length === 0) return null
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Section title={text.documents.title} note={text.documents.note}>
      <ul className={styles.documents}>
        {documents.map((document) => {
          const href = `/api/v1/matters/${number}/documents/${document.id}`
          return (
            <li key={document.id}>
              <p>
                <strong>{either(document.names)}</strong> <code>{document.number}</code>
              </p>
              <p className={styles.quiet}>
                <MomentText value={document.issuedAt} />
              </p>
              <p className={styles.documentLinks}>
                <a href={`${href}?language=${language}`}>{text.documents.pdf[language]}</a>
                <a href={`${href}?language=${other}`}>{text.documents.pdf[other]}</a>
                <TextLink href={`/documents/${document.number}`}>
                  <ProofIcon className="icon" />
                  {text.documents.check}
                </TextLink>
              </p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
