const PROBE_SIZE = 100

/**
 * Whether this machine can draw Chinese: every Chinese glyph of a real font is exactly one em wide, and what is drawn
 * for a missing glyph hardly ever is.
 */
function hasChineseFont(): boolean {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return true
  context.font = `${PROBE_SIZE}px sans-serif`
  return [...'知园府'].every((character) => Math.abs(context.measureText(character).width - PROBE_SIZE) < 1)
}

/** The platform's own Chinese font, in slices by character, only where the machine has none. */
export function loadChineseFont(): void {
  if (!hasChineseFont()) void import('./chinese-font.css')
}
