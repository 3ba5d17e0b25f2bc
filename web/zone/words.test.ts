import { describe, expect, test } from 'vitest'
import { cornersIn, cornersText } from './corners.ts'
import { cutByClauses } from './marked-text.ts'

describe('a line of the plan cut at its clauses', () => {
  const line = '建立名录,向社会公开'

  test('the pieces are the line', () => {
    const pieces = cutByClauses(line, [{ id: 'S1', spans: [{ start: 2, end: 4 }] }])
    expect(pieces.map(({ text }) => text)).toEqual(['建立', '名录', line.slice(4)])
    expect(pieces.map(({ clauses }) => clauses)).toEqual([[], ['S1'], []])
  })

  test('words that two clauses share name both', () => {
    const pieces = cutByClauses(line, [
      { id: 'S1', spans: [{ start: 0, end: 4 }] },
      { id: 'S2', spans: [{ start: 2, end: line.length }] },
    ])
    expect(pieces.map(({ clauses }) => clauses)).toEqual([['S1'], ['S1', 'S2'], ['S2']])
    expect(pieces.map(({ text }) => text).join('')).toBe(line)
  })

  test('a line without clauses is one piece', () => {
    expect(cutByClauses(line, [])).toEqual([{ text: line, clauses: [] }])
  })
})

describe('corners as people type them', () => {
  test.for([
    [
      '10,10 200,10 200,90',
      [
        [10, 10],
        [200, 10],
        [200, 90],
      ],
    ],
    [
      '\uFF11\uFF10\uFF0C10\n200,10;200,90.5',
      [
        [10, 10],
        [200, 10],
        [200, 90.5],
      ],
    ],
    ['10,10 200,10', undefined],
    ['10,10 200,x 200,90', undefined],
    ['10 200 300', undefined],
    ['', undefined],
  ] as const)('%j', ([text, corners]) => {
    expect(cornersIn(text)).toEqual(corners)
  })

  test('what is shown reads back as it was', () => {
    const corners: [number, number][] = [
      [1, 2],
      [3.5, 4],
      [5, 6],
    ]
    expect(cornersIn(cornersText(corners))).toEqual(corners)
  })
})
