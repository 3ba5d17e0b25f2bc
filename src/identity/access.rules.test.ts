import { describe, expect, test } from 'vitest'
import { anyone, signedIn, visitor, type Actor } from '#platform/access.ts'
import { authorise } from './access.rules.ts'
import { ACTOR_CLASSES, isStaff, only, ROLE_NAMES, ROLES, staff } from './roles.ts'

function holding(roles: readonly string[], secondFactor: 'verified' | 'missing' | 'notRequired'): Actor {
  return { kind: 'account', accountId: 'a', name: '甲', roles, organisationIds: [], secondFactor }
}

const officer = holding(['officer'], 'verified')
const officerWithoutSecondFactor = holding([], 'missing')
const citizen = holding(['citizen'], 'notRequired')
const job: Actor = { kind: 'system', job: 'nightly' }

test.for([
  ['a visitor', visitor, anyone, undefined],
  ['a visitor', visitor, signedIn, 'UNAUTHENTICATED'],
  ['a visitor', visitor, only('officer'), 'UNAUTHENTICATED'],
  ['a citizen', citizen, anyone, undefined],
  ['a citizen', citizen, signedIn, undefined],
  ['a citizen', citizen, only('officer', 'citizen'), undefined],
  ['a citizen', citizen, staff, 'FORBIDDEN'],
  ['an officer', officer, only('officer'), undefined],
  ['an officer', officer, only('inspector'), 'FORBIDDEN'],
  ['an officer', officer, staff, undefined],
  ['staff without a second factor', officerWithoutSecondFactor, anyone, undefined],
  ['staff without a second factor', officerWithoutSecondFactor, signedIn, 'SECOND_FACTOR_REQUIRED'],
  ['staff without a second factor', officerWithoutSecondFactor, only('officer'), 'SECOND_FACTOR_REQUIRED'],
  ['a job', job, only('administrator'), undefined],
] as const)('%s calling an operation for %j', ([, actor, audience, refusal]) => {
  expect(authorise(audience, actor)).toBe(refusal)
})

describe('roles', () => {
  test('[F106] [S7] each of the five actor classes has roles of its own, named in both languages', () => {
    for (const actorClass of Object.keys(ACTOR_CLASSES)) {
      const roles = ROLE_NAMES.filter((role) => ROLES[role].actorClass === actorClass)
      expect(roles).not.toHaveLength(0)
      for (const role of roles) {
        expect(ROLES[role].zh).toMatch(/\p{Script=Han}/u)
        expect(ROLES[role].en).toMatch(/^[A-Z]/u)
      }
    }
  })

  test('only those who act for a public office are staff', () => {
    const classesOfStaff = new Set(
      ROLE_NAMES.filter((role) => ROLES[role].staff).map((role) => ROLES[role].actorClass),
    )
    expect([...classesOfStaff].sort()).toEqual(['administrative', 'judicial'])
    expect(isStaff(['citizen', 'officer'])).toBe(true)
    expect(isStaff(['citizen', 'no such role'])).toBe(false)
  })
})
