import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Context } from '#platform/context.ts'
import type { FileStore } from '#platform/files.ts'
import type { Refusal, Words } from '#platform/import-report.ts'
import type { Source } from '#platform/tabular/source.ts'
import { reasonWords, type Reasons } from '../intake/public.ts'
import { recordAudit } from '../ledger/public.ts'
import type { FieldName } from './fields.rules.ts'
import { type ImportProgress, runPatentImport } from './import-run.ts'
import {
  findImport,
  findMappings,
  findUnfinished,
  type ImportRun,
  insertImport,
  keepMapping,
  listRefusals,
  queueImport,
} from './import.store.ts'
import type { Mapping } from './mapping.rules.ts'
import { openPatentFile, type PatentFile } from './reading.ts'
import type { KnownMapping, PatentFinding, ReadRow, ReadSheet } from './read-row.ts'

const said = (zh: string, en: string) => (): Words => ({ zh, en })

/** Why a row of a file of patents was not taken, beside what may be wrong with any row. */
export const PATENT_REASONS: Reasons = {
  'no-number': said(
    '既没有公开号，也没有可用的申请号',
    'there is neither a publication number nor an application number that can be used',
  ),
  'not-a-publication-number': said('不是公开（公告）号', 'not a publication number'),
  'not-an-application-number': said('不是申请号', 'not an application number'),
  'not-a-day': said('不是存在的日期', 'not a day that exists'),
  'not-a-citation': said('不是 GB/T 7714 的专利引文', 'not a citation of a patent after GB/T 7714'),
  'another-header': said('数据中间又出现了一行表头', 'a header stands here, in the middle of the data'),
  'not-a-year-of-a-right': said('不是专利年度（1 至 30）', 'not a year of a right (1 to 30)'),
  'not-in-our-form': ({ problem = '' }) => ({
    zh: `不符合本平台的记录格式：${problem}`,
    en: `not in the form of a record: ${problem}`,
  }),
  'not-a-patent': said('不是专利记录', 'not a record of a patent'),
  'nothing-to-keep': said(
    '只有说明书或编号，没有可收的内容',
    'there is a number or a description alone, nothing that is kept',
  ),
  'xml-damaged': said('XML 已损坏，自此处起无法读取', 'the XML is damaged and cannot be read from here on'),
  'row-too-long': said('单条记录过大', 'one record is too large'),
}

export const wordsOf = (reason: string, detail: Refusal['detail']): Words =>
  reasonWords(reason, detail, PATENT_REASONS)

/** What a file of patents looks like before anything of it is taken. */
export interface Preview {
  readonly format: string
  readonly encoding: string | null
  readonly sha256: string
  readonly sheets: readonly ReadSheet[]
  readonly findings: readonly PatentFinding[]
  /** The first rows as they would be taken or refused. */
  readonly rows: readonly ReadRow[]
  readonly rowsLookedAt: number
  /** Whether that was all of them. */
  readonly whole: boolean
}

const ROWS_SHOWN = 20
const ROWS_LOOKED_AT = 1000
/** A workbook is held whole anyway: all its sheets are looked at, as far as that is bearable. */
const WORKBOOK_ROWS = 50_000

export async function previewFile(source: Source, known: KnownMapping): Promise<Preview> {
  const file = await openPatentFile(source, known)
  const most = file.format === 'xlsx' || file.format === 'xls' ? WORKBOOK_ROWS : ROWS_LOOKED_AT
  const rows: ReadRow[] = []
  const shownOf = new Map<string, number>()
  let looked = 0
  let whole = true
  for await (const row of file.rows) {
    looked += 1
    const sheet = row.place.sheet ?? ''
    const shown = shownOf.get(sheet) ?? 0
    if (shown < ROWS_SHOWN && rows.length < ROWS_SHOWN * 5) rows.push(row)
    shownOf.set(sheet, shown + 1)
    if (looked < most) continue
    whole = false
    break
  }
  return { ...factsOf(file), rows, rowsLookedAt: looked, whole }
}

const factsOf = ({ format, encoding, sha256, sheets, findings }: PatentFile) => ({
  format,
  encoding,
  sha256,
  sheets: sheets(),
  findings: findings(),
})

type Keeping = Pick<Context, 'db' | 'files' | 'write' | 'actor' | 'requestId' | 'today' | 'now'>

/** Looks at a file, keeps it and remembers what was seen; nothing of it is taken yet. Throws UnreadableFile. */
export async function prepareImport(
  context: Keeping,
  source: Source,
): Promise<{ id: string; preview: Preview }> {
  const kept = await findMappings(context.db)
  const preview = await previewFile(source, keptMappings(kept))
  const content = source.path === undefined ? await source.whole() : createReadStream(source.path)
  await context.files.put(content, { maxBytes: source.size })
  const { format, encoding, sha256, sheets, findings } = preview
  const id = await context.write(async (tx) => {
    const created = await insertImport(tx, {
      fileName: source.name,
      fileBytes: source.size,
      fileSha256: sha256,
      format,
      encoding,
      observedOn: null,
      sheets,
      findings,
      preparedBy: actorId(context),
      at: context.now,
    })
    await recordAudit(tx, context, {
      action: 'patents.import-prepared',
      subject: { kind: 'patentImport', id: created },
      detail: { file: sha256, format },
    })
    return created
  })
  return { id, preview }
}

