import { describe, expect, test } from 'vitest'
import { type Edit, problemsAfter } from '#testing/zone-problems.ts'
import { inForceOn } from './patent.rules.ts'

const cases: [string, string, Edit, string][] = [
  [
    'an industry that no system names',
    'industry-patents.json',
    ({ versions }) => (versions[0].industries[0].industry = 'whaling'),
    'industry-patents.json $.versions[0].industries[0].industry [industry/unknown]',
  ],
  [
    'a definition without a class or a word',
    'industry-patents.json',
    ({ versions }) => Object.assign(versions[0].industries[0], { ipc: [], keywords: [] }),
    'industry-patents.json $.versions[0].industries[0] [industry/empty]',
  ],
  [
    'something that is no class of the IPC',
    'industry-patents.json',
    ({ versions }) => (versions[0].industries[0].ipc = ['Z99']),
    'industry-patents.json $.versions[0].industries[0].ipc[0] [shape/invalid_format]',
  ],
  [
    'two versions out of order',
    'patent-rules.json',
    ({ listings }) => listings.push(listings[0]),
    'patent-rules.json $.listings[1].from [date/order]',
  ],
  [
    'grades that do not fall',
    'patent-rules.json',
    ({ grading }) => (grading[0].grades[1].atLeast = 99),
    'patent-rules.json $.grading[0].grades [grading/order]',
  ],
  [
    'a patent that no grade would take',
    'patent-rules.json',
    ({ grading }) => (grading[0].grades.at(-1).atLeast = 1),
    'patent-rules.json $.grading[0].grades [grading/last]',
  ],
  [
    'texts that are plainly the same before they are near',
    'patent-rules.json',
    ({ nearDuplicates }) => (nearDuplicates[0].alike = 0.35),
    'patent-rules.json $.nearDuplicates[0].alike [near-duplicates/order]',
  ],
  [
    'a clause the plan does not have',
    'patent-rules.json',
    ({ grading }) => (grading[0].clauses = ['S999']),
    'patent-rules.json $.grading[0].clauses [clause/unknown]',
  ],
]

describe('[F109] what patents belong to an industry, how they are graded, how long a listing stands', () => {
  test.each(cases)('%s is a problem', (_name, file, edit, problem) => {
    expect(problemsAfter(file, edit)).toEqual([problem])
  })

  test('the version of a day is the last that had begun', () => {
    const versions = [{ from: '2024-01-01' }, { from: '2025-01-01' }]
    expect(inForceOn(versions, '2023-12-31')).toBeUndefined()
    expect(inForceOn(versions, '2024-12-31')).toBe(versions[0])
    expect(inForceOn(versions, '2025-01-01')).toBe(versions[1])
  })
})
