import { Marked } from '../search/Marked.tsx'
import styles from './near.module.css'
import { type Texts, useText } from './queries.ts'

interface SideBySideProps {
  readonly texts: Texts
  /** What stands above each side. */
  readonly titles: readonly [string, string]
}

/** Two texts with what they share marked in both. */
export function SideBySide({ texts, titles }: SideBySideProps) {
  const text = useText()
  return (
    <div className={styles['pair']}>
      {([0, 1] as const).map((side) => (
        <div key={side} className={styles['side']}>
          <h4>{titles[side]}</h4>
          {texts[side].map((part, at) => (
            <div key={at}>
              <h5>{text.fields[part.field]}</h5>
              <p>
                <Marked text={part.text} marks={part.marks} language={part.language} />
              </p>
            </div>
          ))}
          {texts[side].length === 0 && <p>{text.absent}</p>}
        </div>
      ))}
    </div>
  )
}
