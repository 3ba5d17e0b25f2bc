/** What a batch of drafts makes of the records that stand: which are written, and what became of each row. */
import { merge, observedDay } from './merge.rules.ts'
import type { PatentDraft, PatentRecord, RecordSource } from './record.rules.ts'

export interface BatchRow {
  readonly line: number
  readonly sheet: string | null
  readonly drafts: readonly PatentDraft[]
}

/** What all records of one run have in common. */
export interface RunFacts extends Pick<RecordSource, 'run' | 'file' | 'format' | 'seenAt'> {
  /** The day that was said of the whole file. */
  readonly observedOn: string | undefined
  readonly today: string
}

export type RowOutcome = 'accepted' | 'updated' | 'unchanged'

const WEIGHT: Readonly<Record<RowOutcome, number>> = { unchanged: 0, updated: 1, accepted: 2 }

/** The numbers and applications whose records have to be known before a batch can be merged. */
export function subjectsOf(rows: readonly BatchRow[]): { numbers: string[]; applications: string[] } {
  const [numbers, applications] = [new Set<string>(), new Set<string>()]
  for (const draft of rows.flatMap(({ drafts }) => drafts)) {
    numbers.add(draft.publicationNumber)
    if (draft.applicationKey === null) continue
    // Of a document only what was known of its application before it; of an application all its documents.
    if (draft.keyedBy === 'application') applications.add(draft.applicationKey)
    else numbers.add(draft.applicationKey)
  }
  return { numbers: [...numbers], applications: [...applications] }
}

/** Merges the rows in their order into the records that stand. Changed records come out whole, each once. */
export function mergeBatch(
  rows: readonly BatchRow[],
  standing: readonly PatentRecord[],
  run: RunFacts,
): { readonly changed: readonly PatentRecord[]; readonly outcomes: readonly RowOutcome[] } {
  const known = new Known(standing)
  const changed = new Map<string, PatentRecord>()
  const outcomes = rows.map((row) =>
    row.drafts
      .flatMap((draft) => targetsOf(draft, known).map((target) => taken(target, row, run, known, changed)))
      .reduce<RowOutcome>((most, outcome) => (WEIGHT[outcome] > WEIGHT[most] ? outcome : most), 'unchanged'),
  )
  return { changed: [...changed.values()], outcomes }
}

function taken(
  draft: PatentDraft,
  row: BatchRow,
  run: RunFacts,
  known: Known,
  changed: Map<string, PatentRecord>,
): RowOutcome {
  const incoming = recordOf(draft, row, run)
  const before = known.get(incoming.publicationNumber) ?? known.applicationOf(incoming)
  const merged = merge(before, incoming)
  // What was known of the application alone becomes part of its first document.
  const outcome =
    before === undefined || before.publicationNumber === incoming.publicationNumber
      ? merged.outcome
      : 'accepted'
  if (merged.outcome !== 'unchanged') {
    const { publicationNumber, keyedBy } = incoming
    const whole = { ...merged.record, publicationNumber, keyedBy }
    known.set(whole)
    changed.set(publicationNumber, whole)
  }
  return outcome
}

/** A fact about an application is one about each of its documents; where none is known, about the application itself. */
function targetsOf(draft: PatentDraft, known: Known): PatentDraft[] {
  if (draft.keyedBy === 'publication' || draft.applicationKey === null) return [draft]
  const documents = known.documentsOf(draft.applicationKey)
  if (documents.length === 0) return [draft]
  return documents.map(({ publicationNumber, kind, office, right, stage }) => ({
    ...draft,
    publicationNumber,
    keyedBy: 'publication',
    kind,
    office,
    right,
    stage,
  }))
}

function recordOf(draft: PatentDraft, row: BatchRow, run: RunFacts): PatentRecord {
  const { observedOn: _observedOn, ...facts } = draft
  const { observedOn, today, ...shared } = run
  return {
    ...facts,
    source: {
      ...shared,
      line: row.line,
      sheet: row.sheet,
      observedOn: observedDay(draft, observedOn, today),
    },
  }
}

class Known {
  readonly #records = new Map<string, PatentRecord>()
  readonly #documents = new Map<string, Set<string>>()

  constructor(standing: readonly PatentRecord[]) {
    for (const record of standing) this.set(record)
  }

  set(record: PatentRecord): void {
    this.#records.set(record.publicationNumber, record)
    const { applicationKey } = record
    if (applicationKey === null || record.keyedBy === 'application') return
    const documents = this.#documents.get(applicationKey) ?? new Set()
    this.#documents.set(applicationKey, documents.add(record.publicationNumber))
  }

  get(number: string): PatentRecord | undefined {
    return this.#records.get(number)
  }

  /** What is known of the application of a document, apart from any document. */
  applicationOf({ keyedBy, applicationKey }: PatentRecord): PatentRecord | undefined {
    return keyedBy === 'publication' && applicationKey !== null
      ? this.#records.get(applicationKey)
      : undefined
  }

  documentsOf(applicationKey: string): PatentRecord[] {
    return [...(this.#documents.get(applicationKey) ?? [])].flatMap(
      (number) => this.#records.get(number) ?? [],
    )
  }
}
