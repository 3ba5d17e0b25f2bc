import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProofBundle } from '../contract.ts'
import { newKey } from '../keys.ts'
import {
  checkpointText,
  cosignNote,
  formatNote,
  formatVerifierKey,
  rawPublicKey,
  signatureType,
  signNote,
} from '../note.rules.ts'
import { nodesOfTiles, TileWriter } from '../tile.rules.ts'
import { consistencyRanges, Frontier, inclusionRanges, leafHash, rangeRoot, treeRoot } from '../tree.rules.ts'

interface Step {
  readonly state: 'good' | 'bad' | 'open'
  readonly code: string
}
interface Verifier {
  sha256(message: Uint8Array): Uint8Array
  sha512(message: Uint8Array): Uint8Array
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  check(
    bundle: unknown,
    options?: { trusted?: string[]; document?: Uint8Array; older?: unknown },
  ): { valid: boolean; steps: Step[] }
}

/** The very script that people get, without its page. */
const html = readFileSync(join(import.meta.dirname, 'verifier.html'), 'utf8')
const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? ''
const loaded: {
  verifier: Verifier
  words: Record<'zh' | 'en', { steps: Record<string, unknown> } & Record<string, unknown>>
} = runInThisContext(`${script}
;({ verifier: globalThis.zhiyuanVerifier, words: globalThis.zhiyuanVerifierWords })`)
const { verifier, words } = loaded

const log = newKey('log.test/one', signatureType.log)
const witness = newKey('witness.test/w1', signatureType.witness)
const documentText = '公示:第 1 号'
const bodies = Array.from({ length: 300 }, (_, index) =>
  JSON.stringify({
    action: 'sample.published',
    document: { sha256: sha256Hex(documentText) },
    subject: `${index}`,
  }),
)

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const frontier = new Frontier()
const writer = new TileWriter([])
for (const body of bodies) frontier.add(leafHash(body), writer.add)
const node = nodesOfTiles(writer.tiles())

function checkpointOf(size: number, key = log) {
  const text = checkpointText({ origin: key.name, size, root: treeRoot(size, node) })
  return formatNote({ text, signatures: [signNote(text, key), cosignNote(text, witness, 1_800_000_000)] })
}

function bundleOf(index: number, size: number): ProofBundle {
  return {
    format: 'zhiyuan-proof/1',
    entry: { index, leafHash: leafHash(bodies[index]!).toString('base64'), body: bodies[index]! },
    inclusion: {
      treeSize: size,
      hashes: inclusionRanges(index, size).map((range) => rangeRoot(range, node).toString('base64')),
    },
    checkpoint: checkpointOf(size),
    log: { origin: log.name, keys: [formatVerifierKey(log)] },
    witnesses: [formatVerifierKey(witness)],
  }
}

const codes = ({ steps }: { steps: Step[] }) => steps.map(({ code }) => code)

test('[F107] the verifier’s own SHA-2 is SHA-2', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      expect(Buffer.from(verifier.sha256(message))).toEqual(createHash('sha256').update(message).digest())
      expect(Buffer.from(verifier.sha512(message))).toEqual(createHash('sha512').update(message).digest())
    }),
    { numRuns: 60 },
  )
})

test('[F107] the verifier’s own Ed25519 accepts what was signed and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(511), (message, bit) => {
      const { privateKey } = generateKeyPairSync('ed25519')
      const publicKey = rawPublicKey(privateKey)
      const signature = sign(null, message, privateKey)
      expect(verifier.verifyEd25519(publicKey, message, signature)).toBe(true)
      const damaged = Buffer.from(signature)
      damaged[bit >> 3] = damaged[bit >> 3]! ^ (1 << (bit & 7))
      expect(verifier.verifyEd25519(publicKey, message, damaged)).toBe(false)
      expect(verifier.verifyEd25519(publicKey, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false)
      expect(verifier.verifyEd25519(randomBytes(32), message, signature)).toBe(false)
    }),
    { numRuns: 12 },
  )
})

test('[F107] the first vector of RFC 8032 verifies, and its malleable twin does not', () => {
  const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
  const signature = Buffer.from(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    'hex',
  )
  expect(verifier.verifyEd25519(publicKey, new Uint8Array(), signature)).toBe(true)
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString('hex')}`) + order
  const twin = Buffer.concat([
    signature.subarray(0, 32),
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex').toReversed(),
  ])
  expect(verifier.verifyEd25519(publicKey, new Uint8Array(), twin)).toBe(false)
})

test.for([
  [0, 1],
  [0, 300],
  [255, 256],
  [256, 300],
  [299, 300],
])('[F107] a proof of entry %d in %d is valid, with its document and its witness', ([index, size]) => {
  const result = verifier.check(bundleOf(index!, size!), { document: Buffer.from(documentText) })
  expect(result).toMatchObject({ valid: true })
  expect(codes(result)).toEqual(['content', 'document', 'included', 'signed', 'witnessed'])
})

const base = bundleOf(17, 300)
const flipped = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`)

