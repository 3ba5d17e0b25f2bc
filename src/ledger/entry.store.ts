import { sql } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { Hash } from './tree.rules.ts'

export interface NumberedEntry {
  readonly index: number
  readonly body: string
  readonly leafHash: Hash
}

export async function findEntry(db: Db, index: number): Promise<NumberedEntry | undefined> {
  const { rows } = await sql<NumberedEntry>`
    select l.tree_index as index, e.body, e.leaf_hash
    from ledger_leaf l join ledger_entry e on e.id = l.entry_id where l.tree_index = ${index}`.execute(db)
  return rows[0]
}

/** The number of the entry that a receipt names: `waiting` when it has none yet, undefined when there is no such entry. */
export async function findIndexOfReceipt(db: Db, entryId: string): Promise<number | 'waiting' | undefined> {
  const { rows } = await sql<{ index: number | null }>`
    select l.tree_index as index from ledger_entry e left join ledger_leaf l on l.entry_id = e.id
    where e.id = ${entryId}`.execute(db)
  return rows[0] && (rows[0].index ?? 'waiting')
}

export interface EntryFilter {
  readonly kind?: string | undefined
  readonly subject?: { readonly kind: string; readonly id: string } | undefined
}

/** Entries below the number `before`, newest first. */
export async function listEntries(
  db: Db,
  filter: EntryFilter,
  before: number,
  limit: number,
): Promise<NumberedEntry[]> {
  const { rows } = await sql<NumberedEntry>`
    select l.tree_index as index, e.body, e.leaf_hash
    from ledger_leaf l join ledger_entry e on e.id = l.entry_id
    where l.tree_index < ${before} and ${matches(filter)}
    order by l.tree_index desc limit ${limit}`.execute(db)
  return rows
}

export async function countEntries(db: Db, filter: EntryFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ledger_leaf l join ledger_entry e on e.id = l.entry_id
    where ${matches(filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

function matches({ kind, subject }: EntryFilter) {
  const ofSubject = subject ? sql`e.body::jsonb -> 'subject' = ${JSON.stringify(subject)}::jsonb` : sql`true`
  if (kind === undefined) return ofSubject
  if (kind === 'audit') return sql`e.body::jsonb ->> 'kind' = 'audit' and ${ofSubject}`
  // The second condition is what the index of open entries is built on.
  return sql`e.body::jsonb ->> 'kind' = ${kind} and e.body::jsonb ->> 'kind' <> 'audit' and ${ofSubject}`
}
