/**
 * The stored form of the tree, after C2SP tlog-tiles: a tile holds up to 256 sibling hashes, so that a million entries
 * are four thousand rows, and any proof reads a handful of them.
 */
import { nodeHash, type Hash, type NodeLookup, type Range } from './tree.rules.ts'

export const tileHeight = 8
const tileWidth = 2 ** tileHeight
const hashLength = 32

export type TileKey = { level: number; index: number }
export type Tile = TileKey & { hashes: Buffer }

export function tileName({ level, index }: TileKey): string {
  return `${level}/${index}`
}

/** The tiles at the right edge that a tree of `size` has begun and not filled. */
export function edgeTiles(size: number): TileKey[] {
  const keys: TileKey[] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth !== 0) keys.push({ level, index: Math.floor(count / tileWidth) })
  }
  return keys
}

/** The tiles needed to compute the roots of these ranges. */
export function tilesOfRanges(ranges: readonly Range[]): TileKey[] {
  const keys = new Map<string, TileKey>()
  const visit: NodeLookup = (level, index) => {
    const key = tileOfNode(level, index)
    keys.set(tileName(key), key)
    return placeholder
  }
  for (const range of ranges) visitNodes(range, visit)
  return [...keys.values()]
}

const placeholder = Buffer.alloc(hashLength)

function visitNodes({ start, end }: Range, visit: NodeLookup): void {
  for (let at = start; at < end;) {
    let [level, count] = [0, 1]
    while (at % (count * 2) === 0 && at + count * 2 <= end) {
      level += 1
      count *= 2
    }
    visit(level, at / count)
    at += count
  }
}

/** Nodes computed from tiles. Throws when a tile is missing or too short: then the stored tree is damaged. */
export function nodesOfTiles(tiles: Iterable<Tile>): NodeLookup {
  const byName = new Map<string, Buffer>()
  for (const tile of tiles) byName.set(tileName(tile), tile.hashes)
  return (level, index) => {
    const key = tileOfNode(level, index)
    const hashes = byName.get(tileName(key))
    const count = 2 ** (level - key.level * tileHeight)
    const first = index * count - key.index * tileWidth
    if (!hashes || hashes.length < (first + count) * hashLength) {
      throw new MissingNode(`tile ${tileName(key)} does not hold node ${level}/${index}`)
    }
    return subtreeRoot(hashes, first, count)
  }
}

/** The stored tree lacks a node that its size says it has. */
class MissingNode extends Error {
  override name = 'MissingNode'
}

function tileOfNode(level: number, index: number): TileKey {
  const tileLevel = Math.floor(level / tileHeight)
  const within = level - tileLevel * tileHeight
  return { level: tileLevel, index: Math.floor((index * 2 ** within) / tileWidth) }
}

function subtreeRoot(hashes: Buffer, first: number, count: number): Hash {
  if (count === 1) return hashes.subarray(first * hashLength, (first + 1) * hashLength)
  const half = count / 2
  return nodeHash(subtreeRoot(hashes, first, half), subtreeRoot(hashes, first + half, half))
}

/** Collects new nodes into tiles, beginning with the unfilled tiles of the edge. */
export class TileWriter {
  #tiles = new Map<string, { key: TileKey; parts: Buffer[] }>()

  constructor(edge: Iterable<Tile>) {
    for (const { level, index, hashes } of edge) {
      this.#tiles.set(tileName({ level, index }), { key: { level, index }, parts: [hashes] })
    }
  }

  /** To be given to `Frontier.add`. Nodes between two tile levels are not stored, they are computed when asked for. */
  add = (level: number, index: number, hash: Hash): void => {
    if (level % tileHeight !== 0) return
    const key = tileOfNode(level, index)
    const tile = this.#tiles.get(tileName(key))
    if (tile) tile.parts.push(hash)
    else this.#tiles.set(tileName(key), { key, parts: [hash] })
  }

  tiles(): Tile[] {
    return [...this.#tiles.values()].map(({ key, parts }) => ({ ...key, hashes: Buffer.concat(parts) }))
  }
}
