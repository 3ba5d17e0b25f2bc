import { expect, test } from 'vitest'
import { type Edit, problemsAfter } from '#testing/zone-problems.ts'

test.for([
  ['governance.json', (file: any) => (file.units[1].code = file.units[0].code), 'unique'],
  ['governance.json', (file: any) => (file.units[1].actor = 'nobody'), 'unit/actor'],
  ['governance.json', (file: any) => (file.leadingGroup.office = 'nowhere'), 'unit/office'],
  ['governance.json', (file: any) => (file.leadingGroup.clauses = ['S999']), 'clause/unknown'],
  ['governance.json', (file: any) => (file.settledBy = 'S998'), 'clause/unknown'],
  ['governance.json', (file: any) => (file.units[0].level = 'county'), 'shape/invalid_value'],
  ['appraisal.json', (file: any) => (file.schemes[0].classes[0].items[0].weight = 61), 'scheme/sum'],
  [
    'appraisal.json',
    (file: any) => (file.schemes[0].classes[0].serviceClasses = ['fishing']),
    'scheme/class',
  ],
  ['appraisal.json', (file: any) => (file.schemes[0].vetoes[0].clauses = ['S999']), 'clause/unknown'],
  [
    'appraisal.json',
    (file: any) => (file.schemes[0].classes[0].items[0].clauses = ['S999']),
    'clause/unknown',
  ],
  ['appraisal.json', (file: any) => (file.schemes[0].vetoes[0].to = '2000-01-01'), 'date/order'],
  ['appraisal.json', (file: any) => file.schemes.push({ ...file.schemes[0], version: 2 }), 'date/order'],
  ['appraisal.json', (file: any) => file.schemes.push(file.schemes[0]), 'unique'],
] as const satisfies readonly (readonly [string, Edit, string])[])(
  '[F109] %s with a fault is refused by its rule: %3$s',
  ([file, edit, rule]) => {
    expect(
      problemsAfter(file, edit).some((problem) => problem.startsWith(file) && problem.includes(`[${rule}]`)),
    ).toBe(true)
  },
)
