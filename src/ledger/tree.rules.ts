/**
 * The Merkle tree of RFC 6962, section 2.1: hashes, and inclusion and consistency proofs with their verification.
 * Sizes and indexes are plain numbers, exact up to 2^53 entries.
 */
import { hash } from 'node:crypto'

/** A SHA-256 hash: 32 bytes. */
export type Hash = Buffer

/** The entries from `start` up to, not including, `end`. */
export type Range = { start: number; end: number }

/** The root of the complete subtree of 2^level entries that begins at entry index × 2^level. */
export type NodeLookup = (level: number, index: number) => Hash

/** The root of a tree without entries is the hash of nothing. */
export const emptyRoot: Hash = sha256(Buffer.alloc(0))

export function sha256(data: string | Uint8Array): Hash {
  return hash('sha256', data, 'buffer')
}

/** SHA-256(0x00 ‖ content). The prefix keeps a leaf from ever being passed off as an inner node. */
export function leafHash(content: string | Uint8Array): Hash {
  if (typeof content === 'string') return sha256(`\0${content}`)
  return sha256(Buffer.concat([Buffer.of(0), content]))
}

const nodeInput = Buffer.alloc(65, 1)

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  // One shared input buffer: a verification of a million entries calls this a million times.
  left.copy(nodeInput, 1)
  right.copy(nodeInput, 33)
  return sha256(nodeInput)
}

/** The root of any range that RFC 6962 splits off: complete subtrees joined along the right edge. */
export function rangeRoot({ start, end }: Range, node: NodeLookup): Hash {
  const count = end - start
  if (count === 0) return emptyRoot
  const half = largestPowerBelow(count)
  if (half * 2 === count || count === 1) return node(Math.log2(count), start / count)
  const split = start + half
  return nodeHash(rangeRoot({ start, end: split }, node), rangeRoot({ start: split, end }, node))
}

export function treeRoot(size: number, node: NodeLookup): Hash {
  return rangeRoot({ start: 0, end: size }, node)
}

/** The ranges whose roots prove that the entry at `index` is in the tree of `size`, from the leaf upwards. */
export function inclusionRanges(index: number, size: number): Range[] {
  requireWhole(index, size)
  if (index >= size) throw new RangeError(`entry ${index} is not in a tree of ${size}`)
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const split = start + largestPowerBelow(end - start)
    if (index < split) {
      path.push({ start: split, end })
      end = split
    } else {
      path.push({ start, end: split })
      start = split
    }
  }
  return path.toReversed()
}

/** The ranges whose roots prove that the tree of `from` entries is the beginning of the tree of `size`. */
export function consistencyRanges(from: number, size: number): Range[] {
  requireWhole(from, size)
  if (from > size) throw new RangeError(`a tree of ${size} cannot contain one of ${from}`)
  if (from === 0) return []
  const path: Range[] = []
  let [start, end] = [0, size]
  while (from !== end) {
    const split = start + largestPowerBelow(end - start)
    if (from <= split) {
      path.push({ start: split, end })
      end = split
    } else {
      path.push({ start, end: split })
      start = split
    }
  }
  // When the old tree is itself a complete subtree, its root is known to the verifier and left out.
  if (start !== 0) path.push({ start, end })
  return path.toReversed()
}

/** True when `hashes` lead from the leaf at `index` to the root of a tree of `size`. */
export function verifyInclusion(
  proof: { leaf: Hash; index: number; size: number; hashes: readonly Hash[] },
  root: Hash,
): boolean {
  const { leaf, index, size, hashes } = proof
  if (!isPosition(index) || !isPosition(size) || index >= size) return false
  const ranges = inclusionRanges(index, size)
  if (!sameLength(ranges, hashes)) return false
  const reached = ranges.reduce((below, range, step) => {
    const sibling = hashes[step]!
    return range.start > index ? nodeHash(below, sibling) : nodeHash(sibling, below)
  }, leaf)
  return reached.equals(root)
}

/** True when `hashes` show that the tree with `fromRoot` is the beginning of the tree with `root`. */
export function verifyConsistency(
  proof: { from: number; size: number; hashes: readonly Hash[] },
  fromRoot: Hash,
  root: Hash,
): boolean {
  const { from, size, hashes } = proof
  if (!isPosition(from) || !isPosition(size) || from > size) return false
  if (from === 0) return hashes.length === 0 && fromRoot.equals(emptyRoot)
  const ranges = consistencyRanges(from, size)
  if (!sameLength(ranges, hashes)) return false
  const startsWithOldRoot = ranges.length === 0 || ranges[0]!.start === from
  let older = startsWithOldRoot ? fromRoot : hashes[0]!
  let newer = older
  for (let step = startsWithOldRoot ? 0 : 1; step < ranges.length; step++) {
    const sibling = hashes[step]!
    if (ranges[step]!.start >= from) {
      newer = nodeHash(newer, sibling)
    } else {
      older = nodeHash(sibling, older)
      newer = nodeHash(sibling, newer)
    }
  }
  return older.equals(fromRoot) && newer.equals(root)
}

/**
 * The right edge of a growing tree: one root for every complete subtree, largest first. Enough to add entries and to
 * tell the root, in O(log n) memory.
 */
export class Frontier {
  #peaks: { level: number; hash: Hash }[]
  #size: number

  constructor(size = 0, node?: NodeLookup) {
    this.#size = size
    this.#peaks = []
    let start = 0
    while (start < size) {
      const left = size - start
      const count = largestPowerBelow(left + 1)
      const level = Math.log2(count)
      if (!node)
        throw new RangeError('a frontier that does not start empty needs the nodes it continues from')
      this.#peaks.push({ level, hash: node(level, start / count) })
      start += count
    }
  }

  get size(): number {
    return this.#size
  }

  copy(): Frontier {
    const copy = new Frontier()
    copy.#peaks = [...this.#peaks]
    copy.#size = this.#size
    return copy
  }

  /** Adds one leaf; `completed` hears of every subtree that is complete with it, the leaf itself included. */
  add(leaf: Hash, completed?: (level: number, index: number, hash: Hash) => void): void {
    let level = 0
    let hash = leaf
    let index = this.#size
    completed?.(level, index, hash)
    while (index % 2 === 1) {
      hash = nodeHash(this.#peaks.pop()!.hash, hash)
      level += 1
      index = (index - 1) / 2
      completed?.(level, index, hash)
    }
    this.#peaks.push({ level, hash })
    this.#size += 1
  }

  root(): Hash {
    let root = this.#peaks.at(-1)?.hash
    if (!root) return emptyRoot
    for (let peak = this.#peaks.length - 2; peak >= 0; peak--) root = nodeHash(this.#peaks[peak]!.hash, root)
    return root
  }
}

/** The largest power of two that is smaller than `count`, and 1 for 1. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function isPosition(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function requireWhole(...values: number[]): void {
  for (const value of values)
    if (!isPosition(value)) throw new RangeError(`${value} is not a position in a tree`)
}

function sameLength(ranges: readonly Range[], hashes: readonly Hash[]): boolean {
  return ranges.length === hashes.length && hashes.every((hash) => hash.length === 32)
}
