const LEVELS = 9

/**
 * A lake as a surveyor draws it: contour lines, closer together where the bed falls away. Ornament only, and drawn by
 * arithmetic so that it is nobody's lake in particular.
 */
export function Lake() {
  return (
    <svg className="lake" viewBox="0 0 400 220" aria-hidden>
      {Array.from({ length: LEVELS }, (_, level) => (
        <path key={level} d={contour(level)} />
      ))}
    </svg>
  )
}

const POINTS = 36

/** One closed line; each inner one is smaller and drifts towards the deep end. */
function contour(level: number): string {
  const depth = level / (LEVELS - 1)
  const scale = 1 - 0.86 * depth ** 0.8
  const points = Array.from({ length: POINTS }, (_, step) => {
    const angle = (2 * Math.PI * step) / POINTS
    const bay =
      1 +
      0.16 * Math.sin(2 * angle + 0.7) +
      0.09 * Math.cos(3 * angle - 0.4) +
      0.035 * Math.sin(5 * angle + depth)
    const x = 186 + 52 * depth + 168 * scale * bay * Math.cos(angle)
    const y = 112 - 14 * depth + 92 * scale * bay * Math.sin(angle)
    return [x, y] as const
  })
  return smooth(points)
}

/** A closed curve through the midpoints, with the points as its handles. */
function smooth(points: readonly (readonly [number, number])[]): string {
  const at = (index: number) => points[index % points.length] ?? ([0, 0] as const)
  const middle = (index: number) => {
    const [[x1, y1], [x2, y2]] = [at(index), at(index + 1)]
    return `${((x1 + x2) / 2).toFixed(1)} ${((y1 + y2) / 2).toFixed(1)}`
  }
  const curves = points.map(
    (_, index) => `Q${at(index + 1)[0].toFixed(1)} ${at(index + 1)[1].toFixed(1)} ${middle(index + 1)}`,
  )
  return `M${middle(0)}${curves.join('')}Z`
}
