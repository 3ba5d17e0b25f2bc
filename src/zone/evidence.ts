import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { z } from 'zod'

import { projectFolder } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import type { OperationMeta } from '#platform/contract.ts'
import type { Evidence, ServingIndicator, ServingOperation, TestResult } from './coverage.rules.ts'
import { PAGES } from './pages.ts'

/** What the assembly tells the zone room of the rooms above it, which it must not know itself. */
export interface CoverageSources {
  /** A function, since the whole contract also holds this room's. */
  readonly contract: () => AnyContractRouter
  readonly indicators: () => readonly ServingIndicator[]
  /** How many records an indicator counts for this caller; null where they may not be told. */
  readonly countRecords?: (context: Context, code: string) => Promise<number | null>
  /** The recorded test results; those of the last full run unless told. */
  readonly testsFile?: string
}

const TestsFile = z.object({
  tests: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      marks: z.array(z.string()),
      result: z.enum(['passed', 'failed', 'skipped']),
      on: z.iso.date(),
    }),
  ),
})

export const recordedTests = join(projectFolder, 'docs/evidence/tests.json')

/** Gathers the evidence once, when it is first asked for: contract and test results do not change while a process runs. */
export function gatherEvidence(sources: CoverageSources): () => Evidence {
  let evidence: Evidence | undefined
  return () => {
    evidence ??= {
      operations: operationsOf(sources.contract()),
      indicators: sources.indicators(),
      pages: PAGES,
      tests: readTests(sources.testsFile ?? recordedTests),
    }
    return evidence
  }
}

/** Every operation of a contract with the clauses it declares to serve. */
export function operationsOf(contract: AnyContractRouter): ServingOperation[] {
  if (isContractProcedure(contract)) {
    const { route, meta } = contract['~orpc']
    const { clauses } = meta as OperationMeta
    return [{ method: route.method ?? 'GET', path: route.path ?? '', summary: route.summary ?? '', clauses }]
  }
  return Object.values(contract).flatMap((member) => operationsOf(member as AnyContractRouter))
}

/** No results where none have been recorded: nothing is then proved, and the pages say so. */
export function readTests(file: string): TestResult[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return TestsFile.parse(JSON.parse(text)).tests
}
