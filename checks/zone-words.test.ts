import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const project = join(import.meta.dirname, '..')
const folders = ['src', 'web', 'testing', 'e2e', 'scripts', 'bench', 'checks', 'database']
const code = /\.(ts|tsx|mjs|js|css|html|sql|json|typ)$/

const shipped = z.object({ zone: z.string() }).parse(JSON.parse(read('zones/default.json'))).zone
const { ownWords } = z
  .object({ ownWords: z.array(z.string()).min(1) })
  .parse(JSON.parse(read(`zones/${shipped}/zone.json`)))

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8')
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    )
  } catch {
    return []
  }
}

/** Lines of a text that hold a word of the zone, as `file:line word`. */
function wordsIn(file: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      ownWords.filter((word) => line.includes(word)).map((word) => `${file}:${index + 1} ${word}`),
    )
}

test('[F109] no word of the shipped zone stands in code', () => {
  const files = folders.flatMap(filesIn).filter((file) => code.test(file))
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap((file) => wordsIn(file, read(file)))).toEqual([])
})

test('a word of the zone in a line of code would be found', () => {
  const [word = ''] = ownWords
  expect(wordsIn('x.ts', `const a = 1\nconst home = '${word}'`)).toEqual([`x.ts:2 ${word}`])
})
