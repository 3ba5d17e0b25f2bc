import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clustersOf, compareRecords, relationOf, resemblance, SHINGLE, verdictOf } from './near.rules.ts'
import { source } from './record.fixture.ts'
import { PatentRecord } from './record.rules.ts'

const record = (more: object) =>
  PatentRecord.parse({
    publicationNumber: 'CN100000001A',
    applicationNumber: 'CN202010000001',
    office: 'CN',
    right: 'invention',
    source,
    ...more,
  })
const said = (text: string) => (text === '' ? {} : { zh: text })
const saying = (title: string, abstract = '') => record({ titles: said(title), abstracts: said(abstract) })

const rule = { near: 0.4, alike: 0.8, leastShingles: 5 }

test.for([
  [{ shared: 10, sizes: [10, 10] }, 'alike'],
  [{ shared: 8, sizes: [8, 10] }, 'alike'],
  [{ shared: 7, sizes: [8, 10] }, 'near'],
  [{ shared: 4, sizes: [7, 7] }, 'near'],
  [{ shared: 3, sizes: [7, 7] }, 'apart'],
  [{ shared: 4, sizes: [4, 4] }, 'too-short'],
  [{ shared: 0, sizes: [9, 9] }, 'apart'],
] as const)('[F076] %o is %s', ([pair, verdict]) => {
  expect(verdictOf(pair, rule)).toBe(verdict)
})

describe('[F076] two texts side by side', () => {
  test('what both say is marked in both, in the words of the records', () => {
    const one = saying('一种固态 电池', '包括正极、负极和固态电解质，其特征在于厚度。')
    const other = saying('一种固态电池', '包括正极、负极和液态电解质，其特征在于厚度。')
    const { texts, covered } = compareRecords(one, other)
    const marked = (at: 0 | 1) =>
      texts[at].map(({ text, marks }) => marks.map(([from, to]) => text.slice(from, to)))
    expect(marked(0)).toEqual([['一种固态 电池'], ['包括正极、负极和', '态电解质，其特征在于厚度。']])
    expect(marked(1)).toEqual([['一种固态电池'], ['包括正极、负极和', '态电解质，其特征在于厚度。']])
    expect(covered[0]).toBeCloseTo(28 / 29, 1)
  })

  test('a document resembles itself wholly and what has nothing in common not at all', () => {
    const one = saying('一种锂离子电池正极材料', '本发明涉及固态电解质。')
    expect(compareRecords(one, one)).toMatchObject({ similarity: 1, covered: [1, 1] })
    const other = compareRecords(one, saying('捕鼠笼', '铁丝编成，门会落下来。'))
    expect(other).toMatchObject({ similarity: 0, covered: [0, 0] })
    expect(other.texts[0].flatMap(({ marks }) => marks)).toEqual([])
  })

  test('the comparison is the same from both sides, and every mark stands in the other text', () => {
    const words = fc.stringMatching(/^[电池 正极𠮷a1，、（]{0,60}$/u)
    fc.assert(
      fc.property(words, words, words, words, (a, b, c, d) => {
        const [one, other] = [saying(a, b), saying(c, d)]
        const there = compareRecords(one, other)
        const back = compareRecords(other, one)
        expect(back.similarity).toBe(there.similarity)
        expect(back.sizes).toEqual(there.sizes.toReversed())
        expect(there.similarity).toBe(resemblance(there.shared, ...there.sizes))
        for (const { text, marks } of there.texts[0])
          for (const [from, to] of marks) {
            expect(from).toBeLessThan(to)
            expect(to).toBeLessThanOrEqual(text.length)
            expect(text.slice(from, to).isWellFormed()).toBe(true)
          }
        if (there.shared === 0) expect(there.texts.flat().flatMap(({ marks }) => marks)).toEqual([])
      }),
    )
  })

  test('one changed character costs at most five shingles', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0x4e00, max: 0x6000 }), { minLength: 20, maxLength: 80 }),
        fc.nat(),
        (codes, at) => {
          const text = String.fromCharCode(...codes)
          const place = at % text.length
          const { shared, sizes } = compareRecords(
            saying('', text),
            saying('', `${text.slice(0, place)}龘${text.slice(place + 1)}`),
          )
          expect(sizes[0] - shared).toBeLessThanOrEqual(SHINGLE)
        },
      ),
    )
  })
})

test.for([
  ['family', { familyId: '77' }, { familyId: '77' }],
  ['family', { family: ['CN100000002A'] }, { publicationNumber: 'CN100000002A' }],
  ['family', { divisionOf: 'CN202010000009' }, { divisionOf: 'CN202010000009' }],
  ['family', { divisionOf: 'CN202010000009' }, { applicationNumber: 'CN202010000009' }],
  ['double-filing', { filedOn: '2020-01-02' }, { filedOn: '2020-01-02', right: 'utility-model' }],
  ['same-applicant', { filedOn: '2020-01-02' }, { filedOn: '2020-01-03', right: 'utility-model' }],
  ['same-applicant', { filedOn: null }, { filedOn: null, right: 'utility-model' }],
  [
    'same-agency',
    { agency: { name: '白鹿', code: null } },
    { applicants: [], agency: { name: '白鹿', code: null } },
  ],
  ['separate', { agency: null }, { applicants: [], agency: null }],
  ['separate', {}, { applicants: [{ name: '乙公司', country: 'CN' }] }],
] as const)('[F076] %s: %o and %o', ([relation, one, other]) => {
  const party = { applicants: [{ name: '甲公司', country: 'CN' }] }
  const [left, right] = [
    record({ ...party, ...one }),
    record({ publicationNumber: 'CN100000003A', ...party, ...other }),
  ]
  expect(relationOf(left, right)).toBe(relation)
  expect(relationOf(right, left)).toBe(relation)
})

test('[F076] clusters hold whatever pairs join, once, the largest first', () => {
  const number = fc.integer({ min: 0, max: 30 }).map((n) => `CN${n}`)
  fc.assert(
    fc.property(
      fc.array(fc.record({ one: number, other: number }).filter(({ one, other }) => one !== other)),
      (pairs) => {
        const clusters = clustersOf(pairs)
        const members = clusters.flat()
        expect(new Set(members).size).toBe(members.length)
        expect(new Set(members)).toEqual(new Set(pairs.flatMap(({ one, other }) => [one, other])))
        for (const { one, other } of pairs)
          expect(clusters.filter((cluster) => cluster.includes(one) || cluster.includes(other))).toHaveLength(
            1,
          )
        // No cluster is larger than its pairs can join.
        for (const cluster of clusters) {
          expect(pairs.filter(({ one }) => cluster.includes(one)).length).toBeGreaterThanOrEqual(
            cluster.length - 1,
          )
          expect(cluster).toEqual(cluster.toSorted())
        }
        expect(clusters.map(({ length }) => length)).toEqual(
          clusters.map(({ length }) => length).toSorted((a, b) => b - a),
        )
      },
    ),
  )
})
