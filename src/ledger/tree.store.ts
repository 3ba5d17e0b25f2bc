import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import { edgeTiles, nodesOfTiles, tilesOfRanges, type Tile, type TileKey } from './tile.rules.ts'
import {
  consistencyRanges,
  inclusionRanges,
  rangeRoot,
  type Hash,
  type NodeLookup,
  type Range,
} from './tree.rules.ts'

/** How many entries have their place in the tree. */
export async function treeSize(db: Db): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(max(tree_index) + 1, 0) as size from ledger_leaf`.execute(db)
  return rows[0]?.size ?? 0
}

async function loadTiles(db: Db, keys: readonly TileKey[]): Promise<Tile[]> {
  const { rows } = await sql<Tile>`
    select t.level, t.tile_index as index, t.hashes
    from unnest(${keys.map(({ level }) => level)}::smallint[], ${keys.map(({ index }) => index)}::bigint[]) k (level, tile_index)
    join ledger_tile t using (level, tile_index)`.execute(db)
  return rows
}

export async function saveTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  await sql`
    insert into ledger_tile (level, tile_index, hashes)
    select * from unnest(${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
      ${tiles.map(({ hashes }) => hashes)}::bytea[])
    on conflict (level, tile_index) do update set hashes = excluded.hashes`.execute(tx)
}

/** The unfilled tiles of a tree of `size`, and its nodes, for adding to it. */
export async function loadEdge(db: Db, size: number): Promise<{ tiles: Tile[]; node: NodeLookup }> {
  const ranges = size === 0 ? [] : [{ start: 0, end: size }]
  const tiles = await loadTiles(db, [...edgeTiles(size), ...tilesOfRanges(ranges)])
  const edge = new Set(edgeTiles(size).map(({ level, index }) => `${level}/${index}`))
  return {
    tiles: tiles.filter(({ level, index }) => edge.delete(`${level}/${index}`)),
    node: nodesOfTiles(tiles),
  }
}

export function inclusionProof(db: Db, index: number, size: number): Promise<Hash[]> {
  return rootsOf(db, inclusionRanges(index, size))
}

export function consistencyProof(db: Db, from: number, size: number): Promise<Hash[]> {
  return rootsOf(db, consistencyRanges(from, size))
}

async function rootsOf(db: Db, ranges: readonly Range[]): Promise<Hash[]> {
  const node = nodesOfTiles(await loadTiles(db, tilesOfRanges(ranges)))
  return ranges.map((range) => rangeRoot(range, node))
}

export interface PendingEntry {
  readonly entryId: string
  readonly leafHash: Hash
}

/**
 * Takes committed entries from the queue, oldest first. An entry that commits late is in the queue when it commits,
 * whatever number it drew, so that none is ever passed over.
 */
export async function takePending(tx: Tx, limit: number): Promise<PendingEntry[]> {
  const { rows } = await sql<PendingEntry>`
    with taken as (
      delete from ledger_pending where seq in (
        select p.seq from ledger_pending p join ledger_entry e on e.id = p.entry_id order by p.seq limit ${limit}
      ) returning seq, entry_id
    )
    select t.entry_id, e.leaf_hash from taken t join ledger_entry e on e.id = t.entry_id order by t.seq`.execute(
    tx,
  )
  return rows
}

/** Takes this one entry from the queue, before all others. */
export async function takeEntry(tx: Tx, entryId: string): Promise<PendingEntry[]> {
  const { rows } = await sql<PendingEntry>`
    with taken as (delete from ledger_pending where entry_id = ${entryId} returning entry_id)
    select t.entry_id, e.leaf_hash from taken t join ledger_entry e on e.id = t.entry_id`.execute(tx)
  return rows
}

export async function saveLeaves(tx: Tx, firstIndex: number, entryIds: readonly string[]): Promise<void> {
  await sql`
    insert into ledger_leaf (tree_index, entry_id)
    select ${firstIndex}::bigint + n - 1, id from unnest(${entryIds}::uuid[]) with ordinality as e (id, n)`.execute(
    tx,
  )
}
