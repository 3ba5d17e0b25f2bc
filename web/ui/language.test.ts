import { expect, test } from 'vitest'
import { inLanguage, languageOf } from './language.ts'

test.for([
  ['/', 'zh'],
  ['/en', 'en'],
  ['/en/', 'en'],
  ['/en/agencies', 'en'],
  ['/agencies', 'zh'],
  ['/enterprises', 'zh'],
] as const)('%s is read in %s', ([path, language]) => {
  expect(languageOf(path)).toBe(language)
})

test.for([
  ['/', '/en'],
  ['/agencies/91320115', '/en/agencies/91320115'],
] as const)('%s in English is %s, and back', ([zh, en]) => {
  expect(inLanguage(zh, 'en')).toBe(en)
  expect(inLanguage(en, 'zh')).toBe(zh)
  expect(inLanguage(en, 'en')).toBe(en)
  expect(inLanguage(zh, 'zh')).toBe(zh)
})
