type Corner = [number, number]

/** `10,10 200,10 200,90`, with full-width commas and any white space understood. Undefined when it is no outline. */
export function cornersIn(text: string): Corner[] | undefined {
  const words = text
    .normalize('NFKC')
    .trim()
    .split(/[\s;]+/)
  const corners = words.map((word) => word.split(',').map(Number))
  const sound = corners.every(
    (corner): corner is Corner => corner.length === 2 && corner.every(Number.isFinite),
  )
  return sound && corners.length >= 3 ? corners : undefined
}

export function cornersText(corners: readonly (readonly [number, number])[]): string {
  return corners.map((corner) => corner.join(',')).join(' ')
}
