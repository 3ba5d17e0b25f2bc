import type { Polygon } from './place.rules.ts'

type Point = readonly [number, number]

/** True when two sides of the outline meet elsewhere than at their common corner: such an outline encloses no one area. */
export function crossesItself(polygon: Polygon): boolean {
  const sides = polygon.map((from, index) => [from, polygon[(index + 1) % polygon.length] ?? from] as const)
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => {
      const neighbours = j === i + 1 || (i === 0 && j === sides.length - 1)
      return j > i && !neighbours && meet(a, b, c, d)
    }),
  )
}

/** The enclosed area in square plan units. */
export function areaOf(polygon: Polygon): number {
  const twice = polygon.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [fromC, fromD] = [turn(a, b, c), turn(a, b, d)]
  const [fromA, fromB] = [turn(c, d, a), turn(c, d, b)]
  if (fromC !== fromD && fromA !== fromB) return true
  return (
    (fromC === 0 && between(a, b, c)) ||
    (fromD === 0 && between(a, b, d)) ||
    (fromA === 0 && between(c, d, a)) ||
    (fromB === 0 && between(c, d, b))
  )
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
}

function between([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): boolean {
  return px >= Math.min(ax, bx) && px <= Math.max(ax, bx) && py >= Math.min(ay, by) && py <= Math.max(ay, by)
}
