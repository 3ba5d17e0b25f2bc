/** One step of the way from a leaf to the root: the hash that stands beside, where, and what both make together. */
export interface Step {
  readonly sibling: string
  readonly side: 'left' | 'right'
  readonly joined: string
}

/** On which side the hash beside stands at each step, from the leaf of `index` upwards in a tree of `size` (RFC 6962). */
function sidesOf(index: number, size: number): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    let half = 1
    while (half * 2 < end - start) half *= 2
    const split = start + half
    if (index < split) {
      sides.push('right')
      end = split
    } else {
      sides.push('left')
      start = split
    }
  }
  return sides.toReversed()
}

/** Computes every step in the browser; undefined where it offers no hashing (pages that are not encrypted). */
export async function climb(
  leaf: string,
  { index, size, hashes }: { index: number; size: number; hashes: readonly string[] },
): Promise<Step[] | undefined> {
  if (!globalThis.isSecureContext) return undefined
  const steps: Step[] = []
  let joined = leaf
  for (const [place, side] of sidesOf(index, size).entries()) {
    const sibling = hashes[place] ?? ''
    const pair = side === 'left' ? [sibling, joined] : [joined, sibling]
    joined = encode(await crypto.subtle.digest('SHA-256', Uint8Array.of(1, ...pair.flatMap(decode))))
    steps.push({ sibling, side, joined })
  }
  return steps
}

function decode(text: string): number[] {
  return Array.from(atob(text), (character) => character.charCodeAt(0))
}

function encode(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
}
