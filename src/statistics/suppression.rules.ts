import { BrokenInvariant } from '#platform/errors.ts'
import { lightestCycle, swing, type Arc } from './circulation.rules.ts'

/** One cell inside a table: how much, and from how many. */
export interface Cell {
  readonly value: number
  /** Parties behind a sum; for a count this is the value itself. */
  readonly contributors?: number
  /** What the one or two largest of them contribute together, for the rule on dominance. */
  readonly largestTwo?: number
}

export interface Terms {
  /** Counts from 1 to one below this are shown as “<threshold”. */
  readonly threshold: number
  /** A sum is confidential when its two largest contributors hold more than this share of it, in per cent. */
  readonly dominancePercent: number
}

/** A sum of fewer parties than this is theirs to tell, whatever their shares (n ≥ 3). */
const FEWEST_CONTRIBUTORS = 3
/** How far a hidden sum must stay from being known, as a share of itself. */
const SUM_MARGIN = 0.1

type Shown = 'shown' | 'small' | 'hidden'

/** `value` is null unless shown. `small` says “fewer than the threshold”, `hidden` says nothing. */
interface PublishedCell {
  readonly shown: Shown
  readonly value: number | null
}

/** Cells with their row totals in the last column and column totals in the last row. */
export type PublishedTable = readonly (readonly PublishedCell[])[]

export type Measure = 'count' | 'sum'

/** How the same cells were published last time: what was hidden stays hidden, what is known protects nothing. */
export interface Earlier {
  readonly table: PublishedTable
  /** Values behind it, margins included, kept with the publication and shown to nobody. */
  readonly values: readonly (readonly number[])[]
}

/** Whether a sum may be told: enough parties, and not the business of one or two of them. */
export function isDominated(cell: Cell, { dominancePercent }: Terms): boolean {
  if (cell.value === 0) return false
  if ((cell.contributors ?? 0) < FEWEST_CONTRIBUTORS) return true
  return (cell.largestTwo ?? 0) * 100 > cell.value * dominancePercent
}

export function isSmall(value: number, { threshold }: Terms): boolean {
  return value > 0 && value < threshold
}

interface State {
  value: number
  margin: boolean
  corner: boolean
  hidden: boolean
  /** Known from an earlier publication with the same value: hiding it now would protect nothing. */
  known: boolean
}

/**
 * Hides every sensitive cell, and as little else as is needed for none of them to follow from the rest: for each hidden
 * cell at least one other table with other values fits everything that is shown. Hidden cells and margins form a
 * network; a cell is safe when flow can run through it in a circle (controlled suppression after Cox). Returns undefined
 * when no pattern protects the cells: the table is then not published at all.
 *
 * @param table cells row by row, row totals in the last column, column totals in the last row
 * @throws BrokenInvariant when the totals are not the sums of their cells
 */
export function suppress(
  table: readonly (readonly Cell[])[],
  measure: Measure,
  terms: Terms,
  earlier?: Earlier,
): PublishedTable | undefined {
  insistOnSums(table)
  const states = statesOf(table, measure, terms)
  if (earlier !== undefined) carryOver(states, earlier)
  const arcs = () => arcsOf(states, measure, terms)
  for (let row = 0; row < states.length; row += 1) {
    for (let column = 0; column < (states[row]?.length ?? 0); column += 1) {
      const state = states[row]?.[column]
      if (state === undefined || !state.hidden) continue
      const need = measure === 'count' ? 1 : Math.max(1, Math.ceil(state.value * SUM_MARGIN))
      if (swing(arcs(), row, column) >= need) continue
      const cycle = lightestCycle(arcs(), row, column, need)
      if (cycle === undefined) return undefined
      for (const step of cycle) {
        const hiding = states[step.row]?.[step.column]
        if (hiding !== undefined) hiding.hidden = true
      }
    }
  }
  return isSafe(states, measure, terms)
    ? states.map((row) => row.map((state) => publish(state, measure, terms)))
    : undefined
}

function isSafe(states: State[][], measure: Measure, terms: Terms): boolean {
  const arcs = arcsOf(states, measure, terms)
  return states.every((row, r) => row.every((state, c) => !state.hidden || swing(arcs, r, c) >= 1))
}

function publish(state: State, measure: Measure, terms: Terms): PublishedCell {
  if (!state.hidden) return { shown: 'shown', value: state.value }
  return { shown: measure === 'count' && isSmall(state.value, terms) ? 'small' : 'hidden', value: null }
}

function statesOf(table: readonly (readonly Cell[])[], measure: Measure, terms: Terms): State[][] {
  return table.map((row, r) =>
    row.map((cell, c) => {
      const sensitive = measure === 'count' ? isSmall(cell.value, terms) : isDominated(cell, terms)
      const [bottom, right] = [r === table.length - 1, c === row.length - 1]
      const [margin, corner] = [bottom || right, bottom && right]
      return { value: cell.value, hidden: sensitive, margin, corner, known: false }
    }),
  )
}

/** Totals are counted on their own, not added up, so a mistake in either would open what the other hides. */
function insistOnSums(table: readonly (readonly Cell[])[]): void {
  const sum = (cells: readonly Cell[]) => cells.slice(0, -1).reduce((all, cell) => all + cell.value, 0)
  const [first] = table
  if (first === undefined) throw new BrokenInvariant('a table without rows')
  for (const row of table) {
    if (row.length !== first.length || row.at(-1)?.value !== sum(row))
      throw new BrokenInvariant('a row total is not the sum of its row')
  }
  for (const column of first.keys()) {
    const cells = table.flatMap((row) => row[column] ?? [])
    if (cells.at(-1)?.value !== sum(cells))
      throw new BrokenInvariant('a column total is not the sum of its column')
  }
}

/** A list with its total as a table of one row, whose column totals are its cells again. */
export function asTable(list: readonly Cell[], total: Cell): Cell[][] {
  return [
    [...list, total],
    [...list, total],
  ]
}

function carryOver(states: State[][], { table, values }: Earlier): void {
  for (const [r, row] of states.entries()) {
    for (const [c, state] of row.entries()) {
      const before = table[r]?.[c]
      if (before === undefined || values[r]?.[c] !== state.value) continue
      if (before.shown === 'shown') state.known = true
      else state.hidden = true
    }
  }
}

/** Hiding totals hurts the reader most, so an inner cell is always tried first. */
const MARGIN_COST = 1e12

/**
 * Each cell is an edge between its row and its column. Totals run the other way, so that every row and column sums to
 * nothing. What an edge can carry is how far the cell may move within what its mark admits.
 */
function arcsOf(states: State[][], measure: Measure, { threshold }: Terms): (Arc | undefined)[][] {
  return states.map((row) =>
    row.map((state) => {
      const { value, hidden, margin, corner, known } = state
      if (!hidden && (known || corner || value === 0)) return undefined
      const small = measure === 'count' && value > 0 && value < threshold
      const floor = measure === 'sum' ? 0 : small ? 1 : value === 0 ? 0 : threshold
      const up = small ? threshold - 1 - value : Number.POSITIVE_INFINITY
      const down = value - floor
      const turned = margin && !corner
      return {
        hidden,
        cost: hidden ? 0 : value + (margin ? MARGIN_COST : 0),
        up: turned ? down : up,
        down: turned ? up : down,
      }
    }),
  )
}
