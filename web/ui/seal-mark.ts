/**
 * The mark of the platform: a seal in relief. The frame of the seal is the enclosure of 园, and 元 is cut inside it, so
 * that the frame and the character are one drawing. Strokes on a field of 24 by 24.
 */
export const SEAL_STROKES = [
  'M3.2 3.4h17.5v17.3H3.2z',
  'M8 7.4h7.9',
  'M6.1 11.1h11.9',
  'M10 11.3c-.1 3.2-1.2 5.1-3.9 6.4',
  'M13.7 11.3v4.9c0 .9.5 1.3 1.4 1.3h1.2c.9 0 1.4-.5 1.5-2',
] as const

/** The same mark as markup, for the page that the server paints before any script. */
export function sealMarkup(): string {
  const paths = SEAL_STROKES.map((d) => `<path d="${d}"/>`).join('')
  return `<svg class="seal" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`
}
