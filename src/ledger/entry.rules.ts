/** What an entry of the log says, and which of it anybody may read. */
import type { Actor } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import { canonicalJson, type CanonicalValue } from './canonical.rules.ts'

export type Detail = { readonly [key: string]: CanonicalValue | undefined }

/** What was acted on: the kind of record and its id. */
export interface Subject {
  readonly kind: string
  readonly id: string
}

/** A row whose state the entry commits to, by table and primary key (all its columns, where there are several). */
export interface Seal {
  readonly table: string
  readonly id: string | readonly string[]
}

export interface AuditedAct {
  /** `noun.participle`, e.g. `agency.moved-in`. */
  readonly action: string
  readonly subject: Subject
  /** What else the trail must say. Account ids are the only personal data it may hold: nothing is ever erased here. */
  readonly detail?: Detail
  /** Rows that this transaction wrote, in the state it leaves them in. */
  readonly seals?: readonly Seal[]
}

/** What the ledger needs to know of the request that writes. */
export interface AuditContext {
  readonly actor: Actor
  readonly requestId: string
  readonly now: Date
  readonly today: CalendarDate
}

/** A document that becomes checkable by anybody who holds it: the entry carries its hash, not its text. */
export interface PublishedDocument {
  /** SHA-256 of the document's bytes, in hexadecimal. */
  readonly sha256: string
  readonly mediaType: string
  readonly title: string
}

/** Entries that anybody may read. */
export type OpenKind =
  | 'publication'
  | 'snapshot'
  | 'certificate'
  | 'draw'
  | 'award'
  | 'key'
  | 'witness'
  | 'cosignature'

/**
 * The body of an audit entry. The salt keeps the trail private: leaf hashes are public, and without it a short list of
 * accounts and actions could be tried against them.
 */
export function auditBody(act: AuditedAct, context: AuditContext, salt: string): Detail {
  return {
    kind: 'audit',
    action: act.action,
    subject: { kind: act.subject.kind, id: act.subject.id },
    detail: act.detail,
    actor: actorOf(context.actor),
    at: context.now.toISOString(),
    day: context.today,
    request: context.requestId,
    salt,
  }
}

function actorOf(actor: Actor): Detail {
  if (actor.kind === 'account')
    return { kind: 'account', account: actor.accountId, roles: [...actor.roles].sort() }
  if (actor.kind === 'system') return { kind: 'system', job: actor.job }
  return { kind: 'visitor' }
}

/**
 * The canonical text around a `seals` member that only the database can write, since the digests are computed there.
 * `mark` must occur nowhere else as a member value; the salt of the entry serves.
 */
export function aroundSeals(body: Detail, mark: string): { head: string; tail: string } {
  const place = `"seals":"${mark}"`
  const text = canonicalJson({ ...body, seals: mark })
  const at = text.indexOf(place)
  return { head: text.slice(0, at + '"seals":'.length), tail: text.slice(at + place.length) }
}

/** What an entry says about itself. A body that is not ours any more says nothing. */
export interface EntryHead {
  readonly kind: string
  readonly action: string
  readonly at: string
  readonly subject: Subject | undefined
  readonly accountId: string | undefined
}

export function readEntry(body: string): EntryHead | undefined {
  const value = parseObject(body)
  if (typeof value?.['kind'] !== 'string') return undefined
  const subject = asObject(value['subject'])
  const account = asObject(value['actor'])?.['account']
  return {
    kind: value['kind'],
    action: textOr(value['action'], value['kind']),
    at: textOr(value['at'], ''),
    subject: subject ? { kind: textOr(subject['kind'], ''), id: textOr(subject['id'], '') } : undefined,
    accountId: typeof account === 'string' ? account : undefined,
  }
}

/** The digests an entry commits to: by table, by row; null for a row that is gone. */
export function readSeals(body: string): { table: string; row: string; digest: string | null }[] {
  const seals = asObject(parseObject(body)?.['seals'])
  return Object.entries(seals ?? {}).flatMap(([table, rows]) =>
    Object.entries(asObject(rows) ?? {}).map(([row, digest]) => ({
      table,
      row,
      digest: typeof digest === 'string' ? digest : null,
    })),
  )
}

/** Anybody reads what was published; the audit trail is for staff, and for the account that acted. */
export function mayReadBody(
  entry: EntryHead | undefined,
  reader: { staff: boolean; accountId?: string | undefined },
): boolean {
  if (!entry || entry.kind !== 'audit') return true
  return reader.staff || (entry.accountId !== undefined && entry.accountId === reader.accountId)
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
