/** What a verification reads, in pieces large enough that a million entries are a few hundred answers. */
import { sql } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { Tile } from './tile.rules.ts'
import type { Hash } from './tree.rules.ts'

/** An entry as stored; `body` is undefined when the row is gone, `leafHash` when its place in the tree is. */
export interface StoredEntry {
  readonly body: string | undefined
  readonly leafHash: Hash | undefined
}

/** Canonical JSON escapes control characters, so this one stands in no body that the platform wrote. */
const separator = '\u001e'

/** The entries numbered `from` up to, not including, `to`; one for each number, whatever is stored. */
export async function readEntries(db: Db, from: number, to: number): Promise<StoredEntry[]> {
  // One text and one run of hashes instead of a row each: reading rows one by one costs more than hashing them.
  const { rows } = await sql<{ count: number; bodies: string | null; hashes: Buffer | null }>`
    select count(e.id) as count, string_agg(e.body, ${separator} order by l.tree_index) as bodies,
      string_agg(e.leaf_hash, ''::bytea order by l.tree_index) as hashes
    from ledger_leaf l join ledger_entry e on e.id = l.entry_id
    where l.tree_index >= ${from} and l.tree_index < ${to}`.execute(db)
  const { count = 0, bodies, hashes } = rows[0] ?? {}
  const texts = bodies?.split(separator) ?? []
  if (count !== to - from || texts.length !== count || !hashes) return readEntriesOneByOne(db, from, to)
  return texts.map((body, place) => ({ body, leafHash: hashes.subarray(place * 32, place * 32 + 32) }))
}

async function readEntriesOneByOne(db: Db, from: number, to: number): Promise<StoredEntry[]> {
  const { rows } = await sql<{ body: string | null; leafHash: Hash | null }>`
    select e.body, e.leaf_hash from generate_series(${from}::bigint, ${to - 1}::bigint) as n
    left join ledger_leaf l on l.tree_index = n left join ledger_entry e on e.id = l.entry_id
    order by n`.execute(db)
  return rows.map(({ body, leafHash }) => ({ body: body ?? undefined, leafHash: leafHash ?? undefined }))
}

export interface LedgerSize {
  /** One more than the highest number given. */
  readonly leaves: number
  readonly pending: number
  /** Stored entries that have neither a number nor a place in the queue: nothing in the platform leaves any. */
  readonly stray: number
}

export async function readSize(db: Db): Promise<LedgerSize> {
  const { rows } = await sql<LedgerSize>`
    select (select coalesce(max(tree_index) + 1, 0) from ledger_leaf) as leaves,
      (select count(*) from ledger_pending) as pending,
      (select count(*) from ledger_entry) - (select count(*) from ledger_leaf l where exists (
        select from ledger_entry e where e.id = l.entry_id)) - (select count(*) from ledger_pending p where exists (
        select from ledger_entry e where e.id = p.entry_id)) as stray`.execute(db)
  return rows[0]!
}

export async function readPending(db: Db): Promise<StoredEntry[]> {
  const { rows } = await sql<{ body: string | null; leafHash: Hash | null }>`
    select e.body, e.leaf_hash from ledger_pending p left join ledger_entry e on e.id = p.entry_id
    order by p.seq`.execute(db)
  return rows.map(({ body, leafHash }) => ({ body: body ?? undefined, leafHash: leafHash ?? undefined }))
}

/** Tiles of one level, from one index up to, not including, another. */
export async function readTiles(db: Db, level: number, from: number, to: number): Promise<Tile[]> {
  const { rows } = await sql<Tile>`
    select level, tile_index as index, hashes from ledger_tile
    where level = ${level} and tile_index >= ${from} and tile_index < ${to}`.execute(db)
  return rows
}

export async function countTiles(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger_tile`.execute(db)
  return rows[0]?.count ?? 0
}

export interface CheckpointRow {
  readonly treeSize: number
  readonly note: string
}

/** Checkpoints larger than `above` and not larger than `upTo`, smallest first. */
export async function readCheckpoints(db: Db, above: number, upTo: number): Promise<CheckpointRow[]> {
  const { rows } = await sql<CheckpointRow>`
    select tree_size, note from ledger_checkpoint
    where tree_size > ${above} and tree_size <= ${upTo} order by tree_size`.execute(db)
  return rows
}

export interface CosignatureRow {
  readonly treeSize: number
  readonly verifierKey: string
  readonly line: string
}

export async function readCosignatures(db: Db): Promise<CosignatureRow[]> {
  const { rows } = await sql<CosignatureRow>`
    select tree_size, verifier_key, line from ledger_cosignature order by tree_size, verifier_key`.execute(db)
  return rows
}

export interface SealRow {
  readonly tableName: string
  readonly rowId: string
  readonly digest: string | null
}

/** The index of latest seals, in pages after the last row seen. */
export async function* readSealIndex(db: Db, pageSize = 20_000): AsyncGenerator<SealRow[]> {
  let after: SealRow = { tableName: '', rowId: '', digest: null }
  for (;;) {
    const { rows } = await sql<SealRow>`
      select table_name, row_id, encode(digest, 'base64') as digest from row_seal
      where (table_name, row_id) > (${after.tableName}, ${after.rowId})
      order by table_name, row_id limit ${pageSize}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!
  }
}
