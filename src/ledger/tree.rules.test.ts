import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodesOfTiles, TileWriter, tilesOfRanges, tileName, edgeTiles } from './tile.rules.ts'
import {
  consistencyRanges,
  emptyRoot,
  Frontier,
  inclusionRanges,
  leafHash,
  nodeHash,
  rangeRoot,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from './tree.rules.ts'

/** The inputs and roots that the Certificate Transparency implementations share as test vectors. */
const vectorLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const vectorRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** RFC 6962, 2.1, word by word: the definition that everything else is held against. */
function definition(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(definition(leaves.slice(0, split)), definition(leaves.slice(split)))
}

function treeOf(count: number) {
  const leaves = Array.from({ length: count }, (_, index) => leafHash(`entry ${index}`))
  const frontier = new Frontier()
  const writer = new TileWriter([])
  for (const leaf of leaves) frontier.add(leaf, writer.add)
  return { leaves, frontier, tiles: writer.tiles(), node: nodesOfTiles(writer.tiles()) }
}

test('[F107] the root of nothing is the hash of nothing', () => {
  expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(new Frontier().root()).toEqual(emptyRoot)
})

test('[F107] the roots of the Certificate Transparency vectors are reproduced', () => {
  const frontier = new Frontier()
  const roots = vectorLeaves.map((leaf) => {
    frontier.add(leafHash(Buffer.from(leaf, 'hex')))
    return frontier.root().toString('hex')
  })
  expect(roots).toEqual(vectorRoots)
})

test('a text and its bytes are the same leaf', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(leafHash(text)).toEqual(leafHash(Buffer.from(text)))
    }),
  )
})

test('the proofs of the Certificate Transparency vectors are reproduced', () => {
  const writer = new TileWriter([])
  const frontier = new Frontier()
  for (const leaf of vectorLeaves) frontier.add(leafHash(Buffer.from(leaf, 'hex')), writer.add)
  const node = nodesOfTiles(writer.tiles())
  const proof = (ranges: { start: number; end: number }[]) =>
    ranges.map((range) => rangeRoot(range, node).toString('hex'))
  expect(proof(inclusionRanges(0, 8))).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  expect(proof(consistencyRanges(6, 8))).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
})

test('[F107] every size has the root that RFC 6962 defines, grown at once or by parts, from tiles or from the edge', () => {
  fc.assert(
    fc.property(fc.nat(700), fc.nat(700), (first, second) => {
      const size = first + second
      const { leaves, frontier, node } = treeOf(size)
      const grown = new TileWriter(
        treeOf(first).tiles.filter((tile) =>
          edgeTiles(first).some((key) => tileName(key) === tileName(tile)),
        ),
      )
      const later = new Frontier(first, node)
      for (const leaf of leaves.slice(first)) later.add(leaf, grown.add)
      const root = definition(leaves)
      expect(frontier.root()).toEqual(root)
      expect(later.root()).toEqual(root)
      expect(treeRoot(size, node)).toEqual(root)
      const whole = new Map(treeOf(size).tiles.map((tile) => [tileName(tile), tile.hashes]))
      for (const tile of grown.tiles()) expect(tile.hashes).toEqual(whole.get(tileName(tile)))
    }),
    { numRuns: 40 },
  )
})

const position = fc
  .integer({ min: 1, max: 1200 })
  .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)))

test('[F107] every entry of a tree of any size is provable, and no flipped bit goes unseen', () => {
  const { leaves, node } = treeOf(1200)
  fc.assert(
    fc.property(position, fc.nat(), ([index, size], bit) => {
      const hashes = inclusionRanges(index, size).map((range) => rangeRoot(range, node))
      const root = treeRoot(size, node)
      const proof = { leaf: leaves[index]!, index, size, hashes }
      expect(verifyInclusion(proof, root)).toBe(true)
      expect(verifyInclusion(proof, flip(root, bit))).toBe(false)
      expect(verifyInclusion({ ...proof, leaf: flip(proof.leaf, bit) }, root)).toBe(false)
      expect(verifyInclusion({ ...proof, hashes: [...hashes, root] }, root)).toBe(false)
      if (hashes.length === 0) return
      const place = bit % hashes.length
      expect(verifyInclusion({ ...proof, hashes: hashes.with(place, flip(hashes[place]!, bit)) }, root)).toBe(
        false,
      )
      expect(verifyInclusion({ ...proof, hashes: hashes.slice(1) }, root)).toBe(false)
      // The same path at the neighbouring place must not pass: it would put the entry somewhere else.
      expect(verifyInclusion({ ...proof, index: index ^ 1 }, root)).toBe(false)
    }),
  )
})

test('[F107] every tree proves that it began as any of its past sizes, and no flipped bit goes unseen', () => {
  const { node } = treeOf(1200)
  fc.assert(
    fc.property(position, fc.nat(), ([before, size], bit) => {
      const from = before + 1
      const hashes = consistencyRanges(from, size).map((range) => rangeRoot(range, node))
      const [fromRoot, root] = [treeRoot(from, node), treeRoot(size, node)]
      expect(verifyConsistency({ from, size, hashes }, fromRoot, root)).toBe(true)
      expect(verifyConsistency({ from, size, hashes }, flip(fromRoot, bit), root)).toBe(false)
      expect(verifyConsistency({ from, size, hashes }, fromRoot, flip(root, bit))).toBe(false)
      if (hashes.length === 0) return
      const place = bit % hashes.length
      const damaged = hashes.with(place, flip(hashes[place]!, bit))
      expect(verifyConsistency({ from, size, hashes: damaged }, fromRoot, root)).toBe(false)
      expect(verifyConsistency({ from, size, hashes: hashes.slice(1) }, fromRoot, root)).toBe(false)
    }),
  )
})

test.for([
  [-1, 5],
  [5, 5],
  [1.5, 5],
  [0, 2 ** 60],
])('entry %d of %d is refused, not computed', ([index, size]) => {
  expect(() => inclusionRanges(index!, size!)).toThrow(RangeError)
  expect(verifyInclusion({ leaf: emptyRoot, index: index!, size: size!, hashes: [] }, emptyRoot)).toBe(false)
})

test('a proof over a million entries reads a handful of tiles', () => {
  expect(tilesOfRanges(inclusionRanges(123_456, 1_000_000)).length).toBeLessThan(8)
  expect(tilesOfRanges(consistencyRanges(123_456, 1_000_000)).length).toBeLessThan(8)
})

function flip(hash: Hash, bit: number): Hash {
  const damaged = Buffer.from(hash)
  const at = bit % 256
  damaged[at >> 3] = damaged[at >> 3]! ^ (1 << (at & 7))
  return damaged
}