test.for<[string, unknown, string]>([
  [
    'its content was changed',
    { ...base, entry: { ...base.entry, body: base.entry.body!.replace('sample', 'simple') } },
    'contentChanged',
  ],
  [
    'its hash was changed',
    { ...base, entry: { ...base.entry, leafHash: flipped(base.entry.leafHash) } },
    'contentChanged',
  ],
  ['its number was changed', { ...base, entry: { ...base.entry, index: 18 } }, 'notIncluded'],
  [
    'its path was changed',
    { ...base, inclusion: { ...base.inclusion, hashes: base.inclusion.hashes.map(flipped) } },
    'notIncluded',
  ],
  [
    'its size is not that of the checkpoint',
    { ...base, inclusion: { ...base.inclusion, treeSize: 299 } },
    'notIncluded',
  ],
  [
    'its checkpoint is of another size',
    { ...base, checkpoint: base.checkpoint.replace('\n300\n', '\n301\n') },
    'notIncluded',
  ],
  [
    'its checkpoint has no signature',
    { ...base, checkpoint: base.checkpoint.slice(0, base.checkpoint.indexOf('\n\n') + 2) },
    'note',
  ],
  [
    'another key signed',
    { ...base, checkpoint: checkpointOf(300, newKey('log.test/one', signatureType.log)) },
    'notSigned',
  ],
  ['a key was miscopied', { ...base, log: { ...base.log, keys: [flipped(formatVerifierKey(log))] } }, 'key'],
  ['it is something else', { hello: 1 }, 'format'],
  ['it is nothing', undefined, 'format'],
  ['it is half of itself', { format: 'zhiyuan-proof/1' }, 'format'],
])('[F107] a proof is not valid when %s', ([, bundle, code]) => {
  const result = verifier.check(bundle)
  expect(result.valid).toBe(false)
  expect(result.steps.find(({ state }) => state === 'bad')?.code).toBe(code)
})

test('[F107] a forged signature of the log or of a witness is named as such', () => {
  const lines = base.checkpoint.split('\n')
  for (const place of [4, 5]) {
    const forged = lines
      .with(place, `${lines[place]!.slice(0, -6)}${flipped(lines[place]!.slice(-6))}`)
      .join('\n')
    const result = verifier.check({ ...base, checkpoint: forged })
    expect(result.valid).toBe(false)
    expect(codes(result)).toContain('signatureWrong')
  }
})

test('[F107] keys that the reader brings are the only ones that count', () => {
  expect(
    codes(verifier.check(base, { trusted: [formatVerifierKey(log), formatVerifierKey(witness)] })),
  ).toContain('signedByYours')
  const other = newKey('log.test/one', signatureType.log)
  expect(verifier.check(base, { trusted: [formatVerifierKey(other)] })).toMatchObject({ valid: false })
  const absent = newKey('witness.test/w2', signatureType.witness)
  const result = verifier.check(base, { trusted: [formatVerifierKey(absent)] })
  expect(result.valid).toBe(false)
  expect(codes(result)).toContain('witnessMissing')
})

test('[F107] without its content a proof is checked by its hash, and says so', () => {
  const result = verifier.check({ ...base, entry: { ...base.entry, body: null } })
  expect(result.valid).toBe(true)
  expect(codes(result)).toContain('withheld')
})

test('[F107] another document than the one recorded is not valid', () => {
  const result = verifier.check(base, { document: Buffer.from('something else') })
  expect(result.valid).toBe(false)
  expect(codes(result)).toContain('documentChanged')
  expect(
    codes(verifier.check({ ...base, document: { mediaType: 'text/plain', text: documentText } })),
  ).toContain('document')
})

test('[F107] a checkpoint kept from before must be continued', () => {
  const consistency = (from: number) => ({
    fromCheckpoint: checkpointOf(from),
    hashes: consistencyRanges(from, 300).map((range) => rangeRoot(range, node).toString('base64')),
    checkpoint: base.checkpoint,
  })
  for (const from of [1, 7, 256, 299, 300])
    expect(codes(verifier.check(base, { older: consistency(from) }))).toContain('continues')
  expect(codes(verifier.check(base, { older: checkpointOf(7) }))).toContain('olderNeedsProof')
  const wrong = { ...consistency(7), fromCheckpoint: checkpointOf(8) }
  const result = verifier.check(base, { older: wrong })
  expect(result.valid).toBe(false)
  expect(codes(result)).toContain('forked')
})

test('the verifier says everything in both languages', () => {
  expect(Object.keys(words.en).sort()).toEqual(Object.keys(words.zh).sort())
  expect(Object.keys(words.en.steps).sort()).toEqual(Object.keys(words.zh.steps).sort())
  const used = [...html.matchAll(/data-text="(\w+)"/g)].map(([, key]) => key!)
  for (const key of used) expect(words.en).toHaveProperty(key)
})

test('[F008] the verifier asks nothing of any network', () => {
  expect(html).not.toMatch(/https?:\/\/|fetch\(|XMLHttpRequest|import\(|src=/)
  expect(html).toContain("default-src 'none'")
})
