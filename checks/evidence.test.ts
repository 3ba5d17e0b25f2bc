import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { TestModule } from 'vitest/node'
import { loadZone } from '../src/zone/public.ts'
import { readTests, recordedTests } from '../src/zone/evidence.ts'
import { PAGES } from '../src/zone/pages.ts'
import { readConfig } from '#platform/config.ts'
import { EvidenceReporter } from './evidence-reporter.ts'

const project = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'zhiyuan-evidence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A module as the test runner hands it over. */
function moduleWith(
  file: string,
  tests: Readonly<Record<string, 'passed' | 'failed' | 'skipped' | 'pending'>>,
): TestModule {
  const cases = Object.entries(tests).map(([fullName, state]) => ({ fullName, result: () => ({ state }) }))
  return { moduleId: join(project, file), children: { allTests: () => cases } } as unknown as TestModule
}

test('[F092] results are kept in one order, replaced file by file, and dropped with their file', () => {
  const file = join(folder, 'tests.json')
  const gone = { file: 'src/gone.test.ts', name: 'x', marks: ['S1'], result: 'passed', on: '2026-01-01' }
  writeFileSync(file, JSON.stringify({ tests: [gone] }))
  const day = (today: string) => new EvidenceReporter({ file, today: () => today })

  day('2026-11-21').onTestRunEnd([
    moduleWith('checks/evidence.test.ts', {
      '[F010] [S203] list > [S9] of a day': 'passed',
      'no mark': 'passed',
    }),
    moduleWith('checks/architecture.test.ts', { '[S1] edges': 'failed', '[S2] left out': 'pending' }),
  ])
  day('2026-11-22').onTestRunEnd([moduleWith('checks/architecture.test.ts', { '[S1] edges': 'passed' })])

  expect(readTests(file)).toEqual([
    { file: 'checks/architecture.test.ts', name: 'edges', marks: ['S1'], result: 'passed', on: '2026-11-22' },
    {
      file: 'checks/evidence.test.ts',
      name: 'list > of a day',
      marks: ['F010', 'S9', 'S203'],
      result: 'passed',
      on: '2026-11-21',
    },
  ])
  const written = readFileSync(file, 'utf8')
  day('2026-11-22').onTestRunEnd([moduleWith('checks/architecture.test.ts', { '[S1] edges': 'passed' })])
  expect(readFileSync(file, 'utf8')).toBe(written)
})

test('every mark names a clause or a feature of the plan', async () => {
  const zone = await loadZone(readConfig({}).zoneFolder)
  const known = new Set([...zone.clauses, ...zone.features].map(({ id }) => id))
  const unknown = readTests(recordedTests).flatMap(({ file, name, marks }) =>
    marks.filter((mark) => !known.has(mark)).map((mark) => `${mark} in ${file}: ${name}`),
  )
  expect(unknown).toEqual([])
})

test('every page that claims to serve a clause is a route of the web, and every clause it claims exists', async () => {
  const zone = await loadZone(readConfig({}).zoneFolder)
  const routes = globSync('web/*/routes.ts', { cwd: project })
    .map((file) => readFileSync(join(project, file), 'utf8'))
    .join('\n')
  for (const { path, clauses } of PAGES) {
    expect(routes).toContain(`portalPage('${path}'`)
    expect(zone.clauses.map(({ id }) => id)).toEqual(expect.arrayContaining([...clauses]))
  }
})
