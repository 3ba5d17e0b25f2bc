import { expect, test } from 'vitest'
import { applicant, handler, holders, stationStaff, system, type Mover } from './define.ts'
import { isMoverOf, type Standing } from './standing.ts'

const somebody: Standing = {
  side: undefined,
  isHandler: false,
  accountId: 'a',
  name: 'A',
  roles: [],
  stations: [],
}
const people = {
  'the applicant': { ...somebody, side: 'applicant' },
  'an applicant who is a leader': { ...somebody, side: 'applicant', roles: ['leader'] },
  'the handler': { ...somebody, side: 'office', isHandler: true, roles: ['officer'] },
  'a colleague of the station': { ...somebody, side: 'office', roles: ['officer'] },
  'a leader elsewhere': { ...somebody, side: 'reader', roles: ['leader'] },
  'a stranger': somebody,
  'a job': { ...somebody, side: 'system', accountId: null },
} as const satisfies Record<string, Standing>
const movers: Readonly<Record<string, Mover>> = {
  applicant,
  handler,
  station: stationStaff,
  leaders: holders('leader'),
  system,
}

test.each<[keyof typeof people, string[]]>([
  ['the applicant', ['applicant']],
  // Whoever filed it never decides it, whatever their post.
  ['an applicant who is a leader', ['applicant']],
  ['the handler', ['handler', 'station']],
  ['a colleague of the station', ['station']],
  ['a leader elsewhere', ['leaders']],
  ['a stranger', []],
  ['a job', ['system']],
])('[F106] %s may take the steps of %j and no others', (who, may) => {
  const handledBySomebody = 'h'
  const taken = Object.keys(movers).filter((name) => isMoverOf(movers[name]!, people[who], handledBySomebody))
  expect(taken).toEqual(may)
})

test('a matter that nobody handles is claimed by whoever of its station acts first', () => {
  expect(isMoverOf(handler, people['a colleague of the station'], null)).toBe(true)
  expect(isMoverOf(handler, people['a leader elsewhere'], null)).toBe(false)
})
