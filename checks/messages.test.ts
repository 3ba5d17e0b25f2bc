import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '../web')
const rooms = globSync('**/messages.zh.ts', { cwd: web }).map(dirname).sort()

const CHINESE = /[\p{Script=Han}，。；：？！（）【】、]/u

/** Every text of a message module by its path: `errors.UNKNOWN_AGENCY` → its words. */
async function textsOf(room: string, language: 'zh' | 'en'): Promise<Map<string, string>> {
  const module: unknown = await import(pathToFileURL(join(web, room, `messages.${language}.ts`)).href)
  const texts = new Map<string, string>()
  collect((module as Record<string, unknown>)[language], '', texts)
  return texts
}

function collect(node: unknown, path: string, texts: Map<string, string>) {
  if (typeof node === 'string') texts.set(path, node)
  else if (typeof node === 'function') texts.set(path, `(${node.length}) ${node.toString()}`)
  else if (typeof node === 'object' && node !== null) {
    for (const [key, child] of Object.entries(node)) collect(child, path ? `${path}.${key}` : key, texts)
  }
}

test('there are rooms with words', () => {
  expect(rooms).toContain('ui')
  expect(rooms).toContain('home')
})

test.each(rooms)('%s says the same things in both languages', async (room) => {
  const [zh, en] = await Promise.all([textsOf(room, 'zh'), textsOf(room, 'en')])
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
})

test.each(rooms)('the English of %s has no Chinese but marked proper nouns', (room) => {
  const lines = readFileSync(join(web, room, 'messages.en.ts'), 'utf8').split('\n')
  const found = lines.filter(
    (line) => CHINESE.test(line) && !line.includes('// proper noun') && !/^\s*(?:\/\/|\/?\*)/.test(line),
  )
  expect(found).toEqual([])
})

// A note for the readers of one language alone is empty in the other; empty in both it is forgotten.
test.each(rooms)('%s leaves no text empty in both languages', async (room) => {
  const [zh, en] = await Promise.all([textsOf(room, 'zh'), textsOf(room, 'en')])
  const empty = [...zh].filter(([path, words]) => words.trim() === '' && en.get(path)?.trim() === '')
  expect(empty.map(([path]) => path)).toEqual([])
})

test.each(rooms)('the Chinese of %s uses Chinese punctuation', async (room) => {
  const zh = await textsOf(room, 'zh')
  const halfWidth = [...zh].filter(([, words]) =>
    /\p{Script=Han}[,;:?!(]|[,;:?!)]\p{Script=Han}/u.test(words),
  )
  expect(halfWidth).toEqual([])
})
