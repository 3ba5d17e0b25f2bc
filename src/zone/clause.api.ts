import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { clauseOperations } from './clause.contract.ts'
import './context.ts'
import {
  type Coverage,
  coverageOf,
  type Evidence,
  gapsFirst,
  provedFeatures,
  type ServingIndicator,
  tally,
  type TestResult,
} from './coverage.rules.ts'
import { type CoverageSources, gatherEvidence } from './evidence.ts'
import { AREAS, type Clause, type Plan } from './plan.rules.ts'

/** The operations on the plan and its clauses; `sources` say what the rooms above declare and what tests have proved. */
export function clauseApi(sources: CoverageSources) {
  const os = implementation(clauseOperations)
  const evidence = gatherEvidence(sources)

  const plan = os.plan.handler(({ context: { zone } }) => ({
    ...withoutText(zone.plan),
    lines: zone.plan.lines.map((text, index) => lineOf(zone.plan, zone.clauses, text, index + 1)),
  }))

  const clauses = os.clauses.handler(({ input, context: { zone } }) => {
    const { cursor, limit, q = '', order } = input
    const wanted = q.toLowerCase()
    const [areas, statuses] = [asList(input.area), asList(input.status)]
    const all = zone.clauses
      .filter(({ area }) => areas.length === 0 || areas.includes(area))
      .filter((clause) => wanted === '' || searchText(clause).includes(wanted))
      .map((clause) => summaryOf(clause, coverageOf(clause.id, evidence())))
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    const items = order === 'gaps' ? gapsFirst(all) : all
    // The cursor is the last clause shown; one that no longer matches the filter starts from the beginning.
    const start = cursor === undefined ? 0 : items.findIndex(({ id }) => id === cursor) + 1
    const shown = items.slice(start, start + limit)
    return {
      total: items.length,
      items: shown,
      next: start + limit < items.length ? (shown.at(-1)?.id ?? null) : null,
    }
  })

  const coverage = os.coverage.handler(({ context: { zone } }) => {
    const { tests } = evidence()
    const statuses = zone.clauses.map(({ id, area }) => ({ area, status: coverageOf(id, evidence()).status }))
    return {
      ...tally(statuses.map(({ status }) => status)),
      evidenceOn: newest(tests),
      areas: AREAS.map((area) => ({
        area,
        ...tally(statuses.filter((one) => one.area === area).map(({ status }) => status)),
      })).filter(({ total }) => total > 0),
      features: { total: zone.features.length, proved: provedFeatures(zone.features, tests).length },
    }
  })

  const clause = os.clause.handler(async ({ input, context, errors }) => {
    const { clauses, plan, features, targets } = context.zone
    const index = clauses.findIndex(({ id }) => id === input.id.toUpperCase())
    const found = clauses[index]
    if (found === undefined) throw errors.UNKNOWN_CLAUSE()
    const covered = coverageOf(found.id, evidence())
    const {
      operations: _operations,
      indicators: _indicators,
      pages: _pages,
      ...summary
    } = summaryOf(found, covered)
    return {
      ...summary,
      text: plan.lines[found.line - 1] ?? '',
      spans: found.spans,
      section: sectionOf(plan, found.line),
      plan: { number: plan.number, names: plan.names },
      features: features
        .filter(({ seed }) => seed.includes(found.id))
        .map(({ id, feature, featureZh, check }) => ({
          id,
          names: { zh: featureZh ?? null, en: feature },
          check,
          tests: testsMarked(evidence(), id),
        })),
      servedBy: {
        operations: covered.operations.map(({ method, path, summary }) => ({ method, path, summary })),
        indicators: await Promise.all(covered.indicators.map((one) => withRecords(sources, context, one))),
        pages: covered.pages.map(({ path, names }) => ({ path, names })),
        targets: targets
          .filter((target) => target.clause === found.id)
          .map(({ code, names }) => ({ code, names })),
      },
      tests: [...covered.tests],
      previous: clauses[index - 1]?.id ?? null,
      next: clauses[index + 1]?.id ?? null,
    }
  })

  return { plan, clauses, coverage, clause }
}

async function withRecords(
  { countRecords }: CoverageSources,
  context: Context,
  { code, name }: ServingIndicator,
) {
  return { code, names: name, records: (await countRecords?.(context, code)) ?? null }
}

function factsOf({ id, line, term, termEn, must, mustZh, area }: Clause, { status, tests }: Coverage) {
  const count = (result: TestResult['result']) => tests.filter((test) => test.result === result).length
  const [testsPassed, testsFailed] = [count('passed'), count('failed')]
  return { id, line, term, termEn, must, mustZh: mustZh ?? null, area, status, testsPassed, testsFailed }
}

function summaryOf(clause: Clause, coverage: Coverage) {
  const { operations, indicators, pages } = coverage
  return {
    ...factsOf(clause, coverage),
    operations: operations.length,
    indicators: indicators.length,
    pages: pages.length,
  }
}

function lineOf(plan: Plan, clauses: readonly Clause[], text: string, number: number) {
  const heading = plan.sections.find(({ line }) => line === number)
  return {
    number,
    text,
    heading: heading ? { id: heading.id, level: heading.level, names: heading.names } : null,
    clauses: clauses
      .filter(({ line }) => line === number)
      .map(({ id, termEn, spans }) => ({ id, termEn, spans })),
  }
}

/** The heading that a line stands under. */
function sectionOf(plan: Plan, line: number) {
  const section = plan.sections.findLast((heading) => heading.line <= line)
  return section ? { id: section.id, names: section.names } : null
}

function testsMarked({ tests }: Evidence, mark: string): TestResult[] {
  return tests.filter(({ marks }) => marks.includes(mark))
}

function newest(tests: readonly TestResult[]): string | null {
  return tests.reduce<string | null>((latest, { on }) => (latest === null || on > latest ? on : latest), null)
}

function searchText({ id, term, termEn, must, mustZh = '' }: Clause): string {
  return `${id} ${term} ${termEn} ${must} ${mustZh}`.toLowerCase()
}

function withoutText({ lines: _lines, sections: _sections, ...facts }: Plan) {
  return facts
}

function asList<Item>(given: Item | Item[] | undefined): Item[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given]
}
