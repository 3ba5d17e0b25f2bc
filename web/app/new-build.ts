const RELOADED_AT = 'zhiyuan.reloaded-at'
const ONCE_PER_MS = 30_000

/**
 * A page that stays open over an upgrade asks for code that the new build no longer has. The address is all it needs to
 * be drawn anew, so it is loaded again: once, lest a server that really is broken be asked for ever.
 */
export function followNewBuilds(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const before = Number(sessionStorage.getItem(RELOADED_AT) ?? 0)
    if (Date.now() - before < ONCE_PER_MS) return
    event.preventDefault()
    sessionStorage.setItem(RELOADED_AT, String(Date.now()))
    location.reload()
  })
}
