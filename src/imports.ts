/** The kinds of file that the platform takes, from the rooms that declare them. Assembly only. */
import type { Context } from '#platform/context.ts'
import { OperatorError } from '#platform/errors.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromPath } from '#platform/tabular/source.ts'
import type { AnyImporter } from './intake/declare.ts'
import {
  reasonWords,
  type Reasons,
  reportJson,
  runImporter,
  type ImportProgress,
  type ReportJson,
} from './intake/public.ts'
import { importFileNow, PATENT_REASONS } from './patents/public.ts'
import { partyImports } from './parties/imports.ts'

export { reportLines, type ReportJson } from './intake/public.ts'

export const importers: readonly AnyImporter[] = [...partyImports]

const importKinds: readonly string[] = [...importers.map(({ kind }) => kind), 'patents']

interface RunOptions {
  readonly context: Context
  /** `share` is how much of the file has been dealt with, from 0 to 1, where that is known. */
  readonly onProgress?: (progress: ImportProgress & { readonly share?: number | undefined }) => void
  /** Patents only: the day whose state of affairs the file shows. */
  readonly observedOn?: string | undefined
}

/** `zhiyuan import`: one file of one kind. What cannot be taken at all is one clear sentence. */
export async function runImport(
  kind: string,
  path: string,
  { context, onProgress, observedOn }: RunOptions,
): Promise<ReportJson> {
  if (kind === 'patents')
    return explaining(path, PATENT_REASONS, () =>
      runPatents(path, { context, observedOn, ...(onProgress && { onProgress }) }),
    )
  const importer = importers.find((one) => one.kind === kind)
  if (importer === undefined) {
    throw new OperatorError(`There is no import "${kind}". There are: ${importKinds.join(', ')}.`)
  }
  return explaining(path, importer.reasons, async () => {
    const { runId, report } = await runImporter(importer, await sourceFromPath(path), context, onProgress)
    return reportJson(importer, runId, report)
  })
}

/** Patents go into the analytics store in batches of their own; the report is that of any import. */
async function runPatents(
  path: string,
  { context, onProgress, observedOn }: RunOptions,
): Promise<ReportJson> {
  const { run, refusals } = await importFileNow(context, await sourceFromPath(path), {
    observedOn,
    ...(onProgress && { onProgress }),
  })
  const { id, failure, rows, accepted, updated, unchanged, refused, findings } = run
  if (failure !== null) {
    const { en } = reasonWords(failure.reason, failure.detail, PATENT_REASONS)
    throw new OperatorError(`${path} was imported up to row ${rows}, and not beyond: ${en}.`)
  }
  if (run.state !== 'finished')
    throw new OperatorError(`Another process is importing ${path} (import ${id}).`)
  return {
    kind: 'patents',
    run: id,
    rows,
    accepted,
    updated,
    unchanged,
    refused,
    matched: null,
    unmatched: [],
    refusals,
    findings,
  }
}

async function explaining<Result>(
  path: string,
  reasons: Reasons | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new OperatorError(
        `${path} was not imported: ${reasonWords(error.reason, error.detail, reasons).en}.`,
      )
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR') throw new OperatorError(`There is no file ${path}.`)
    throw error
  }
}
