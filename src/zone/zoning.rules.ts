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

/** One state of an area on the map. */
export interface AreaContent {
  readonly nameZh: string
  readonly nameEn: string
  readonly carrier: string | null
  readonly use: string
  readonly polygon: Polygon
  readonly sample: boolean
  readonly reason: string
  readonly validFrom: string
}

export interface AreaChange {
  readonly from: string
  readonly reason: string
  readonly names?: { readonly zh: string; readonly en: string } | undefined
  readonly use?: string | undefined
  readonly carrier?: string | null | undefined
  readonly polygon?: Polygon | undefined
}

/** The state that a change asks for: what it does not mention stays. */
export function changedArea(current: AreaContent, change: AreaChange): AreaContent {
  return {
    nameZh: change.names?.zh ?? current.nameZh,
    nameEn: change.names?.en ?? current.nameEn,
    carrier: change.carrier === undefined ? current.carrier : change.carrier,
    use: change.use ?? current.use,
    polygon: change.polygon ?? current.polygon,
    sample: current.sample,
    reason: change.reason,
    validFrom: change.from,
  }
}

export type RefusedChange =
  | { code: 'BACKDATED' | 'CHANGED_MEANWHILE' | 'NOT_AFTER_CURRENT' | 'CROSSES_ITSELF' | 'UNCHANGED' }
  | { code: 'OUTSIDE_MAP'; corner: number }

/**
 * Why a change cannot be made; undefined when it can. A map that has been in force is never changed afterwards, so a
 * change begins today at the earliest, and after the state it replaces (S61: changes with reasons and dates).
 */
export function refuseChange(
  current: AreaContent,
  next: AreaContent,
  { basedOn, today, map }: { basedOn: string; today: string; map: { width: number; height: number } },
): RefusedChange | undefined {
  if (basedOn !== current.validFrom) return { code: 'CHANGED_MEANWHILE' }
  if (next.validFrom < today) return { code: 'BACKDATED' }
  if (next.validFrom <= current.validFrom) return { code: 'NOT_AFTER_CURRENT' }
  const corner = next.polygon.findIndex(([x, y]) => x < 0 || y < 0 || x > map.width || y > map.height)
  if (corner !== -1) return { code: 'OUTSIDE_MAP', corner }
  if (crossesItself(next.polygon)) return { code: 'CROSSES_ITSELF' }
  return sameContent(current, next) ? { code: 'UNCHANGED' } : undefined
}

function sameContent(a: AreaContent, b: AreaContent): boolean {
  const content = ({ nameZh, nameEn, carrier, use, polygon }: AreaContent) =>
    JSON.stringify([nameZh, nameEn, carrier, use, polygon])
  return content(a) === content(b)
}
