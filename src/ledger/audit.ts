import { randomBytes } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { markAudited, type Tx } from '#platform/database.ts'
import { canonicalJson } from './canonical.rules.ts'
import {
  aroundSeals,
  auditBody,
  type AuditContext,
  type AuditedAct,
  type Detail,
  type OpenKind,
  type PublishedDocument,
  type Seal,
  type Subject,
} from './entry.rules.ts'
import { digestsOf, primaryKeyOf, rowId } from './seal.store.ts'
import { leafHash } from './tree.rules.ts'

/** The id of an entry: stands on receipts, and finds the entry before it has its number in the log. */
export type EntryId = string

/**
 * Writes the audit trail of one act, in the transaction that acts. Call it last: the seals are of the rows as they
 * stand at that moment. One statement, and no lock that other writers would wait for.
 */
export async function recordAudit(tx: Tx, context: AuditContext, act: AuditedAct): Promise<EntryId> {
  const salt = randomBytes(16).toString('base64')
  const entryId = await recordEntry(tx, auditBody(act, context, salt), act.seals ?? [], salt)
  markAudited(tx)
  return entryId
}

export interface BulkAct extends Omit<AuditedAct, 'seals'> {
  readonly table: string
  /** Which rows, as a condition on the table called `r`. Without it, all of them. */
  readonly where?: RawBuilder<boolean>
}

/** Digests in one entry: few enough that an entry is still read by a person, many enough for large imports. */
const rowsPerEntry = 500

/**
 * The audit trail of an act on many rows of one table: an entry for every 500 rows, in one statement.
 * Answers how many rows it sealed; no rows leave one entry without seals, since the act happened.
 */
export async function sealRows(tx: Tx, context: AuditContext, act: BulkAct): Promise<number> {
  const key = await primaryKeyOf(tx, act.table)
  const salt = randomBytes(16).toString('base64')
  const { head, tail } = aroundSeals(auditBody(act, context, salt), salt)
  const opening = `${head}{${JSON.stringify(act.table)}:{`
  const { rows } = await sql<{ sealed: number }>`
    with written as materialized (
      select ${rowId(key)} as row_id, row_digest(r) as digest,
        (row_number() over (order by ${rowId(key)} collate "C") - 1) / ${sql.lit(rowsPerEntry)} as chunk
      from ${sql.table(act.table)} r where ${act.where ?? sql<boolean>`true`}
    ), chunk as materialized (
      select uuidv7() as id, chunk, ${opening}::text || ${members} || ${`}}${tail}`}::text as body
      from written group by chunk
    ), entry as (
      insert into ledger_entry (id, body, leaf_hash) select id, body, ${leafHashOf(sql`body`)} from chunk
    ), pending as (
      insert into ledger_pending (entry_id) select id from chunk order by chunk
    ), seal as (
      insert into row_seal (table_name, row_id, entry_id, digest)
      select ${act.table}::text, w.row_id, c.id, w.digest from written w join chunk c using (chunk)
      on conflict (table_name, row_id) do update set entry_id = excluded.entry_id, digest = excluded.digest
    )
    select count(*) as sealed from written`.execute(tx)
  const sealed = rows[0]?.sealed ?? 0
  if (sealed === 0) await recordEntry(tx, auditBody(act, context, salt), [], salt)
  markAudited(tx)
  return sealed
}

export interface OpenAct {
  readonly kind: OpenKind
  readonly action: string
  readonly subject: Subject
  readonly document?: PublishedDocument
  readonly detail?: Detail
  readonly seals?: readonly Seal[]
}

/**
 * Commits to something that anybody may check: a publication, a snapshot, a draw, a certificate. Its body is public and
 * does not say who acted; that is said by the audit entry which the same transaction must write beside it.
 */
export function recordOpenEntry(tx: Tx, context: Pick<AuditContext, 'now' | 'today'>, act: OpenAct): Promise<EntryId> {
  const { seals = [], document, ...rest } = act
  const body: Detail = {
    ...rest,
    subject: { ...act.subject },
    document: document && { ...document },
    at: context.now.toISOString(),
    day: context.today,
  }
  return recordEntry(tx, body, seals, randomBytes(16).toString('base64'))
}

async function recordEntry(tx: Tx, body: Detail, seals: readonly Seal[], mark: string): Promise<EntryId> {
  const { rows } = await (seals.length === 0 ? plainEntry(body) : await sealedEntry(tx, body, seals, mark)).execute(tx)
  return rows[0]!.id
}

function plainEntry(body: Detail): RawBuilder<{ id: EntryId }> {
  const text = canonicalJson(body)
  return sql<{ id: EntryId }>`
    with entry as (insert into ledger_entry (body, leaf_hash) values (${text}, ${leafHash(text)}) returning id)
    insert into ledger_pending (entry_id) select id from entry returning entry_id as id`
}

async function sealedEntry(tx: Tx, body: Detail, seals: readonly Seal[], mark: string): Promise<RawBuilder<{ id: EntryId }>> {
  const { head, tail } = aroundSeals(body, mark)
  return sql<{ id: EntryId }>`
    with written as materialized (${await digestsOf(tx, seals)}
    ), sealed_table as (
      select to_json(table_name)::text || ':{' || ${members} || '}' as member, table_name from written group by table_name
    ), text as materialized (
      select ${`${head}{`}::text || string_agg(member, ',' order by table_name collate "C") || ${`}${tail}`}::text as body
      from sealed_table
    ), entry as (
      insert into ledger_entry (body, leaf_hash) select body, ${leafHashOf(sql`body`)} from text returning id
    ), seal as (
      insert into row_seal (table_name, row_id, entry_id, digest)
      select w.table_name, w.row_id, entry.id, w.digest from written w, entry
      on conflict (table_name, row_id) do update set entry_id = excluded.entry_id, digest = excluded.digest
    )
    insert into ledger_pending (entry_id) select id from entry returning entry_id as id`
}

/** The canonical members of a seals object, from the rows of `written`. */
const members = sql`string_agg(
  to_json(row_id)::text || ':' || coalesce('"' || encode(digest, 'base64') || '"', 'null'),
  ',' order by row_id collate "C")`

function leafHashOf(body: RawBuilder<unknown>) {
  return sql`sha256('\\x00'::bytea || convert_to(${body}, 'UTF8'))`
}
