import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  candidatesOf,
  foreignKey,
  kindOf,
  type Knowledge,
  normaliseOwners,
  type PartyName,
  pairKey,
} from './owner.rules.ts'

const nothing: Knowledge = { parties: [], common: new Map(), fixed: new Set(), apart: new Set() }
const read = (...names: string[]) => names.map((name, index) => ({ name, documents: 100 - index }))
const groupsOf = (names: string[], knowledge: Partial<Knowledge> = {}) =>
  normaliseOwners(read(...names), { ...nothing, ...knowledge })
    .groups.map(({ members }) => members.map(({ name }) => name).sort())
    .sort((one, other) => (one.join() < other.join() ? -1 : 1))
const party = (partyId: string, name: string, kind: PartyName['kind'] = 'name'): PartyName => ({
  partyId,
  name,
  kind,
  source: '登记簿',
})

test.each([
  ['某地某某科技有限公司', 'organisation'],
  ['江南大学', 'organisation'],
  ['王伟', 'person'],
  ['阿不都·热合曼', 'person'],
  ['欧阳明日', 'person'],
  ['一种很长的名字没有形式', 'unclear'],
  ['SAMSUNG ELECTRONICS CO., LTD.', 'organisation'],
  ['SMITH JOHN', 'unclear'],
] as const)('[F059] %s is taken for %s', (name, kind) => {
  expect(kindOf(name)).toBe(kind)
})

test.each([
  ['Samsung Electronics Co., Ltd.', 'SAMSUNG ELECTRONICS COMPANY LIMITED [KR]'],
  ['Toyota Jidosha Kabushiki Kaisha', 'TOYOTA JIDOSHA K.K.'],
  ['Ab & C Corporation', 'AB AND C CORP'],
  ['Univ. of Somewhere', 'University of Somewhere'],
])('[F059] %s and %s are one writing', (one, other) => {
  expect(foreignKey(one)).toBe(foreignKey(other))
})

test('[F059] a legal form is never dropped: two forms are two firms', () => {
  expect(foreignKey('Acme Inc.')).not.toBe(foreignKey('Acme Corp.'))
})

describe('[F059] [S134] which names are one owner', () => {
  test('habits of writing are set aside, with the rule as evidence', () => {
    const { groups } = normaliseOwners(read('某地某某（甲地）有限公司', '某地某某(甲地)有限公司'), nothing)
    expect(groups).toHaveLength(1)
    expect(groups[0]?.members.map(({ evidence }) => [evidence.rule, evidence.basis])).toEqual([
      ['own', 'own'],
      ['writing', 'rule'],
    ])
  })

  test('brackets, legal forms and 大学/学院 join only where the inventors are the same people; otherwise they are asked about', () => {
    const names = [
      '某某科技有限公司',
      '某某科技有限责任公司',
      '江南工业学院',
      '江南工业大学',
      '某某（北京）有限公司',
      '某某北京有限公司',
    ]
    expect(groupsOf(names)).toHaveLength(6)
    const candidates = candidatesOf(read(...names))
    expect(candidates.map(({ rule }) => rule).sort()).toEqual([
      'brackets',
      'legal-form',
      'university-college',
    ])
    const { questions } = normaliseOwners(read(...names), nothing)
    expect(questions.map(({ rule }) => rule).sort()).toEqual(['brackets', 'legal-form', 'university-college'])
    const people = (count: number) => Array.from({ length: count }, (_, index) => `发明人${index}`)
    const common = new Map(candidates.map(({ first, second }) => [`${first}|${second}`, people(2)]))
    const joined = normaliseOwners(read(...names), { ...nothing, common })
    expect(joined.groups).toHaveLength(4)
    expect(joined.questions.map(({ rule }) => rule)).toEqual(['university-college'])
    const evidence = joined.groups.flatMap(({ members }) => members.map((one) => one.evidence))
    expect(evidence.filter(({ rule }) => rule === 'legal-form')[0]?.detail).toMatchObject({
      inCommon: 2,
      needed: 2,
    })
  })

  test('former names and translations join where the register says so; a short name is asked about', () => {
    const parties = [
      party('p1', '明日电力股份有限公司'),
      party('p1', '昨日电力有限公司', 'former'),
      party('p1', 'Tomorrow Power Co., Ltd.', 'translation'),
      party('p1', '明日电力集团', 'short'),
    ]
    const names = [
      '明日电力股份有限公司',
      '昨日电力有限公司',
      'TOMORROW POWER COMPANY LIMITED',
      '明日电力集团',
    ]
    const { groups, questions } = normaliseOwners(read(...names), { ...nothing, parties })
    expect(groups.map(({ members, match }) => [members.length, match]).sort()).toEqual([
      [1, 'ambiguous'],
      [3, 'matched'],
    ])
    expect(questions).toMatchObject([{ rule: 'short-name' }])
  })

  test('one name of two parties is ambiguous and is booked to neither', () => {
    const parties = [party('p1', '同名有限公司'), party('p2', '同名有限公司')]
    const { groups } = normaliseOwners(read('同名有限公司'), { ...nothing, parties })
    expect(groups[0]).toMatchObject({ match: 'ambiguous', partyId: null, candidates: ['p1', 'p2'] })
  })

  test('people are never joined, nor joined to a firm', () => {
    expect(groupsOf(['王伟', '王 伟', '王玮'])).toEqual([['王 伟', '王伟'], ['王玮']])
    const { groups } = normaliseOwners(read('王伟'), { ...nothing, parties: [party('p1', '王伟')] })
    expect(groups[0]).toMatchObject({ match: 'person', partyId: null })
  })

  test('what an officer fixed is left out, and what he found apart is neither joined nor asked about', () => {
    const names = ['某某科技有限公司', '某某科技有限责任公司']
    expect(groupsOf(names, { fixed: new Set([names[0] ?? '']) })).toEqual([[names[1]]])
    const [one = '', other = ''] = names
    const common = new Map([[[one, other].sort().join('|'), ['甲', '乙', '丙']]])
    const { groups, questions } = normaliseOwners(read(...names), {
      ...nothing,
      common,
      apart: new Set([pairKey(one, other)]),
    })
    expect([groups.length, questions.length]).toEqual([2, 0])
  })

  test('every name belongs to exactly one group, and the order of the names changes nothing', () => {
    const pool = [
      '甲（乙）有限公司',
      '甲(乙)有限公司',
      '甲乙有限公司',
      '甲乙股份有限公司',
      '丙大学',
      '丙学院',
      '王伟',
      'Acme Inc',
      'ACME INC.',
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(pool), (names) => {
        const listed = names.map((name) => ({ name, documents: name.length }))
        const run = (list: typeof listed) => normaliseOwners(list, nothing)
        const flat = (list: typeof listed) =>
          run(list)
            .groups.map(({ members }) =>
              members
                .map(({ name }) => name)
                .sort()
                .join('+'),
            )
            .sort()
        expect(flat(listed).join('+').split('+').sort()).toEqual(
          names.length === 0 ? [''] : [...names].sort(),
        )
        expect(flat(listed.toReversed())).toEqual(flat(listed))
        expect(run(listed.toReversed()).questions.length).toBe(run(listed).questions.length)
      }),
    )
  })
})
