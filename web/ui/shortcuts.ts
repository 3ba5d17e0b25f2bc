import { useEffect } from 'react'

export interface Shortcut {
  readonly key: string
  readonly meaning: string
  readonly run: () => void
}

/** What the page on the screen adds; a page registers while it is shown. */
const onPage = new Map<string, Shortcut>()

export function pageShortcuts(): readonly Shortcut[] {
  return [...onPage.values()]
}

/** A key of this page: `useShortcut('n', text.new, openForm)`. */
export function useShortcut(key: string, meaning: string, run: () => void): void {
  useEffect(() => {
    const shortcut = { key, meaning, run }
    onPage.set(key, shortcut)
    return () => {
      if (onPage.get(key) === shortcut) onPage.delete(key)
    }
  })
}

interface Keys {
  /** `g` and then a letter. */
  readonly go: (key: string) => void
  readonly help: () => void
}

/** How long `g` waits for its letter. */
const SEQUENCE_MS = 1200

/** Listens on the page until the answer is called. Keys typed into a field, or with a modifier, are left alone. */
export function listenForKeys({ go, help }: Keys): () => void {
  let prefixAt = -Infinity
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
    const afterPrefix = event.timeStamp - prefixAt < SEQUENCE_MS
    prefixAt = -Infinity
    if (afterPrefix) go(event.key)
    else if (event.key === 'g') prefixAt = event.timeStamp
    else if (event.key === '?') help()
    else if (event.key === '/') focusSearch(event)
    else onPage.get(event.key)?.run()
  }
  document.addEventListener('keydown', listen)
  return () => document.removeEventListener('keydown', listen)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null
  )
}

function focusSearch(event: KeyboardEvent) {
  const field = document.querySelector<HTMLInputElement>('main [data-search]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
}
