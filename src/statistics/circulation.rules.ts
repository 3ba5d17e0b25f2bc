/** A cell of a table as an edge of the network whose nodes are its rows and columns. */
export interface Arc {
  /** Hidden cells may move; shown ones only if they are hidden as well, which has a cost. */
  readonly hidden: boolean
  readonly cost: number
  /** How far the cell can rise and fall. */
  readonly up: number
  readonly down: number
}

type Network = readonly (readonly (Arc | undefined)[])[]

export interface Place {
  readonly row: number
  readonly column: number
}

/** By how much in all the hidden cell can differ while every sum stays: the width of what an outsider can infer. */
export function swing(network: Network, row: number, column: number): number {
  const arc = network[row]?.[column]
  if (arc === undefined || !arc.hidden) return 0
  const rise = Math.min(arc.up, flow(network, { row, column }, 'columnToRow', arc.up))
  const fall = Math.min(arc.down, flow(network, { row, column }, 'rowToColumn', arc.down))
  return rise + fall
}

type Direction = 'rowToColumn' | 'columnToRow'

/** The most that can run from one end of the cell to its other through hidden cells, up to `wanted`. */
function flow(network: Network, around: Place, direction: Direction, wanted: number): number {
  const carried = network.map((row) => row.map(() => 0))
  const room = (row: number, column: number, forward: boolean) => {
    const arc = network[row]?.[column]
    if (arc === undefined || !arc.hidden || (row === around.row && column === around.column)) return 0
    const moved = carried[row]?.[column] ?? 0
    return forward ? arc.up - moved : arc.down + moved
  }
  let reached = 0
  while (reached < wanted) {
    const path = lightestPath(network, around, direction, (row, column, forward) =>
      room(row, column, forward) > 0 ? 1 : undefined,
    )
    if (path === undefined) break
    const step = Math.min(
      wanted - reached,
      ...path.map(({ row, column, forward }) => room(row, column, forward)),
    )
    // A circle in which nothing bounds the flow: every value fits.
    if (step === Number.POSITIVE_INFINITY) return step
    for (const { row, column, forward } of path) {
      const cells = carried[row]
      if (cells !== undefined) cells[column] = (cells[column] ?? 0) + (forward ? step : -step)
    }
    reached += step
  }
  return reached
}

/** The cells to hide with this one, least in sum, so that it can move by `need`; undefined when there are none. */
export function lightestCycle(
  network: Network,
  row: number,
  column: number,
  need: number,
): Place[] | undefined {
  const arc = network[row]?.[column]
  if (arc === undefined) return undefined
  const weight = (r: number, c: number, forward: boolean) => {
    const other = network[r]?.[c]
    if (other === undefined || (r === row && c === column)) return undefined
    return (forward ? other.up : other.down) >= need ? other.cost : undefined
  }
  const around = { row, column }
  const rising = arc.up >= need ? lightestPath(network, around, 'columnToRow', weight) : undefined
  const falling = arc.down >= need ? lightestPath(network, around, 'rowToColumn', weight) : undefined
  if (rising === undefined || falling === undefined) return rising ?? falling
  return costOf(network, rising) <= costOf(network, falling) ? rising : falling
}

function costOf(network: Network, path: readonly Place[]): number {
  return path.reduce((sum, { row, column }) => sum + (network[row]?.[column]?.cost ?? 0), 0)
}

interface Step extends Place {
  /** From the row to the column, along which the cell rises. */
  readonly forward: boolean
}

type Weight = (row: number, column: number, forward: boolean) => number | undefined

/** Bellman and Ford over rows and columns; tables have tens of both, so nothing cleverer is wanted. */
function lightestPath(
  network: Network,
  around: Place,
  direction: Direction,
  weight: Weight,
): Step[] | undefined {
  const height = network.length
  const columnNode = (column: number) => height + column
  const [start, goal] =
    direction === 'rowToColumn'
      ? [around.row, columnNode(around.column)]
      : [columnNode(around.column), around.row]
  const distance = new Map<number, number>([[start, 0]])
  const arrivedBy = new Map<number, Step>()
  for (let changed = true; changed;) {
    changed = false
    for (const [row, cells] of network.entries()) {
      for (const column of cells.keys()) {
        for (const forward of [true, false]) {
          const [from, to] = forward ? [row, columnNode(column)] : [columnNode(column), row]
          const reach = distance.get(from)
          const cost = weight(row, column, forward)
          if (reach === undefined || cost === undefined) continue
          if (reach + cost >= (distance.get(to) ?? Number.POSITIVE_INFINITY)) continue
          distance.set(to, reach + cost)
          arrivedBy.set(to, { row, column, forward })
          changed = true
        }
      }
    }
  }
  return distance.has(goal) ? trace(arrivedBy, start, goal, height) : undefined
}

function trace(arrivedBy: ReadonlyMap<number, Step>, start: number, goal: number, height: number): Step[] {
  const path: Step[] = []
  for (let node = goal; node !== start;) {
    const step = arrivedBy.get(node)
    if (step === undefined) break
    path.unshift(step)
    node = step.forward ? step.row : height + step.column
  }
  return path
}
