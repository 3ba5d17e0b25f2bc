import type { z } from 'zod'
import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromBytes } from '#platform/tabular/source.ts'
import { type ImportReport, imports } from './contract.ts'
import type { AnyImporter } from './declare.ts'
import { reasonWords } from './reasons.ts'
import { runImporter } from './run.ts'
import { findRun, listRefusals, listRuns, type StoredFindings } from './store.ts'

const os = implementation(imports)

interface Options {
  /** The kinds of file that the rooms take; assembled above this room. */
  readonly importers: () => readonly AnyImporter[]
}

/** The operations on imports. */
export function importsApi({ importers }: Options) {
  const titleOf = (kind: string) =>
    importers().find((one) => one.kind === kind)?.title ?? { zh: kind, en: kind }
  const reasonsOf = (kind: string) => importers().find((one) => one.kind === kind)?.reasons

  const list = os.list.handler(async ({ input: { kind, cursor, limit }, context, errors }) => {
    const before = cursor === undefined ? undefined : placeOf(cursor)
    if (cursor !== undefined && before === undefined) throw errors.INVALID_CURSOR()
    const { total, rows } = await listRuns(context.db, { kind, before, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      total,
      items: shown.map((row) => ({ ...showRun(row), title: titleOf(row.kind) })),
      next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
      kinds: importers().map((one) => ({ kind: one.kind, title: one.title, columns: [...one.columns] })),
    }
  })

  const report = async (
    { db }: Context,
    id: string,
    after: number,
    limit: number,
  ): Promise<z.infer<typeof ImportReport> | undefined> => {
    const row = await findRun(db, id)
    if (row === undefined) return undefined
    const { findings: stored, ...run } = row
    const { findings, unmatched } = stored as unknown as StoredFindings
    const refusals = await listRefusals(db, id, after, limit + 1)
    const shown = refusals.slice(0, limit)
    return {
      ...showRun(run),
      title: titleOf(run.kind),
      findings: findings.map((finding) => ({ ...finding, places: [...finding.places] })),
      unmatched: [...unmatched],
      refusals: shown.map(({ position: _position, detail: known, ...refusal }) => {
        const detail = known as Record<string, string | number> | null
        return { ...refusal, detail, words: reasonWords(refusal.reason, detail, reasonsOf(run.kind)) }
      }),
      nextRefusals: refusals.length > limit ? (shown.at(-1)?.position ?? null) : null,
    }
  }

  const get = os.get.handler(async ({ input: { id, refusalsAfter, limit }, context, errors }) => {
    const found = await report(context, id, refusalsAfter, limit)
    if (found === undefined) throw errors.UNKNOWN_IMPORT()
    return found
  })

  const run = os.run.handler(async ({ input: { kind, file }, context, errors }) => {
    const importer = importers().find((one) => one.kind === kind)
    if (importer === undefined) throw errors.UNKNOWN_KIND({ data: { kind } })
    try {
      const source = sourceFromBytes(file.name, new Uint8Array(await file.arrayBuffer()))
      const { runId } = await runImporter(importer, source, context)
      return (await report(context, runId, -1, 200))!
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      const words = reasonWords(error.reason, error.detail, importer.reasons)
      throw errors.UNREADABLE_FILE({ data: { reason: error.reason, words } })
    }
  })

  return { list, get, run }
}

type RunRow = Awaited<ReturnType<typeof listRuns>>['rows'][number]

function showRun({ startedAt, finishedAt, ...run }: RunRow) {
  return { ...run, startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() }
}

function cursorOf({ finishedAt, id }: Pick<RunRow, 'finishedAt' | 'id'>): string {
  return Buffer.from(JSON.stringify([finishedAt.toISOString(), id])).toString('base64url')
}

/** Undefined for a text that no page ever gave out. */
function placeOf(cursor: string): { finishedAt: string; id: string } | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [finishedAt, id] = place as unknown[]
    const known = typeof finishedAt === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(finishedAt)
    return known && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) ? { finishedAt, id } : undefined
  } catch {
    return undefined
  }
}