export const keptMappings =
  (kept: ReadonlyMap<string, Mapping>): KnownMapping =>
  (signature) => {
    const mapping = kept.get(signature)
    return mapping === undefined ? undefined : { mapping, origin: 'kept' }
  }

export const actorId = ({ actor }: Pick<Context, 'actor'>): string =>
  actor.kind === 'account' ? actor.accountId : actor.kind === 'system' ? `system:${actor.job}` : 'visitor'

export type Mappings = Readonly<Record<string, Readonly<Record<string, FieldName | null>>>>

/** The tables of a run with mappings that somebody has edited, each by the signature of its table. */
export function withMappings(sheets: readonly ReadSheet[], mappings: Mappings): ReadSheet[] {
  return sheets.map((sheet) => {
    const given = mappings[sheet.signature]
    if (given === undefined) return sheet
    const mapping = Object.fromEntries(sheet.columns.map((column) => [column, given[column] ?? null]))
    return { ...sheet, mapping, origin: 'given', warnings: [] }
  })
}

interface Start {
  readonly mappings: Mappings
  readonly observedOn: string | null
  /** Keep these mappings for the next file with these columns. */
  readonly keep: boolean
}

/** Decides how a prepared file is read and queues it; false when it was started before. `afterwards` runs in the transaction. */
export function startImport(
  context: Keeping,
  run: ImportRun,
  { mappings, observedOn, keep }: Start,
  afterwards: (tx: Parameters<Parameters<Context['write']>[0]>[0]) => Promise<void> = async () => {},
): Promise<boolean> {
  const sheets = withMappings(run.sheets, mappings)
  return context.write(async (tx) => {
    const queued = await queueImport(tx, run.id, {
      sheets,
      observedOn,
      by: actorId(context),
      at: context.now,
    })
    if (queued && keep) for (const sheet of sheets) await keepMapping(tx, sheet, actorId(context))
    if (queued) await afterwards(tx)
    await recordAudit(tx, context, {
      action: queued ? 'patents.import-started' : 'patents.import-start-refused',
      subject: { kind: 'patentImport', id: run.id },
      detail: { file: run.fileSha256, observedOn, kept: keep },
    })
    return queued
  })
}

/** A kept file as one that can be read more than once. */
export function keptSource(files: FileStore, { fileName, fileSha256, fileBytes }: ImportRun): Source {
  return {
    name: fileName,
    size: fileBytes,
    async *chunks() {
      yield* (await files.open(fileSha256)) as AsyncIterable<Uint8Array>
    },
    whole: () => files.read(fileSha256),
  }
}

export interface ImportAccount {
  readonly run: ImportRun
  readonly refusals: readonly (Refusal & { readonly words: Words })[]
}

/**
 * Imports a file at once, as the command line does. An import of the same file that broke off is taken up where it stands.
 * Throws UnreadableFile when the file cannot be taken at all.
 */
export async function importFileNow(
  context: Context,
  source: Source,
  options: {
    readonly observedOn: string | undefined
    readonly onProgress?: (progress: ImportProgress) => void
  },
): Promise<ImportAccount> {
  const broken = await findBroken(context, source)
  const id = broken ?? (await prepareAndStart(context, source, options.observedOn ?? null))
  await runPatentImport(context, id, () => source, options.onProgress)
  const run = await findImport(context.db, id)
  if (run === undefined) throw new Error(`the import ${id} is gone`)
  const refusals = await listRefusals(context.db, id, -1, REFUSALS_GIVEN)
  return {
    run,
    refusals: refusals.map(({ position: _position, detail: known, ...refusal }) => {
      const detail = known as Refusal['detail']
      return { ...refusal, detail, words: wordsOf(refusal.reason, detail) }
    }),
  }
}

/** A program that reads the report wants every refused row; beyond this it asks for them page by page. */
const REFUSALS_GIVEN = 100_000

async function findBroken({ db }: Context, source: Source): Promise<string | undefined> {
  const hash = createHash('sha256')
  for await (const chunk of source.chunks()) hash.update(chunk)
  return findUnfinished(db, hash.digest('hex'))
}

async function prepareAndStart(context: Context, source: Source, observedOn: string | null): Promise<string> {
  const { id } = await prepareImport(context, source)
  const run = await findImport(context.db, id)
  if (run !== undefined) await startImport(context, run, { mappings: {}, observedOn, keep: false })
  return id
}
