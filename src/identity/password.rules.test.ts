import { expect, test } from 'vitest'
import { passwordProblems } from './password.rules.ts'

const citizen = { staff: false, email: 'li.lei@example.com' }
const officer = { staff: true, email: 'li.lei@example.com' }

test.for([
  ['a citizen', citizen, 'lake7stone', []],
  ['a citizen', citizen, 'short7x', ['TOO_SHORT']],
  ['a citizen', citizen, '湖边石头十七块x', []],
  ['a citizen', citizen, 'password', ['TOO_COMMON']],
  ['a citizen', citizen, 'Password2026!', ['TOO_COMMON']],
  ['a citizen', citizen, 'woaini1314', ['TOO_COMMON']],
  ['a citizen', citizen, '12345678', ['TOO_COMMON']],
  ['a citizen', citizen, '1111111111', ['TOO_COMMON']],
  ['a citizen', citizen, '8305172946', []],
  ['a citizen', citizen, 'my-Li.Lei-77', ['CONTAINS_EMAIL']],
  ['a citizen', citizen, 'x'.repeat(129), ['TOO_LONG']],
  ['an officer', officer, 'lake7stone', ['TOO_SHORT', 'TOO_FEW_CLASSES']],
  ['an officer', officer, 'lakestonebridge', ['TOO_FEW_CLASSES']],
  ['an officer', officer, 'Lake7stonebridge', []],
  ['an officer', officer, 'lake-stone-bridge-7', []],
] as const)('for %s (%j) the password %s has the problems %j', ([, holder, password, problems]) => {
  expect(passwordProblems(password, holder)).toEqual(problems)
})
