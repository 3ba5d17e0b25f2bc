import { implementation } from '#platform/api.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromBytes } from '#platform/tabular/source.ts'
import { recordAudit } from '../ledger/public.ts'
import type { FieldName } from './fields.rules.ts'
import {
  keptSource,
  type Preview,
  prepareImport,
  previewFile,
  startImport,
  withMappings,
  wordsOf,
} from './importing.ts'
import { mappingsOf } from './import-run.ts'
import {
  countReasons,
  findImport,
  type ImportRun,
  listImports,
  listRefusals,
  stopImport,
} from './import.store.ts'
import { patentImports } from './patent-import.contract.ts'
import type { ReadRow } from './read-row.ts'

const os = implementation(patentImports)

const list = os.list.handler(async ({ input: { cursor, limit }, context, errors }) => {
  const before = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && before === undefined) throw errors.INVALID_CURSOR()
  const { total, rows } = await listImports(context.db, limit + 1, before)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last !== undefined ? cursorOf(last) : null
  return { total, items: items.map((run) => shownRun(run, new Date())), next }
})

const prepare = os.prepare.handler(async ({ input: { file }, context, errors }) => {
  try {
    const source = sourceFromBytes(file.name, new Uint8Array(await file.arrayBuffer()))
    const { id, preview } = await prepareImport(context, source)
    const run = (await findImport(context.db, id))!
    return { ...detailOf(run, []), preview: previewOf(preview) }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    throw errors.UNREADABLE_FILE({
      data: { reason: error.reason, words: wordsOf(error.reason, error.detail) },
    })
  }
})

const get = os.get.handler(async ({ input: { id }, context: { db }, errors }) => {
  const run = await findImport(db, id)
  if (run === undefined) throw errors.UNKNOWN_IMPORT()
  return detailOf(run, await countReasons(db, id))
})

const preview = os.preview.handler(async ({ input: { id, mappings }, context, errors }) => {
  const run = await findImport(context.db, id)
  if (run === undefined) throw errors.UNKNOWN_IMPORT()
  const sheets = withMappings(run.sheets, mappings as Parameters<typeof withMappings>[1])
  try {
    return previewOf(await previewFile(keptSource(context.files, run), mappingsOf(sheets)))
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    throw errors.UNREADABLE_FILE({
      data: { reason: error.reason, words: wordsOf(error.reason, error.detail) },
    })
  }
})

const NUMBERS: readonly (FieldName | null)[] = ['publicationNumber', 'applicationNumber', 'patentNumber']

const start = os.start.handler(async ({ input, context, errors }) => {
  const { id, observedOn, keep } = input
  const mappings = input.mappings as Parameters<typeof withMappings>[1]
  const run = await findImport(context.db, id)
  if (run === undefined) throw errors.UNKNOWN_IMPORT()
  if (observedOn !== null && observedOn > context.today) throw errors.OBSERVED_AHEAD()
  const sheets = withMappings(run.sheets, mappings)
  // One table that names no patent is refused row by row; a file in which none does is not worth starting.
  if (
    sheets.length > 0 &&
    !sheets.some(({ mapping }) => Object.values(mapping).some((field) => NUMBERS.includes(field)))
  )
    throw errors.NO_NUMBER({ data: { sheet: sheets[0]?.sheet ?? null } })
  if (!(await startImport(context, run, { mappings, observedOn, keep }))) throw errors.STARTED_BEFORE()
  return { id }
})

const stop = os.stop.handler(async ({ input: { id }, context, errors }) => {
  if ((await findImport(context.db, id)) === undefined) throw errors.UNKNOWN_IMPORT()
  return context.write(async (tx) => {
    if (!(await stopImport(tx, id, context.now))) throw errors.ENDED_BEFORE()
    await recordAudit(tx, context, {
      action: 'patents.import-stopped',
      subject: { kind: 'patentImport', id },
      detail: {},
    })
    return { id }
  })
})

