import { expect, test } from 'vitest'

import { differences } from './difference.rules.ts'

const json = (value: unknown) => JSON.stringify(value)

test('nothing changed, nothing reported', () => {
  expect(differences({ 'a.json': '{"x":1}' }, { 'a.json': '{ "x": 1 }' })).toEqual([])
})

test('[F109] a line put in above does not make every line below look changed', () => {
  const before = { 'targets.json': json({ targets: [{ code: 'b', target: 1 }] }) }
  const after = {
    'targets.json': json({
      targets: [
        { code: 'a', target: 9 },
        { code: 'b', target: 2 },
      ],
    }),
  }
  expect(differences(before, after)).toEqual([
    { file: 'targets.json', field: '$.targets[b].target', kind: 'changed', before: '1', after: '2' },
    {
      file: 'targets.json',
      field: '$.targets[a]',
      kind: 'added',
      before: null,
      after: '{"code":"a","target":9}',
    },
  ])
})

test('lists without a key are compared by place', () => {
  const changes = differences(
    { 'z.json': json({ w: ['a', 'b'] }) },
    { 'z.json': json({ w: ['a', 'c', 'd'] }) },
  )
  expect(changes.map(({ field, kind }) => `${field} ${kind}`)).toEqual(['$.w[1] changed', '$.w[2] added'])
})

test('[F109] the plan is compared line by line, and files that come and go are named', () => {
  const changes = differences(
    { 'plan.zh.txt': '一\n二', 'old.json': '{}' },
    { 'plan.zh.txt': '一\n三', 'new.json': '{}' },
  )
  expect(changes.map(({ file, field, kind }) => `${file} ${field} ${kind}`)).toEqual([
    'new.json $ added',
    'old.json $ removed',
    'plan.zh.txt line 2 changed',
  ])
})
