import { readTable } from '#platform/tabular/table.ts'
import type { TableRow } from '#platform/tabular/row.ts'
import {
  draftOfVendor,
  draftsOfFileWrapper,
  draftsOfTrial,
  isFileWrapper,
  isTrial,
  isVendorRecord,
} from './json-documents.rules.ts'
import { isPatentHeader } from './mapping.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, PatentRecord, type PatentDraft } from './record.rules.ts'
import type { ReadRow, Reading } from './read-row.ts'
import { settledStatus } from './status.rules.ts'
import { mappedRows } from './table-reading.ts'

/** The members under which others keep their records. */
const MEMBERS =
  /"(patentFileWrapperDataBag|patentTrialProceedingDataBag|patentTrialDocumentDataBag|records|patents|items|results|data)"\s*:\s*\[/

/** The records of a JSON document or of JSON lines: our own form, that of vendors and the USPTO, or columns by name. */
export async function* jsonRows(reading: Reading): AsyncGenerator<ReadRow> {
  const head = Buffer.from(reading.seen.head).toString('utf8')
  const recordsAt = MEMBERS.exec(head)?.[1]
  const table = await readTable(reading.source, {
    recognise: () => false,
    surveyed: reading.seen,
    ...(recordsAt !== undefined && { recordsAt }),
  })
  if (table.rowsInAll !== undefined) reading.expect(table.rowsInAll)
  let columns: Queue | undefined
  for await (const row of table.rows) {
    const read = readObject(row)
    if (read !== undefined) yield read
    else {
      // Objects whose members are columns are read as the rows of a table, under one mapping.
      columns ??= new Queue()
      columns.push(row)
    }
  }
  if (columns !== undefined) yield* mappedRows(reading, columns.all())
  reading.findings.add(table.findings())
}

/** JSON documents are held whole anyway; lines of columns wait until the others have been read. */
class Queue {
  readonly #rows: TableRow[] = []
  push(row: TableRow): void {
    this.#rows.push(row)
  }
  async *all(): AsyncGenerator<TableRow> {
    yield* this.#rows
  }
}

function readObject({ place, value, trouble }: TableRow): ReadRow | undefined {
  if (trouble !== undefined) return { place, refused: { reason: trouble } }
  if (isVendorRecord(value)) return one(place, draftOfVendor(value))
  if (isFileWrapper(value)) return some(place, draftsOfFileWrapper(value))
  if (isTrial(value)) return some(place, draftsOfTrial(value))
  if (isOurs(value)) return { place, ...ownDraft(value) }
  if (typeof value === 'object' && value !== null && isPatentHeader(Object.keys(value))) return undefined
  return { place, refused: { reason: 'not-a-patent' } }
}

const one = (place: ReadRow['place'], draft: PatentDraft | undefined) =>
  some(place, draft === undefined ? [] : [draft])
const some = (place: ReadRow['place'], drafts: readonly PatentDraft[]): ReadRow =>
  drafts.length === 0 ? { place, refused: { reason: 'no-number' } } : { place, drafts }

const Ours = PatentRecord.omit({ source: true }).partial({ office: true })
const OWN_MEMBERS = [
  'titles',
  'abstracts',
  'claims',
  'applicants',
  'numberState',
  'events',
  'office',
  'keyedBy',
  'source',
  'legalStatus',
] as const

const isOurs = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'publicationNumber' in value &&
  (OWN_MEMBERS.some((name) => name in value) || Object.keys(value).length === 1)

/** A record of our own form; what it leaves out is filled as far as its numbers tell. */
function ownDraft(value: Record<string, unknown>): Pick<ReadRow, 'drafts' | 'refused'> {
  const parsed = Ours.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') ?? ''
    return {
      refused: {
        field,
        value: shown(issue?.path.reduce<unknown>(member, value)),
        reason: 'not-in-our-form',
        detail: { problem: issue?.message ?? '' },
      },
    }
  }
  const { data } = parsed
  const read = data.keyedBy === 'application' ? undefined : documentNumber(data.publicationNumber)
  if (read === undefined && data.keyedBy !== 'application')
    return {
      refused: {
        field: 'publicationNumber',
        value: data.publicationNumber,
        reason: 'not-a-publication-number',
      },
    }
  const office = data.office ?? read?.office ?? data.publicationNumber.slice(0, 2)
  const { right: _right, ...number } = applicationNumber(data.applicationNumber, { office })
  const derived =
    read === undefined
      ? {}
      : {
          publicationNumber: read.publicationNumber,
          kind: read.kind,
          stage: 'stage' in value ? data.stage : read.stage,
          right: 'right' in value ? data.right : read.right,
        }
  return {
    drafts: [
      settledStatus({
        ...emptyDraft({ publicationNumber: data.publicationNumber, office }),
        ...data,
        office,
        ...number,
        ...derived,
      }),
    ],
  }
}

const member = (found: unknown, name: PropertyKey): unknown =>
  typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[name] : undefined

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
