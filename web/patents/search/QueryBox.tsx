import { useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useText } from './queries.ts'
import styles from './search.module.css'

/** The plain box: asked when it is sent, for half a query is often one that cannot be read. */
export function QueryBox({
  value,
  onSearch,
}: {
  readonly value: string
  readonly onSearch: (q: string) => void
}) {
  const text = useText()
  const [draft, setDraft] = useState(value)
  const [seen, setSeen] = useState(value)
  const composing = useRef(false)
  // The address may change under the box (Back, a facet): then the address is right.
  if (seen !== value) {
    setSeen(value)
    setDraft(value)
  }
  return (
    <search>
      <form
        className={styles['box']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!composing.current) onSearch(draft.trim())
        }}
      >
        <input
          type="search"
          className={styles['input']}
          aria-label={text.query}
          placeholder={text.placeholder}
          value={draft}
          data-search
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          onChange={(event) => setDraft(event.target.value)}
          onCompositionStart={() => (composing.current = true)}
          onCompositionEnd={() => (composing.current = false)}
        />
        <Button type="submit" kind="primary">
          {text.search}
        </Button>
      </form>
      <QueryHelp />
    </search>
  )
}

function QueryHelp() {
  const text = useText()
  return (
    <details className={styles['help']}>
      <summary>{text.help.title}</summary>
      <p>{text.help.intro}</p>
      <dl className={styles['examples']}>
        {text.help.rows.map(([example, meaning]) => (
          <div key={example}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
