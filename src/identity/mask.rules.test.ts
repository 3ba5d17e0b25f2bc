import { describe, expect, test } from 'vitest'
import { visitor, type Actor } from '#platform/access.ts'
import {
  hide,
  maskAllBut,
  MASKED_FIELDS,
  maskEmail,
  maskIdNumber,
  maskName,
  maskPhone,
  maskRecord,
  relationsOf,
  revealableFields,
} from './mask.rules.ts'

const person = {
  id: 'p1',
  name: '张晓明',
  idNumber: '11010519491231002X',
  phone: '13812341234',
  email: 'zhang.xm@example.com',
  address: null,
}

const officer: Actor = account('o1', ['officer'])
const auditor: Actor = account('u1', ['auditor'])
const self: Actor = account('p1', ['citizen'])
const colleague: Actor = { ...account('c1', ['enterprise']), organisationIds: ['org'] }

function account(accountId: string, roles: string[], secondFactor: 'verified' | 'missing' = 'verified') {
  return {
    kind: 'account' as const,
    accountId,
    name: '甲',
    roles,
    organisationIds: [] as string[],
    secondFactor,
  }
}

describe('maskers', () => {
  test.for([
    [maskName, '王', '*'],
    [maskName, '李雷', '李*'],
    [maskName, '张晓明', '张*明'],
    [maskName, '欧阳娜娜', '欧阳**'],
    [maskName, 'Anna van der Berg', 'A*** v*** d*** B***'],
    [maskPhone, '13812341234', '138****1234'],
    [maskPhone, '138 1234 1234', '138****1234'],
    [maskPhone, '025-12345678', '****678'],
    [maskPhone, '110', '****0'],
    [maskPhone, '', '****'],
    [maskIdNumber, '11010519491231002X', '110105***********X'],
    [maskIdNumber, '123', '***'],
    [maskEmail, 'zhang.xm@example.com', 'z***@example.com'],
    [maskEmail, 'not an address', '***'],
    [hide, 'anything', '***'],
  ] as const)('%o of %s is %s', ([mask, plain, masked]) => {
    expect(mask(plain)).toBe(masked)
  })
})

describe('[F106] [S135] a personal record', () => {
  const ties = { accountId: 'p1', organisationIds: ['org'] }

  test.for([
    ['a visitor', visitor],
    ['an auditor', auditor],
    ['an officer, whose role would allow it, without a purpose', officer],
    ['an administrator', account('x', ['administrator'])],
  ] as const)('is masked for %s', ([, actor]) => {
    expect(maskRecord('person', person, actor, ties)).toEqual({
      id: 'p1',
      name: '张*明',
      idNumber: '110105***********X',
      phone: '138****1234',
      email: 'z***@example.com',
      address: null,
    })
  })

  test('is plain for the person it is about', () => {
    expect(maskRecord('person', person, self, ties)).toEqual(person)
  })

  test('shows a colleague of the organisation how to reach the person, not the identity number', () => {
    const seen = maskRecord('person', person, colleague, ties)
    expect(seen).toMatchObject({ name: '张晓明', phone: '13812341234', idNumber: '110105***********X' })
  })

  test('can be revealed field by field to a role that needs it, and to nobody else', () => {
    expect(revealableFields('person', officer)).toEqual(['name', 'idNumber', 'phone', 'email', 'address'])
    expect(revealableFields('person', account('s', ['statistician']))).toEqual(['name'])
    expect(revealableFields('person', auditor)).toEqual([])
    expect(revealableFields('person', visitor)).toEqual([])
    expect(revealableFields('person', account('o', ['officer'], 'missing'))).toEqual([])
    expect(maskAllBut('person', person, ['phone'])).toMatchObject({ phone: '13812341234', name: '张*明' })
  })

  test('assigned work shows what is needed for it only on asking', () => {
    const mediator = account('m1', ['mediator'])
    const assigned = { assigneeIds: ['m1'] }
    expect(maskRecord('person', person, mediator, assigned).phone).toBe('138****1234')
    expect(revealableFields('person', mediator, assigned)).toEqual(['name', 'phone', 'email'])
  })
})

test('staff whose second factor is missing stand in no relation to anything', () => {
  const ties = { accountId: 'o', organisationIds: ['org'], assigneeIds: ['o'] }
  const pending: Actor = { ...account('o', ['officer'], 'missing'), organisationIds: ['org'] }
  expect(relationsOf(pending, ties)).toEqual([])
  expect(relationsOf({ ...pending, secondFactor: 'verified' }, ties)).toEqual([
    'self',
    'own-organisation',
    'assigned',
  ])
  expect(relationsOf(visitor, {})).toEqual([])
})

test('every masked field can be seen plain by somebody, or it would not be stored', () => {
  for (const fields of Object.values(MASKED_FIELDS)) {
    for (const rule of Object.values(fields))
      expect(rule.roles.length + rule.relations.length).toBeGreaterThan(0)
  }
})
