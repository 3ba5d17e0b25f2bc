import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { maskAllBut, ownFields, revealableFields, type MaskedKind, type RecordTies } from './mask.rules.ts'
import { listMembershipsOf } from './member.store.ts'
import { insertReading, type SubjectKind } from './reading.store.ts'

export interface PersonalReading<K extends MaskedKind, R extends object> {
  kind: K
  record: R
  /** The id of the record read, as its room knows it. */
  recordId: string
  /** Whose data it is: they will see this reading. */
  subject: { kind: SubjectKind; id: string }
  ties?: RecordTies
  /** Undefined when the caller stated none: then the record comes masked and nothing is logged. */
  purpose: string | undefined
}

export interface LoggedReading {
  readonly kind: string
  readonly recordId: string
  readonly subject: { readonly kind: SubjectKind; readonly id: string }
  readonly purpose: string
}

/**
 * The one way to plain personal data of somebody else: the caller states a purpose, sees the fields that their role
 * or relation allows, and the reading is written to the read log and the ledger in the transaction that reads.
 * Answers which fields came out plain; none when nothing was revealed.
 */
export async function readPersonalData<K extends MaskedKind, R extends object>(
  context: Context,
  reading: PersonalReading<K, R>,
): Promise<{ record: R; plain: readonly string[] }> {
  const { kind, record, ties = {}, purpose } = reading
  const own = ownFields(kind, context.actor, ties)
  const asked = revealableFields(kind, context.actor, ties).filter(
    (field) => !own.includes(field) && isFilled(record, field),
  )
  const plain = purpose === undefined ? own : [...own, ...asked]
  if (purpose !== undefined && asked.length > 0) {
    await context.write((tx) => logReading(tx, context, { ...reading, purpose }, asked))
  }
  return { record: maskAllBut(kind, record, plain), plain: plain.filter((field) => isFilled(record, field)) }
}

function isFilled(record: object, field: string): boolean {
  const value: unknown = Reflect.get(record, field)
  return value !== undefined && value !== null
}

/** What was read in clear of a record whose fields another room knows; the person sees it in their list of readings. */
export async function logReading(
  tx: Tx,
  context: Context,
  { kind, recordId, subject, purpose }: LoggedReading,
  fields: readonly string[],
): Promise<void> {
  const { actor, requestId, now, today } = context
  if (actor.kind !== 'account') return
  const [membership] = await listMembershipsOf(tx, actor.accountId, today)
  const id = await insertReading(tx, {
    readerId: actor.accountId,
    readerName: actor.name,
    readerRoles: [...actor.roles],
    readerOrganisation: membership?.organisationName ?? null,
    subjectKind: subject.kind,
    subjectId: subject.id,
    recordKind: kind,
    recordId,
    fields: [...fields],
    purpose,
    requestId,
    readAt: now,
  })
  await recordAudit(tx, context, {
    action: 'personal-data.read',
    subject,
    detail: { record: kind, fields: [...fields] },
    seals: [{ table: 'read_log', id }],
  })
}
