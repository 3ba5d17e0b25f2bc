import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OperatorError } from '#platform/errors.ts'
import { newKey } from './keys.ts'
import {
  checkpointText,
  formatNote,
  formatVerifierKey,
  knownSignatures,
  parseNote,
  parseVerifierKey,
  signatureType,
  signNote,
  type SigningKey,
} from './note.rules.ts'
import { nodesOfTiles, TileWriter } from './tile.rules.ts'
import { consistencyRanges, Frontier, leafHash, rangeRoot, treeRoot } from './tree.rules.ts'
import { runWitness, runWitnessKey } from './witness.command.ts'
import { formatWitnessRequest } from './witness.rules.ts'

const log = newKey('log.test/one', signatureType.log)
const logKey = formatVerifierKey(log)
const now = new Date('2026-11-22T04:00:00Z')

/** A log whose entries are `0`, `1`, …, or those of a forged branch from some entry on. */
function requestOf(
  old: number,
  size: number,
  forgedFrom = Number.POSITIVE_INFINITY,
  ...keys: SigningKey[]
): string {
  const signers = keys.length > 0 ? keys : [log]
  const frontier = new Frontier()
  const writer = new TileWriter([])
  for (let entry = 0; entry < size; entry++)
    frontier.add(leafHash(entry < forgedFrom ? `${entry}` : `x${entry}`), writer.add)
  const node = nodesOfTiles(writer.tiles())
  const text = checkpointText({ origin: signers[0]!.name, size, root: treeRoot(size, node) })
  const hashes = consistencyRanges(old, size).map((range) => rangeRoot(range, node))
  return formatWitnessRequest({
    old,
    hashes,
    note: formatNote({ text, signatures: signers.map((key) => signNote(text, key)) }),
  })
}

let folder: string
let key: string
let printed: string[]
const terminal = { say: () => {}, print: (line: string) => void printed.push(line) }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiyuan-witness-'))
  key = join(folder, 'witness.pem')
  printed = []
  await runWitnessKey({ name: 'witness.test/w1', out: key }, terminal)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function witness(request: string, given: string | null = logKey): Promise<string> {
  const checkpoint = join(folder, 'request.txt')
  const out = join(folder, 'cosigned.txt')
  await writeFile(checkpoint, request)
  await runWitness({ key, checkpoint, out, logKey: given ?? undefined }, terminal, now)
  return readFile(out, 'utf8')
}

test('[F107] a witness’s private key is a file that only its owner reads, and is never overwritten', async () => {
  expect((await stat(key)).mode & 0o777).toBe(0o600)
  expect(parseVerifierKey(printed[0]!)).toMatchObject({
    name: 'witness.test/w1',
    type: signatureType.witness,
  })
  await expect(runWitnessKey({ name: 'witness.test/w1', out: key }, terminal)).rejects.toThrow(
    'exists already',
  )
})

test('[F107] a witness signs what continues what it saw, offline, and says when', async () => {
  await witness(requestOf(0, 3))
  const note = await witness(requestOf(3, 300), null)
  const known = knownSignatures(parseNote(note), [log, parseVerifierKey(printed[0]!)])
  expect(known.map(({ key }) => key.name)).toEqual([log.name, 'witness.test/w1'])
  expect(known[1]?.at).toEqual(now)
})

test('[F107] a witness may sign the same checkpoint again', async () => {
  await witness(requestOf(0, 3))
  await expect(witness(requestOf(0, 3))).resolves.toContain('witness.test/w1')
})

test.for<[string, () => Promise<unknown>, RegExp]>([
  ['a log that rewrote its past', () => witness(requestOf(7, 300, 2)), /rewritten/],
  ['another log of the same length', () => witness(requestOf(7, 7, 2)), /rewritten/],
  ['a shorter log', () => witness(requestOf(3, 5)), /last saw 7/],
  ['a proof from elsewhere', () => witness(requestOf(3, 300)), /last saw 7/],
  [
    'a checkpoint of another key',
    () => witness(requestOf(7, 9, undefined, newKey('log.test/one', signatureType.log))),
    /did not sign/,
  ],
  [
    'a checkpoint of another log',
    () => witness(requestOf(7, 9, undefined, newKey('log.test/two', signatureType.log))),
    /log\.test\/two/,
  ],
  ['nothing legible', () => witness('old x\n\n'), /not a request/],
  [
    'a log whose key was exchanged',
    () => witness(requestOf(7, 9), formatVerifierKey(newKey('log.test/one', signatureType.log))),
    /did not sign/,
  ],
])('[F107] a witness does not sign for %s, and forgets nothing', async ([, attempt, reason]) => {
  await witness(requestOf(0, 7))
  const memory = await readFile(`${key}.seen.json`, 'utf8')
  await expect(attempt()).rejects.toThrow(OperatorError)
  await expect(attempt()).rejects.toThrow(reason)
  expect(await readFile(`${key}.seen.json`, 'utf8')).toBe(memory)
})

test('[F107] a witness follows a change of the log’s key through the checkpoint that both keys signed', async () => {
  const next = newKey(log.name, signatureType.log)
  await witness(requestOf(0, 7))
  await expect(witness(requestOf(7, 9, undefined, next), formatVerifierKey(next))).rejects.toThrow(
    /did not sign/,
  )
  await witness(requestOf(7, 9, undefined, next, log), formatVerifierKey(next))
  await expect(witness(requestOf(9, 12, undefined, next), null)).resolves.toContain('witness.test/w1')
  await expect(witness(requestOf(12, 13), null)).rejects.toThrow(/did not sign/)
})

test('[F107] a witness whose memory is damaged does not guess', async () => {
  await witness(requestOf(0, 7))
  await writeFile(`${key}.seen.json`, '{"size": 7}')
  await expect(witness(requestOf(7, 9))).rejects.toThrow('must not be guessed')
})
