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
 * Writes the audit trail of one act, in the transaction that acts: one statement, and no lock that other writers would
 * wait for. The entry seals every row that the transaction has written in a sealed table (see the migration of that
 * name), and the rows that the act names beside them, as they stand at that moment; what is written after it is sealed
 * when the transaction commits. Large acts become several entries of 500 rows each; the first one's id is answered.
 */
export async function recordAudit(tx: Tx, context: AuditContext, act: AuditedAct): Promise<EntryId> {
  const salt = randomBytes(16).toString('base64')
  const { head, tail } = aroundSeals(auditBody(act, context, salt), salt)
  const entryId = await append(
    tx,
    await sealedEntry(tx, 'ledger_append_act', { head, tail }, act.seals ?? []),
  )
  markAudited(tx)
  return entryId
}

export interface BulkAct extends Omit<AuditedAct, 'seals'> {
  readonly table: string
  /** Which rows, as a condition on the table called `r`. Without it, all of them. */
  readonly where?: RawBuilder<boolean>
}

/** The audit trail of an act on many rows of one table, whether or not it is a sealed table. Answers how many rows. */
export async function sealRows(tx: Tx, context: AuditContext, act: BulkAct): Promise<number> {
  const key = await primaryKeyOf(tx, act.table)
  const salt = randomBytes(16).toString('base64')
  const { head, tail } = aroundSeals(auditBody(act, context, salt), salt)
  const { rows } = await sql<{ sealed: number }>`
    with written as (
      select ${act.table}::text as table_name, ${rowId(key)} as row_id, row_digest(r) as digest
      from ${sql.table(act.table)} r where ${act.where ?? sql<boolean>`true`}
    ), entry as (
      select count(*) as sealed, ledger_append_act(${head}, ${tail},
        coalesce(array_agg(table_name), '{}'), coalesce(array_agg(row_id), '{}'), coalesce(array_agg(digest), '{}')) as id
      from written
    )
    select sealed from entry where id is not null`.execute(tx)
  markAudited(tx)
  return rows[0]?.sealed ?? 0
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
  const mark = randomBytes(16).toString('base64')
  return seals.length === 0
    ? append(tx, plainEntry(body))
    : sealedEntry(tx, 'ledger_append_sealed', aroundSeals(body, mark), seals).then((entry) =>
        append(tx, entry),
      )
}

/** Every write of the platform comes through here: the statement goes to the database without being built anew. */
async function append(tx: Tx, { text, parameters }: Statement): Promise<EntryId> {
  const { rows } = await tx.executeQuery<{ id: EntryId }>(CompiledQuery.raw(text, [...parameters]))
  return rows[0]!.id
}

function plainEntry(body: Detail): Statement {
  const text = canonicalJson(body)
  return { text: 'select ledger_append($1, $2) as id', parameters: [text, leafHash(text)] }
}

async function sealedEntry(
  tx: Tx,
  procedure: 'ledger_append_act' | 'ledger_append_sealed',
  { head, tail }: { head: string; tail: string },
  seals: readonly Seal[],
): Promise<Statement> {
  if (seals.length === 0) {
    return { text: `select ${procedure}($1, $2, '{}', '{}', '{}') as id`, parameters: [head, tail] }
  }
  const digests = await digestsOf(tx, seals, 3)
  return {
    text: `select ${procedure}($1, $2, array_agg(w.table_name), array_agg(w.row_id), array_agg(w.digest)) as id
      from (${digests.text}) w`,
    parameters: [head, tail, ...digests.parameters],
  }
}
