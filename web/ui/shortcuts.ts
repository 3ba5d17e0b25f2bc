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
