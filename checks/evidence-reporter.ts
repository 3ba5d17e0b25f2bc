import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { readTests, recordedTests } from '../src/zone/evidence.ts'
import type { TestResult } from '../src/zone/coverage.rules.ts'
import { marksIn, titleWithoutMarks } from '../src/zone/marks.rules.ts'

const project = join(import.meta.dirname, '..')

interface Options {
  /** Where the results are kept; the file that the coverage pages read unless told. */
  readonly file?: string
  readonly today?: () => string
}

/**
 * Writes what each marked test proved, and when, for the coverage of the plan's clauses. A run of some files replaces the
 * results of those files and leaves the others; results of files that are gone are dropped.
 */
export class EvidenceReporter implements Reporter {
  readonly #file: string
  readonly #today: () => string

  constructor({ file = recordedTests, today = () => new Date().toISOString().slice(0, 10) }: Options = {}) {
    this.#file = file
    this.#today = today
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = new Set(modules.map(fileOf))
    const kept = readTests(this.#file).filter(({ file }) => !ran.has(file) && existsSync(join(project, file)))
    const fresh = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => this.#resultOf(module, test)),
    )
    this.#write([...kept, ...fresh])
  }

  /** Nothing for tests without marks, and for those a filter left out of this run. */
  #resultOf(module: TestModule, test: TestCase): TestResult[] {
    const marks = marksIn(test.fullName)
    const { state } = test.result()
    if (marks.length === 0 || state === 'pending') return []
    const name = test.fullName.split(' > ').map(titleWithoutMarks).filter(Boolean).join(' > ')
    return [{ file: fileOf(module), name, marks: marks.toSorted(byNumber), result: state, on: this.#today() }]
  }

  #write(tests: readonly TestResult[]): void {
    const ordered = tests.toSorted((a, b) => compare(a.file, b.file) || compare(a.name, b.name))
    const lines = ordered.map(
      ({ file, name, marks, result, on }) => `  ${JSON.stringify({ file, name, marks, result, on })}`,
    )
    const text = `{"tests": [\n${lines.join(',\n')}\n]}\n`
    if (existsSync(this.#file) && readFileSync(this.#file, 'utf8') === text) return
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(this.#file, text)
  }
}

function fileOf({ moduleId }: TestModule): string {
  return relative(project, moduleId).replaceAll('\\', '/')
}

/** F010 before F092 before S9 before S61. */
function byNumber(a: string, b: string): number {
  return compare(a.slice(0, 1), b.slice(0, 1)) || Number(a.slice(1)) - Number(b.slice(1))
}

// Not by locale: the file must come out the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
