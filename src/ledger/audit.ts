import { randomBytes } from 'node:crypto'
import { CompiledQuery, sql, type RawBuilder } from 'kysely'
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
import { digestsOf, primaryKeyOf, rowId, type Statement } from './seal.store.ts'
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
  const { rows } = await sql<{ sealed: number }>`
    with written as (
      select ${rowId(key)} as row_id, row_digest(r) as digest,
        (row_number() over (order by ${rowId(key)} collate "C") - 1) / ${sql.lit(rowsPerEntry)} as chunk
      from ${sql.table(act.table)} r where ${act.where ?? sql<boolean>`true`}
    ), entry as (
      select count(*) as rows, ledger_append_sealed(${head}, ${tail},
        array_agg(${act.table}::text), array_agg(row_id), array_agg(digest)) as id
      from written group by chunk order by chunk
    )
    select coalesce(sum(rows), 0)::bigint as sealed from entry where id is not null`.execute(tx)
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
export function recordOpenEntry(
  tx: Tx,
  context: Pick<AuditContext, 'now' | 'today'>,
  act: OpenAct,
): Promise<EntryId> {
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
  const { text, parameters } =
    seals.length === 0 ? plainEntry(body) : await sealedEntry(tx, body, seals, mark)
  // Every write of the platform comes through here: the statement goes to the database without being built anew.
  const { rows } = await tx.executeQuery<{ id: EntryId }>(CompiledQuery.raw(text, [...parameters]))
  return rows[0]!.id
}

function plainEntry(body: Detail): Statement {
  const text = canonicalJson(body)
  return { text: 'select ledger_append($1, $2) as id', parameters: [text, leafHash(text)] }
}

async function sealedEntry(tx: Tx, body: Detail, seals: readonly Seal[], mark: string): Promise<Statement> {
  const { head, tail } = aroundSeals(body, mark)
  const digests = await digestsOf(tx, seals, 3)
  return {
    text: `select ledger_append_sealed($1, $2, array_agg(w.table_name), array_agg(w.row_id), array_agg(w.digest)) as id
      from (${digests.text}) w`,
    parameters: [head, tail, ...digests.parameters],
  }
}
