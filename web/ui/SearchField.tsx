import { useEffect, useRef, useState } from 'react'
import { CloseIcon, SearchIcon } from './icons.ts'
import { useOwnWords } from './words.ts'
import './SearchField.css'

/** Long enough not to ask for half a word (input methods send one per stroke), short enough to feel immediate. */
const SETTLE_MS = 250

export interface SearchFieldProps {
  readonly value: string
  readonly label: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}

/** Searches while one types, but not in the middle of a Chinese composition. In the workbench `/` moves here. */
export function SearchField({ value, label, onChange, placeholder }: SearchFieldProps) {
  const words = useOwnWords()
  const [draft, setDraft] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The address may change under the field (Back, a cleared filter): then the address is right.
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setDraft(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const send = (text: string, delay: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(text.trim()), delay)
  }
  const edit = (text: string) => {
    setDraft(text)
    if (!composing.current) send(text, SETTLE_MS)
  }
  return (
    <search className="search-field">
      <SearchIcon className="icon" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={draft}
        data-search
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => edit(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && !composing.current && send(draft, 0)}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false
          send(event.currentTarget.value, SETTLE_MS)
        }}
      />
      {draft && (
        <button type="button" aria-label={words.clear} onClick={() => (setDraft(''), send('', 0))}>
          <CloseIcon className="icon" />
        </button>
      )}
    </search>
  )
}
