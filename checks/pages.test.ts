import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PAGES } from '../src/zone/pages.ts'
import { rooms } from '../web/app/rooms.ts'

const web = join(import.meta.dirname, '../web')
const routes = rooms.flatMap((room) => room.pages.map((page) => page.path))

/** Whether some page answers the path; `${…}` in a link and `$code` in a route stand for any one step. */
function isAnswered(path: string): boolean {
  const steps = path.replace(/[?#].*$/, '').split('/')
  return routes.some((route) => {
    const pattern = route.split('/')
    return (
      pattern.length === steps.length &&
      pattern.every(
        (step, index) => step === steps[index] || step.startsWith('$') || steps[index]?.includes('${'),
      )
    )
  })
}

/** Links written in the code: `href="/plan"`, `` href={`/clauses/${id}`} ``, `href: '/plan'`, `home: '/'`. */
const LINK = /href(?:=\{?|:\s*)(["'`])(\/[^"'`]*)\1/g

/** Answered by the server beside the pages. */
const NOT_PAGES = /^\/(?:api\/|files\/|metrics|verify)/

test('every link in the code leads to a page that is there', () => {
  const dead: string[] = []
  for (const file of globSync('**/*.{ts,tsx}', { cwd: web })) {
    for (const [, , path = ''] of readFileSync(join(web, file), 'utf8').matchAll(LINK)) {
      if (!NOT_PAGES.test(path) && !isAnswered(path)) dead.push(`${file}: ${path}`)
    }
  }
  expect(dead).toEqual([])
})

test('the tasks of the home page lead to pages that are there', () => {
  const source = readFileSync(join(web, 'home/HomePage.tsx'), 'utf8')
  const tasks = [...source.matchAll(/\['\w+', '(\/[^']*)'\]/g)].map(([, path]) => path ?? '')
  expect(tasks).toHaveLength(6)
  expect(tasks.filter((path) => !isAnswered(path))).toEqual([])
})

test('[S1] the pages that are said to serve clauses are there', () => {
  expect(PAGES.map((page) => page.path).filter((path) => !isAnswered(path))).toEqual([])
})

const twice = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index)

test('no two rooms answer the same address, and no two doors have the same key', () => {
  expect(twice(routes)).toEqual([])
  const keys = rooms.flatMap((room) => room.navigation).flatMap((entry) => entry.key ?? [])
  expect(twice(keys)).toEqual([])
})

test('every door names its place in both languages and leads to a page of its shell', () => {
  const pages = new Map(rooms.flatMap((room) => room.pages).map((page) => [page.path, page.shell]))
  const wrong = rooms
    .flatMap((room) => room.navigation)
    .filter(({ href, shell, label }) => pages.get(href) !== shell || !label.zh || !label.en)
  expect(wrong).toEqual([])
})
