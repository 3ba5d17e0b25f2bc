/**
 * How a record that is there and one that comes in become one. The newer of the two is the one observed on the later day; of the
 * same day, the one whose file first came later; in one file, the one further down. What the newer states replaces what the older
 * states; what it leaves open stays; the older only fills what is empty. What happened is gathered from both and never lost. The
 * legal status is the one of the later day.
 */
import type {
  Annuity,
  LegalEvent,
  NumberState,
  PatentDraft,
  PatentRecord,
  RecordSource,
  Transfer,
} from './record.rules.ts'
import { statusOfStage } from './status.rules.ts'

/** A file that shows no day is older than any that does. */
export const NO_DAY = '1900-01-01'

/** The day whose state a draft shows: the one said of the file, otherwise its own latest day that is not in the future. */
export function observedDay(draft: PatentDraft, said: string | undefined, today: string): string {
  if (said !== undefined) return said
  const days = [
    draft.observedOn,
    draft.filedOn,
    draft.publishedOn,
    draft.grantedOn,
    draft.legalStatusOn,
    ...draft.events.map(({ on }) => on),
    ...draft.transfers.flatMap(({ on, recordedOn }) => [on, recordedOn]),
    ...draft.annuities.map(({ paidOn }) => paidOn),
  ]
  return days.reduce<string>(
    (latest, day) => (day != null && day > latest && day <= today ? day : latest),
    NO_DAY,
  )
}

/** Whether `a` is newer than `b`; the same place of the same file is not newer than itself. */
export function isNewer(a: RecordSource, b: RecordSource): boolean {
  if (a.observedOn !== b.observedOn) return a.observedOn > b.observedOn
  if (a.seenAt !== b.seenAt) return a.seenAt > b.seenAt
  return a.file === b.file && a.line > b.line
}

export type Merged =
  | { readonly outcome: 'accepted' | 'updated'; readonly record: PatentRecord }
  /** Nothing that anybody reads changes. */
  | { readonly outcome: 'unchanged' }

/** One record of what is there and what came in. */
export function merge(stored: PatentRecord | undefined, incoming: PatentRecord): Merged {
  if (stored === undefined) return { outcome: 'accepted', record: incoming }
  const newer = isNewer(incoming.source, stored.source)
  const [first, second] = newer ? [incoming, stored] : [stored, incoming]
  const united = filled(first, second)
  const events = union(stored.events, incoming.events, eventKey)
  const record: PatentRecord = {
    ...united,
    titles: { ...second.titles, ...first.titles },
    abstracts: { ...second.abstracts, ...first.abstracts },
    events,
    transfers: union(stored.transfers, incoming.transfers, transferKey),
    annuities: united.annuities.length === 0 ? [] : annuitiesOf(first.annuities, second.annuities),
    ...numberOf(first, second),
    ...statusOf(first, second, events),
    source: stored.source,
  }
  if (sameContent(record, stored)) return { outcome: 'unchanged' }
  // An older file that fills a gap does not make the rest of the record older.
  return { outcome: 'updated', record: { ...record, source: newer ? incoming.source : stored.source } }
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === '' ||
  value === 'unknown' ||
  value === 'other' ||
  (Array.isArray(value) && value.length === 0)

function filled(first: PatentRecord, second: PatentRecord): PatentRecord {
  const united: Record<string, unknown> = { ...second }
  for (const [name, value] of Object.entries(first)) if (!isEmpty(value)) united[name] = value
  return united as unknown as PatentRecord
}

const WORTH: Readonly<Record<NumberState, number>> = {
  sound: 4,
  unchecked: 3,
  checkDigitFails: 2,
  malformed: 1,
  destroyed: 1,
  missing: 0,
}

/** A sound number is not given up for a destroyed one, whichever is newer. */
function numberOf(first: PatentRecord, second: PatentRecord) {
  const better = WORTH[second.numberState] > WORTH[first.numberState] ? second : first
  const { applicationNumber, numberState, applicationKey } = better
  return { applicationNumber, numberState, applicationKey }
}

const eventKey = ({ code, on, text }: LegalEvent) => `${code}|${on ?? ''}|${code === '' ? text : ''}`
const transferKey = ({ on, from, to }: Transfer) =>
  [on ?? '', ...from.map(({ name }) => name), '>', ...to.map(({ name }) => name)].join('|')

function union<Fact extends { readonly on: string | null }>(
  a: readonly Fact[],
  b: readonly Fact[],
  key: (fact: Fact) => string,
): Fact[] {
  const known = new Map<string, Fact>()
  for (const fact of [...a, ...b]) if (!known.has(key(fact))) known.set(key(fact), fact)
  return [...known.values()].toSorted(
    (x, y) => (x.on ?? '').localeCompare(y.on ?? '') || key(x).localeCompare(key(y)),
  )
}

/** One fact for each year: what is paid stays paid, otherwise the newer says. */
function annuitiesOf(first: readonly Annuity[], second: readonly Annuity[]): Annuity[] {
  const years = new Map<number, Annuity>()
  for (const annuity of [...second, ...first]) {
    const known = years.get(annuity.year)
    years.set(annuity.year, known?.state === 'paid' && annuity.state !== 'paid' ? known : annuity)
  }
  return [...years.values()].toSorted((a, b) => a.year - b.year)
}

interface Standing {
  readonly legalStatus: PatentRecord['legalStatus']
  readonly legalStatusOn: string | null
}

// That a granted document was granted says nothing of what happened since: it yields to anything else said of its day or later.
const standing = ({ legalStatus, legalStatusOn, stage, source }: PatentRecord, rank: number) => ({
  legalStatus,
  legalStatusOn,
  day: legalStatusOn ?? source.observedOn,
  rank: legalStatus === statusOfStage(stage) && legalStatusOn !== null ? rank : rank + 4,
})

function statusOf(first: PatentRecord, second: PatentRecord, events: readonly LegalEvent[]): Standing {
  const happened = events.flatMap(({ effect, on }) =>
    effect === null || on === null ? [] : [{ legalStatus: effect, legalStatusOn: on, day: on, rank: 3 }],
  )
  const known = [standing(first, 2), standing(second, 1), ...happened].filter(
    ({ legalStatus }) => legalStatus !== 'unknown',
  )
  const [latest] = known.toSorted((a, b) => b.day.localeCompare(a.day) || b.rank - a.rank)
  return latest === undefined
    ? { legalStatus: 'unknown', legalStatusOn: null }
    : { legalStatus: latest.legalStatus, legalStatusOn: latest.legalStatusOn }
}

function sameContent(a: PatentRecord, b: PatentRecord): boolean {
  return contentOf(a) === contentOf(b)
}

/** In one order of members, so that a record compares equal however it was put together. */
function contentOf({ source: _source, ...record }: PatentRecord): string {
  return JSON.stringify(record, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  )
}
