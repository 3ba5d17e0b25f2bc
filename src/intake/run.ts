import { createReadStream } from 'node:fs'
import type { Context } from '#platform/context.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { type ImportReport, ReportBuilder } from '#platform/import-report.ts'
import type { Place } from '#platform/tabular/finding.ts'
import type { Source } from '#platform/tabular/source.ts'
import { readTable, type Table } from '#platform/tabular/table.ts'
import { recordAudit, type Seal } from '../ledger/public.ts'
import { Claims } from './claims.ts'
import type { AnyImporter, Placed, Reading, RowOutcome } from './declare.ts'
import { insertRun, lockKind } from './store.ts'

export interface ImportProgress {
  readonly rows: number
}

export interface ImportResult {
  readonly runId: string
  readonly report: ImportReport
}

/** Rows in one transaction: an entry of the audit trail carries the digests of no more than 500. */
const BATCH = 500

/**
 * Takes in one file: each batch of its rows is one transaction with its audit entry, the last transaction records the run.
 * Since applying a row twice changes nothing, a run that broke off is finished by running it again.
 * Throws UnreadableFile when the file cannot be taken at all; then nothing was written.
 */
export async function runImporter(
  importer: AnyImporter,
  source: Source,
  context: Context,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportResult> {
  const startedAt = new Date()
  let header: readonly string[] | undefined
  const table = await readTable(source, {
    recognise: (names) => {
      const known = importer.recognise(names)
      if (known) header = names
      return known
    },
    ...(importer.recordsAt === undefined ? {} : { recordsAt: importer.recordsAt }),
  })
  const reading = importer.open({
    name: source.name,
    sha256: table.sha256,
    header: () => header,
    ...(table.document === undefined ? {} : { document: table.document }),
  })
  const builder = new ReportBuilder({ joins: importer.joins === true })
  await readAll(importer, table, reading, builder, context, onProgress)
  const report = builder.report(table.findings())
  await keepOriginal(source, context)
  const runId = await recordRun(importer, source, table, report, context, startedAt)
  return { runId, report }
}

async function readAll(
  importer: AnyImporter,
  table: Table,
  reading: Reading<never>,
  builder: ReportBuilder,
  context: Context,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  const claims = new Claims()
  let batch: { place: Place; record: Placed<never> }[] = []
  const flush = async () => {
    if (batch.length === 0) return
    const outcomes = await applyBatch(
      importer,
      table,
      reading,
      context,
      batch.map(({ record }) => record),
    )
    batch.forEach(({ place }, index) => countOutcome(builder, place, outcomes[index]))
    batch = []
    onProgress({ rows: builder.rows })
  }
  for await (const row of table.rows) {
    if (row.trouble !== undefined) {
      builder.refuse(row.place, { reason: row.trouble, value: Object.values(row.cells).join(',') })
      continue
    }
    const read = reading.read(row)
    const why =
      'refused' in read ? read.refused : claims.contradiction(reading.claim(read.record), row.place.line)
    if ('record' in read && why === undefined) {
      batch.push({ place: row.place, record: { line: row.place.line, record: read.record } })
    } else if (why !== undefined) {
      const field = why.field === undefined ? undefined : (reading.columnOf?.(row, why.field) ?? why.field)
      builder.refuse(row.place, field === undefined ? why : { ...why, field })
    }
    if (batch.length >= BATCH) await flush()
  }
  await flush()
}

function applyBatch(
  importer: AnyImporter,
  table: Table,
  reading: Reading<never>,
  context: Context,
  records: readonly Placed<never>[],
): Promise<readonly RowOutcome[]> {
  return context.write(async (tx) => {
    // Two files of one kind at once would both find a code missing and both write it.
    await lockKind(tx, importer.kind)
    const outcomes = await reading.apply(tx, context, records)
    if (outcomes.length !== records.length) {
      throw new BrokenInvariant(`${importer.kind}: ${outcomes.length} outcomes for ${records.length} rows`)
    }
    await recordAudit(tx, context, {
      action: 'import.applied',
      subject: { kind: 'file', id: table.sha256 },
      detail: { import: importer.kind, rows: records.length, firstLine: records[0]?.line ?? 0 },
      seals: uniqueSeals(outcomes),
    })
    return outcomes
  })
}

function uniqueSeals(outcomes: readonly RowOutcome[]): Seal[] {
  const seals = new Map<string, Seal>()
  for (const outcome of outcomes) {
    for (const seal of ('seals' in outcome ? outcome.seals : undefined) ?? [])
      seals.set(JSON.stringify(seal), seal)
  }
  return [...seals.values()]
}

function countOutcome(builder: ReportBuilder, place: Place, outcome: RowOutcome | undefined): void {
  if (outcome === undefined) throw new BrokenInvariant('a row without an outcome')
  if ('refused' in outcome) {
    builder.refuse(place, outcome.refused)
    return
  }
  builder.count(outcome.outcome)
  if (outcome.matched === true) builder.matched()
  else if (outcome.matched !== undefined) builder.unmatched(outcome.matched.unmatched)
}

/** The file itself, so that any row can be looked up in what was really sent. */
async function keepOriginal(source: Source, { files }: Context): Promise<void> {
  const content = source.path === undefined ? await source.whole() : createReadStream(source.path)
  await files.put(content, { maxBytes: source.size })
}

function recordRun(
  importer: AnyImporter,
  source: Source,
  table: Table,
  report: ImportReport,
  context: Context,
  startedAt: Date,
): Promise<string> {
  return context.write(async (tx) => {
    const { refusals, findings, unmatched, ...counts } = report
    const id = await insertRun(
      tx,
      {
        kind: importer.kind,
        fileName: source.name,
        fileBytes: source.size,
        fileSha256: table.sha256,
        ...counts,
        findings: { findings, unmatched },
        importedBy: importedBy(context),
        startedAt,
        finishedAt: new Date(),
      },
      refusals,
    )
    await recordAudit(tx, context, {
      action: 'import.finished',
      subject: { kind: 'import', id },
      detail: { import: importer.kind, file: table.sha256, rows: report.rows, refused: report.refused },
      seals: [{ table: 'import_run', id }],
    })
    return id
  })
}

function importedBy({ actor }: Context): string {
  if (actor.kind === 'account') return actor.accountId
  return actor.kind === 'system' ? `system:${actor.job}` : 'visitor'
}
