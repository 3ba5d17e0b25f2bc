import { either } from '../../ui/language.ts'
import styles from './near.module.css'
import { type Rule, share, useText } from './queries.ts'

/** By which figures pairs are shown, since when, and that they are samples while they are. */
export function RuleNote({ rule }: { readonly rule: Rule }) {
  const text = useText()
  return (
    <p className={styles['line']}>
      {text.rule({ near: share(rule.near), alike: share(rule.alike), from: rule.from })}
      {text.stop}
      {text.meaning}
      {rule.sample && ` ${either(rule.source)}${text.stop}`}
    </p>
  )
}