const refusals = os.refusals.handler(async ({ input: { id, after, limit }, context: { db }, errors }) => {
  const run = await findImport(db, id)
  if (run === undefined) throw errors.UNKNOWN_IMPORT()
  const rows = await listRefusals(db, id, after, limit + 1)
  const shown = rows.slice(0, limit)
  return {
    total: run.refused + (run.inFlight?.refused ?? 0),
    items: shown.map(({ position: _position, detail, ...one }) => ({
      ...one,
      words: wordsOf(one.reason, detail as Record<string, string | number> | null),
    })),
    next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
  }
})

/** The operations on imports of patents. */
export const patentImportsApi = { list, prepare, get, preview, start, stop, refusals }

function shownRun(run: ImportRun, now: Date) {
  const { failure, share, startedAt } = run
  return {
    id: run.id,
    fileName: run.fileName,
    fileBytes: run.fileBytes,
    fileSha256: run.fileSha256,
    format: run.format,
    encoding: run.encoding,
    state: run.state,
    observedOn: run.observedOn,
    rows: run.rows,
    accepted: run.accepted,
    updated: run.updated,
    unchanged: run.unchanged,
    refused: run.refused,
    share,
    secondsLeft: run.state === 'running' ? secondsLeft(share, startedAt, now) : null,
    failure: failure === null ? null : wordsOf(failure.reason, failure.detail),
    preparedAt: run.preparedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

/** At the pace so far. */
function secondsLeft(share: number | null, startedAt: Date | null, now: Date): number | null {
  if (share === null || share === 0 || startedAt === null) return null
  const seconds = (now.getTime() - startedAt.getTime()) / 1000
  return Math.max(0, Math.ceil((seconds * (1 - share)) / share))
}

function detailOf(run: ImportRun, reasons: Awaited<ReturnType<typeof countReasons>>) {
  return {
    ...shownRun(run, new Date()),
    sheets: run.sheets.map((sheet) => ({
      ...sheet,
      columns: [...sheet.columns],
      mapping: { ...sheet.mapping },
      warnings: sheet.warnings.map(({ code, columns }) => ({ code, columns: [...columns] })),
      sample: sheet.sample.map((row) => ({ ...row })),
    })),
    findings: run.findings.map((finding) => ({ ...finding, places: [...finding.places] })),
    reasons: reasons.map(({ reason, count }) => ({ reason, count, words: wordsOf(reason, null) })),
    versionBefore: run.versionBefore,
    versionAfter: run.versionAfter,
  }
}

function previewOf({ rows, rowsLookedAt, whole }: Preview) {
  return { rows: rows.map(rowOf), rowsLookedAt, whole }
}

const CELL_SHOWN = 200

function rowOf({ place, drafts = [], refused }: ReadRow) {
  return {
    line: place.line,
    sheet: place.sheet ?? null,
    records: drafts.map((draft) => ({
      publicationNumber: draft.publicationNumber,
      applicationNumber: draft.applicationNumber,
      numberState: draft.numberState,
      title: (draft.titles['zh'] ?? draft.titles['en'] ?? Object.values(draft.titles)[0] ?? '').slice(
        0,
        CELL_SHOWN,
      ),
      applicants: draft.applicants.slice(0, 10).map(({ name }) => name),
      filedOn: draft.filedOn,
      publishedOn: draft.publishedOn,
      ipc: [...draft.ipc, ...draft.locarno].slice(0, 10),
      legalStatus: draft.legalStatus,
    })),
    refused:
      refused === undefined
        ? null
        : {
            field: refused.field ?? null,
            value: refused.value?.slice(0, CELL_SHOWN) ?? null,
            words: wordsOf(refused.reason, refused.detail ?? null),
          },
  }
}

function cursorOf({ preparedAt, id }: ImportRun): string {
  return Buffer.from(JSON.stringify([preparedAt.toISOString(), id])).toString('base64url')
}

/** Undefined for a text that no page ever gave out. */
function placeOf(cursor: string): { preparedAt: string; id: string } | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [preparedAt, id] = place as unknown[]
    const known = typeof preparedAt === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(preparedAt)
    return known && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) ? { preparedAt, id } : undefined
  } catch {
    return undefined
  }
}
