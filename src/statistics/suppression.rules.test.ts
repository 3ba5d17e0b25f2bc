import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asTable,
  isDominated,
  suppress,
  type Cell,
  type Earlier,
  type PublishedTable,
} from './suppression.rules.ts'

const terms = { threshold: 5, dominancePercent: 85 }

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)

const withTotals = (inner: readonly (readonly number[])[]): Cell[][] => {
  const rows = inner.map((row) => [...row, sum(row)])
  const width = rows[0]?.length ?? 0
  const bottom = Array.from({ length: width }, (_, column) => sum(rows.map((row) => row[column] ?? 0)))
  return [...rows, bottom].map((row) => row.map((value) => ({ value })))
}

/**
 * Someone with pencil and patience: fills in every table that fits what is shown, knowing how the marks come about, and
 * notes which values each hidden cell takes. Shares no code with the rule under test.
 */
function valuesThatFit(published: PublishedTable, most: number): Map<string, Set<number>> {
  const [height, width] = [published.length - 1, (published[0]?.length ?? 1) - 1]
  const domain = (r: number, c: number): number[] => {
    const cell = published[r]?.[c]
    if (cell?.shown === 'shown') return [cell.value ?? Number.NaN]
    if (cell?.shown === 'small') return [1, 2, 3, 4]
    return Array.from({ length: most - 4 }, (_, index) => index + 5)
  }
  const fits = (r: number, c: number, value: number) =>
    published[r]?.[c]?.shown === 'hidden' ? value >= 5 : domain(r, c).includes(value)
  const seen = new Map<string, Set<number>>()
  const filled: number[][] = Array.from({ length: height }, () => Array.from({ length: width }, () => 0))
  const note = () => {
    const tops = filled.map((row) => row.reduce((a, b) => a + b, 0))
    const feet = Array.from({ length: width }, (_, c) => filled.reduce((all, row) => all + (row[c] ?? 0), 0))
    const all = tops.reduce((a, b) => a + b, 0)
    if (!feet.every((foot, c) => fits(height, c, foot)) || !fits(height, width, all)) return
    const whole = [...filled.map((row, r) => [...row, tops[r] ?? 0]), [...feet, all]]
    for (const [r, row] of whole.entries()) {
      for (const [c, value] of row.entries()) {
        if (published[r]?.[c]?.shown === 'shown') continue
        const key = `${r}:${c}`
        seen.set(key, (seen.get(key) ?? new Set()).add(value))
      }
    }
  }
  const fill = (place: number): void => {
    const [r, c] = [Math.floor(place / width), place % width]
    if (r === height) return note()
    for (const value of domain(r, c)) {
      const row = filled[r]
      if (row === undefined) return
      row[c] = value
      if (
        c === width - 1 &&
        !fits(
          r,
          width,
          row.reduce((a, b) => a + b, 0),
        )
      )
        continue
      fill(place + 1)
    }
  }
  fill(0)
  return seen
}

function hiddenPlaces(published: PublishedTable): string[] {
  return published.flatMap((row, r) =>
    row.flatMap((cell, c) => (cell.shown === 'shown' ? [] : [`${r}:${c}`])),
  )
}

