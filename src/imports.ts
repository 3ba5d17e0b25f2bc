/** The kinds of file that the platform takes, from the rooms that declare them. Assembly only. */
import type { Context } from '#platform/context.ts'
import { OperatorError } from '#platform/errors.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromPath } from '#platform/tabular/source.ts'
import type { AnyImporter } from './intake/declare.ts'
import {
  reasonWords,
  reportJson,
  runImporter,
  type ImportProgress,
  type ReportJson,
} from './intake/public.ts'
import { partyImports } from './parties/imports.ts'

export { reportLines, type ReportJson } from './intake/public.ts'

export const importers: readonly AnyImporter[] = [...partyImports]

const importKinds: readonly string[] = importers.map(({ kind }) => kind)

interface RunOptions {
  readonly context: Context
  readonly onProgress?: (progress: ImportProgress) => void
}

/** `zhiyuan import`: one file of one kind. What cannot be taken at all is one clear sentence. */
export async function runImport(
  kind: string,
  path: string,
  { context, onProgress }: RunOptions,
): Promise<ReportJson> {
  const importer = importers.find((one) => one.kind === kind)
  if (importer === undefined) {
    throw new OperatorError(`There is no import "${kind}". There are: ${importKinds.join(', ')}.`)
  }
  try {
    const { runId, report } = await runImporter(importer, await sourceFromPath(path), context, onProgress)
    return reportJson(importer, runId, report)
  } catch (error) {
    if (error instanceof UnreadableFile) {
      throw new OperatorError(
        `${path} was not imported: ${reasonWords(error.reason, error.detail, importer.reasons).en}.`,
      )
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR') throw new OperatorError(`There is no file ${path}.`)
    throw error
  }
}
