import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '#platform/context.ts'
import { StoreUnavailable } from '#platform/errors.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import type { Source } from '#platform/tabular/source.ts'
import { recordAudit } from '../ledger/public.ts'
import { type BatchRow, mergeBatch, subjectsOf } from './batch.rules.ts'
import { currentVersion, putRecords } from './corpus.store.ts'
import {
  type Counts,
  endImport,
  findImport,
  findStanding,
  type ImportRun,
  type InFlight,
  insertRefusals,
  type PlacedRefusal,
  saveProgress,
  whileAlone,
} from './import.store.ts'
import type { PatentRecord } from './record.rules.ts'
import { openPatentFile, type PatentFile } from './reading.ts'
import type { KnownMapping, ReadRow } from './read-row.ts'

/**
 * Rows that are stored together and acknowledged together: few at first, so that whoever watches sees something soon, then as
 * many as the store takes well at a time.
 */
const batchAfter = (position: number) => Math.min(10_000, Math.max(1000, position))
/** How long an import waits for a store that is away before it leaves the rest to whoever takes it up again. */
const PATIENCE_SECONDS = 120
const VALUE_SHOWN = 200

export interface ImportProgress extends Counts {
  readonly rows: number
  readonly share: number | undefined
}

type Deps = Pick<Context, 'db' | 'analytics' | 'write' | 'actor' | 'requestId' | 'today' | 'now'>

/**
 * Imports a file from where its import stands to its end. Every batch is stored and acknowledged; what is acknowledged is never
 * read again, and the batch that was under way when a process died is stored again and counted once. False when another process
 * is at it. Throws StoreUnavailable when a store stays away; the import is then taken up where it was left.
 */
export async function runPatentImport(
  deps: Deps,
  id: string,
  sourceOf: (run: ImportRun) => Source | Promise<Source>,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<boolean> {
  return whileAlone(deps.db, id, async () => {
    const run = await findImport(deps.db, id)
    if (run === undefined || (run.state !== 'waiting' && run.state !== 'running')) return
    try {
      await new Importing(deps, run, onProgress).all(await sourceOf(run))
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    }
  })
}

class Stopped extends Error {}

/** The mappings that were decided for the tables of a run. */
export const mappingsOf =
  (sheets: ImportRun['sheets']): KnownMapping =>
  (signature) => {
    const sheet = sheets.find((one) => one.signature === signature)
    return sheet === undefined
      ? undefined
      : { mapping: sheet.mapping, origin: sheet.origin === 'kept' ? 'kept' : 'given' }
  }

class Importing {
  readonly #deps: Deps
  readonly #run: ImportRun
  readonly #onProgress: (progress: ImportProgress) => void
  #done: Counts
  #inFlight: InFlight | null
  #stored: Promise<unknown> = Promise.resolve()
  #versionBefore = 0
  #file: PatentFile | undefined

  constructor(deps: Deps, run: ImportRun, onProgress: (progress: ImportProgress) => void) {
    this.#deps = deps
    this.#run = run
    this.#onProgress = onProgress
    this.#done = run
    this.#inFlight = run.inFlight
  }

  async all(source: Source): Promise<void> {
    const { analytics } = this.#deps
    this.#versionBefore = this.#run.versionBefore ?? (await patiently(() => currentVersion(analytics)))
    const failure = await this.#read(source).catch((error: unknown) => {
      if (!(error instanceof UnreadableFile)) throw error
      return { reason: error.reason, detail: error.detail }
    })
    await this.#acknowledge(null, [])
    await end(this.#deps, this.#run, failure)
  }

  async #read(source: Source): Promise<undefined> {
    const file = await openPatentFile(source, mappingsOf(this.#run.sheets))
    this.#file = file
    let position = 0
    let batch: { position: number; row: ReadRow }[] = []
    // The batch that was under way is read again in the bounds that it had, so that its outcomes are those that were noted.
    let bound = this.#inFlight?.to ?? this.#run.rows + batchAfter(this.#run.rows)
    for await (const row of file.rows) {
      position += 1
      if (position <= this.#run.rows) continue
      batch.push({ position, row })
      if (position < bound) continue
      await this.#take(batch)
      batch = []
      bound = position + batchAfter(position)
    }
    if (batch.length > 0) await this.#take(batch)
    return undefined
  }

  async #take(batch: readonly { position: number; row: ReadRow }[]): Promise<void> {
    const { analytics } = this.#deps
    const again =
      this.#inFlight !== null && this.#inFlight.to === batch.at(-1)?.position ? this.#inFlight : undefined
    // Reading went on while the batch before was being stored; its records have to stand before these are held against them.
    await this.#stored
    const rows = batch.flatMap(({ row }) => (row.drafts === undefined ? [] : [batchRow(row, row.drafts)]))
    const { numbers, applications } = subjectsOf(rows)
    const standing = await patiently(() => findStanding(analytics, numbers, applications))
    const { changed, outcomes } = mergeBatch(rows, standing, this.#facts())
    if (again === undefined) {
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length
      const refused = batch.length - rows.length
      const counts = {
        accepted: count('accepted'),
        updated: count('updated'),
        unchanged: count('unchanged'),
        refused,
      }
      await this.#acknowledge({ to: batch.at(-1)?.position ?? 0, ...counts }, batch.flatMap(refusalOf))
    }
    this.#stored = changed.length === 0 ? Promise.resolve() : patiently(() => this.#put(changed))
    // Whoever awaits it later is told of a failure; until then it must not end the process.
    this.#stored.catch(() => undefined)
    this.#report()
  }

  #put(records: readonly PatentRecord[]) {
    return putRecords(this.#deps, records)
  }

  /** One transaction: the batch before is done for good, the next one is under way. */
  async #acknowledge(next: InFlight | null, refusals: readonly PlacedRefusal[]): Promise<void> {
    await this.#stored
    const done = this.#inFlight === null ? this.#done : added(this.#done, this.#inFlight)
    const file = this.#file
    const { id, fileSha256 } = this.#run
    await this.#deps.write(async (tx) => {
      const goesOn = await saveProgress(tx, id, {
        counts: {
          accepted: done.accepted,
          updated: done.updated,
          unchanged: done.unchanged,
          refused: done.refused,
        },
        inFlight: next,
        share: file?.share() ?? null,
        sheets: file?.sheets() ?? [],
        findings: file?.findings() ?? [],
        versionBefore: this.#versionBefore,
      })
      if (!goesOn) throw new Stopped()
      await insertRefusals(tx, id, refusals)
      await recordAudit(tx, this.#deps, {
        action: 'patents.import-progressed',
        subject: { kind: 'patentImport', id },
        detail: { file: fileSha256, rows: rowsOf(done), next: next?.to ?? 0 },
      })
    })
    this.#done = done
    this.#inFlight = next
    this.#report()
  }

  #report(): void {
    const { accepted, updated, unchanged, refused } = this.#done
    this.#onProgress({
      rows: rowsOf(this.#done),
      accepted,
      updated,
      unchanged,
      refused,
      share: this.#file?.share(),
    })
  }

  #facts() {
    const { id, fileName, format, seenAt, observedOn } = this.#run
    return {
      run: id,
      file: fileName,
      format,
      seenAt: seenAt.toISOString(),
      observedOn: observedOn ?? undefined,
      today: this.#deps.today,
    }
  }
}