const smallTable = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .filter(([height, width]) => height * width <= 6)
  .chain(([height, width]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )

describe('a published table', () => {
  test('[F084] shows small cells as small, and covers each with another so that totals do not give it away', () => {
    const published = suppress(
      withTotals([
        [3, 12, 30],
        [20, 9, 40],
      ]),
      'count',
      terms,
    )
    expect(published?.[0]?.[0]).toEqual({ shown: 'small', value: null })
    expect(published?.at(-1)?.at(-1)).toEqual({ shown: 'shown', value: 114 })
    expect(hiddenPlaces(published ?? [])).toEqual(['0:0', '0:1', '1:0', '1:1'])
  })

  test('hides nothing where nothing is small', () => {
    expect(hiddenPlaces(suppress(withTotals([[5, 0, 30]]), 'count', terms) ?? [])).toEqual([])
  })

  test('[F084] whoever has every shown cell and total still cannot tell any hidden one', () => {
    let hidden = 0
    fc.assert(
      fc.property(smallTable, (inner) => {
        const published = suppress(withTotals(inner), 'count', terms)
        if (published === undefined) return
        const possible = valuesThatFit(published, 14)
        for (const place of hiddenPlaces(published)) {
          hidden += 1
          expect([place, (possible.get(place)?.size ?? 0) > 1]).toEqual([place, true])
        }
      }),
      { numRuns: 150, seed: 20261122 },
    )
    expect(hidden).toBeGreaterThan(100)
  })

  test('is not published at all where no pattern protects it', () => {
    // 1 and 5 make 6: the small one can only grow, the other is known to be no smaller than 5.
    expect(suppress(asTable([{ value: 1 }, { value: 5 }], { value: 6 }), 'count', terms)).toBeUndefined()
  })

  test('totals that are no sums are a bug, not a table', () => {
    expect(() => suppress([[{ value: 7 }, { value: 8 }]], 'count', terms)).toThrow('total')
  })
})

const numbers = (table: readonly (readonly Cell[])[]) => table.map((row) => row.map(({ value }) => value))

function earlierOf(table: PublishedTable | undefined, values: number[][]): Earlier {
  if (table === undefined) throw new Error('the first table must be publishable')
  return { table, values }
}

describe('the next publication of the same table', () => {
  test('keeps hidden what was hidden, so that laying both side by side opens nothing', () => {
    const first = withTotals([[3, 6, 30]])
    const published = suppress(first, 'count', terms)
    // The small cell has grown out of smallness; the one that covered it is unchanged and would now be free.
    const second = withTotals([[9, 6, 30]])
    const again = suppress(second, 'count', terms, earlierOf(published, numbers(first)))
    expect(published?.[0]?.map(({ shown }) => shown)).toEqual(['small', 'hidden', 'shown', 'shown'])
    expect(again?.[0]?.map(({ shown }) => shown)).toEqual(['hidden', 'hidden', 'shown', 'shown'])
  })

  test('[F084] two publications together, with the unchanged cells known to be unchanged, tell no hidden cell', () => {
    fc.assert(
      fc.property(smallTable, fc.nat(5), fc.integer({ min: 0, max: 9 }), (inner, place, value) => {
        const first = withTotals(inner)
        const published = suppress(first, 'count', terms)
        if (published === undefined) return
        const width = inner[0]?.length ?? 1
        const changed = inner.map((row, r) => row.map((old, c) => (r * width + c === place ? value : old)))
        const second = withTotals(changed)
        const again = suppress(second, 'count', terms, earlierOf(published, numbers(first)))
        if (again === undefined) return
        for (const key of hiddenPlaces(again)) {
          const [r = 0, c = 0] = key.split(':').map(Number)
          if (first[r]?.[c]?.value !== second[r]?.[c]?.value) continue
          // Hiding what was told before would be a show of protection.
          expect([key, published[r]?.[c]?.shown]).not.toEqual([key, 'shown'])
        }
        for (const key of hiddenPlaces(published)) {
          const [r = 0, c = 0] = key.split(':').map(Number)
          if (first[r]?.[c]?.value !== second[r]?.[c]?.value) continue
          expect([key, again[r]?.[c]?.shown]).not.toEqual([key, 'shown'])
        }
        const possible = valuesThatFit(again, 14)
        for (const key of hiddenPlaces(again))
          expect([key, (possible.get(key)?.size ?? 0) > 1]).toEqual([key, true])
      }),
      { numRuns: 100, seed: 20261122 },
    )
  })
})

const even = (value: number): Cell => ({ value, contributors: 40, largestTwo: value * 0.2 })

describe('a published sum', () => {
  test.for([
    ['of two firms', { value: 100, contributors: 2, largestTwo: 100 }, true],
    ['of three firms, even ones', { value: 99, contributors: 3, largestTwo: 66 }, false],
    [
      'of many firms, two of which hold more than the share',
      { value: 100, contributors: 50, largestTwo: 86 },
      true,
    ],
    [
      'of many firms, two of which hold just the share',
      { value: 100, contributors: 50, largestTwo: 85 },
      false,
    ],
    ['of nothing', { value: 0, contributors: 0, largestTwo: 0 }, false],
  ] as const)('%s is confidential: %s', ([, cell, confidential]) => {
    expect(isDominated(cell, terms)).toBe(confidential)
  })

  test('[F084] a dominated sum takes another with it, and neither follows from the total', () => {
    const cells = [{ value: 900, contributors: 2, largestTwo: 900 }, even(5000), even(7000)]
    const published = suppress(asTable(cells, even(12900)), 'sum', terms)
    expect(published?.[0]?.map(({ shown }) => shown)).toEqual(['hidden', 'hidden', 'shown', 'shown'])
  })
})
