import type { Clause, Feature } from './plan.rules.ts'

/**
 * `proved`: something serves the clause, at least one test that names it passed, and none that names it failed.
 * `served`: something declares that it serves the clause. `open`: nothing does.
 */
export const COVERAGE_STATUSES = ['open', 'served', 'proved'] as const
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number]

export interface ServingOperation {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly clauses: readonly string[]
}

export interface ServingIndicator {
  readonly code: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly clauses: readonly string[]
}

export interface ServingPage {
  readonly path: string
  readonly names: { readonly zh: string; readonly en: string }
  readonly clauses: readonly string[]
}

/** One test as the last recorded run left it. */
export interface TestResult {
  readonly file: string
  readonly name: string
  /** Clauses and features that its title names. */
  readonly marks: string[]
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly on: string
}

/** What declares to serve clauses, and what proves it. */
export interface Evidence {
  readonly operations: readonly ServingOperation[]
  readonly indicators: readonly ServingIndicator[]
  readonly pages: readonly ServingPage[]
  readonly tests: readonly TestResult[]
}

export interface Coverage {
  readonly status: CoverageStatus
  readonly operations: readonly ServingOperation[]
  readonly indicators: readonly ServingIndicator[]
  readonly pages: readonly ServingPage[]
  readonly tests: readonly TestResult[]
}

/**
 * What covers a clause. Only a test that names the clause itself proves it: the check of a feature that serves several
 * clauses says nothing certain of any one of them.
 */
export function coverageOf(clause: string, evidence: Evidence): Coverage {
  const serves = ({ clauses }: { clauses: readonly string[] }) => clauses.includes(clause)
  const operations = evidence.operations.filter(serves)
  const indicators = evidence.indicators.filter(serves)
  const pages = evidence.pages.filter(serves)
  const tests = evidence.tests.filter(({ marks }) => marks.includes(clause))
  const isServed = operations.length + indicators.length + pages.length > 0
  const status = !isServed ? 'open' : isProvedBy(tests) ? 'proved' : 'served'
  return { status, operations, indicators, pages, tests }
}

/** A skipped test proves nothing; a failing one disproves whatever others prove. */
export function isProvedBy(tests: readonly TestResult[]): boolean {
  return tests.some(({ result }) => result === 'passed') && !tests.some(({ result }) => result === 'failed')
}

export interface Tally {
  total: number
  proved: number
  served: number
  open: number
}

export function tally(statuses: readonly CoverageStatus[]): Tally {
  const count = (status: CoverageStatus) => statuses.filter((one) => one === status).length
  return { total: statuses.length, proved: count('proved'), served: count('served'), open: count('open') }
}

/** Features whose check a passing test names. */
export function provedFeatures(features: readonly Feature[], tests: readonly TestResult[]): Feature[] {
  return features.filter(({ id }) => isProvedBy(tests.filter(({ marks }) => marks.includes(id))))
}

/** What is missing comes first, then what is not proved; within each, the order of the plan. */
export function gapsFirst<Item extends { status: CoverageStatus; id: Clause['id'] }>(
  items: readonly Item[],
): Item[] {
  const rank = (item: Item) => COVERAGE_STATUSES.indexOf(item.status)
  return items.toSorted((a, b) => rank(a) - rank(b) || clauseNumber(a.id) - clauseNumber(b.id))
}

/** S145 → 145, so that S9 stands before S10. */
export function clauseNumber(id: string): number {
  return Number(id.slice(1))
}