const rowsOf = ({ accepted, updated, unchanged, refused }: Counts) => accepted + updated + unchanged + refused

const added = (a: Counts, b: Counts): Counts => ({
  accepted: a.accepted + b.accepted,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  refused: a.refused + b.refused,
})

const batchRow = ({ place }: ReadRow, drafts: BatchRow['drafts']): BatchRow => ({
  line: place.line,
  sheet: place.sheet ?? null,
  drafts,
})

function refusalOf({
  position,
  row: { place, refused },
}: {
  position: number
  row: ReadRow
}): PlacedRefusal[] {
  if (refused === undefined) return []
  const { field, value, reason, detail } = refused
  return [
    {
      position,
      line: place.line,
      sheet: place.sheet ?? null,
      field: field ?? null,
      value: value === undefined ? null : shown(value),
      reason,
      detail: detail ?? null,
    },
  ]
}

/** Long enough to find the cell again, and without the NUL that no text column can hold. */
function shown(value: string): string {
  const plain = value.replaceAll('\0', '\uFFFD')
  return plain.length > VALUE_SHOWN ? `${plain.slice(0, VALUE_SHOWN - 1)}…` : plain
}

async function end(deps: Deps, run: ImportRun, failure?: NonNullable<ImportRun['failure']>): Promise<void> {
  const versionAfter = await patiently(() => currentVersion(deps.analytics))
  await deps.write(async (tx) => {
    const state = failure === undefined ? 'finished' : 'failed'
    await endImport(tx, run.id, { state, failure: failure ?? null, versionAfter, at: new Date() })
    await recordAudit(tx, deps, {
      action: `patents.import-${state}`,
      subject: { kind: 'patentImport', id: run.id },
      detail: { file: run.fileSha256, version: versionAfter },
    })
  })
}

/** The analytics process may be restarting: an import waits for it a while, since nothing of it is lost. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  for (let pause = 250; ; pause = Math.min(5000, pause * 2)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || Date.now() + pause > deadline) throw error
      await sleep(pause)
    }
  }
}
