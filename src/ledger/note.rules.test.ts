import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey } from './keys.ts'
import {
  checkpointText,
  cosignNote,
  formatNote,
  formatVerifierKey,
  keyId,
  knownSignatures,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signatureType,
  signNote,
  verifyNoteSignature,
} from './note.rules.ts'
import { emptyRoot, sha256 } from './tree.rules.ts'

const log = newKey('log.test/one', signatureType.log)
const witness = newKey('witness.test/w1', signatureType.witness)
const text = checkpointText({ origin: log.name, size: 7, root: sha256('seven') })
const signed = formatNote({
  text,
  signatures: [signNote(text, log), cosignNote(text, witness, 1_800_000_000)],
})

/** The example that c2sp.org/tlog-cosignature and /signed-note print. */
const published = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

test('[F107] the published example is read, and written again byte by byte', () => {
  const note = parseNote(published)
  expect(parseCheckpoint(note.text)).toMatchObject({
    origin: 'example.com/behind-the-sofa',
    size: 20_852_163,
  })
  expect(note.signatures.map(({ name, keyId }) => [name, keyId])).toEqual([
    ['example.com/behind-the-sofa', '033de0ae'],
    ['witness.example.com/w1', '8d66cf3f'],
  ])
  expect(formatNote(note)).toBe(published)
})

test('[F107] a key id is the hash of name, type and key, so a log and a witness of one key differ', () => {
  const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  expect(keyId(key)).toBe('c74f20a3')
  expect(keyId({ ...key, type: signatureType.witness })).not.toBe('c74f20a3')
  expect(() =>
    parseVerifierKey('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'),
  ).toThrow(MalformedNote)
})

test('[F107] a note signed by the implementation of the Go project verifies', () => {
  const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  const note = parseNote(
    'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n\n" +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
  )
  expect(knownSignatures(note, [key])).toHaveLength(1)
})

test('[F107] what a log and a witness sign is verified by their public keys alone', () => {
  const keys = [log, witness].map((key) => parseVerifierKey(formatVerifierKey(key)))
  const known = knownSignatures(parseNote(signed), keys)
  expect(known.map(({ key }) => key.name)).toEqual([log.name, witness.name])
  expect(known[1]?.at).toEqual(new Date('2027-01-15T08:00:00Z'))
})

test('[F107] no flipped bit of a note passes as signed', () => {
  const bytes = Buffer.from(signed)
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const damaged = Buffer.from(bytes)
      damaged[bit >> 3] = damaged[bit >> 3]! ^ (1 << (bit & 7))
      // A damaged name or key id makes a signature unknown, so both must still be there.
      expect(() => {
        const known = knownSignatures(parseNote(damaged.toString()), [log, witness])
        if (known.length < 2) throw new MalformedNote('a signature is missing')
      }).toThrow(MalformedNote)
    }),
    { numRuns: 500 },
  )
})

test('the time of a cosignature is part of what is signed', () => {
  const cosignature = cosignNote(text, witness, 1_800_000_000)
  const later = { ...cosignature, signature: Buffer.from(cosignature.signature) }
  later.signature.writeBigUInt64BE(1_900_000_000n)
  expect(verifyNoteSignature(text, cosignature, witness)).toBe(true)
  expect(verifyNoteSignature(text, later, witness)).toBe(false)
})

test.for([
  ['no signatures', text],
  ['no blank line', text + signed.slice(text.length + 1)],
  ['no last newline', signed.slice(0, -1)],
  ['a carriage return', signed.replace('\n', '\r\n')],
  ['a hyphen for the dash', signed.replace('—', '-')],
  ['a signature that is no base64', `${text}\n— log.test/one !!!!\n`],
  ['a signature shorter than its key id', `${text}\n— log.test/one AAAA\n`],
])('a note with %s is refused', ([, note]) => {
  expect(() => parseNote(note!)).toThrow(MalformedNote)
})

test.for([
  ['a size with a leading zero', `log.test/one\n07\n${emptyRoot.toString('base64')}\n`],
  ['a negative size', `log.test/one\n-7\n${emptyRoot.toString('base64')}\n`],
  ['a short root', 'log.test/one\n7\nAAAA\n'],
  ['no origin', `\n7\n${emptyRoot.toString('base64')}\n`],
  ['two lines', 'log.test/one\n7\n'],
])('a checkpoint with %s is refused', ([, checkpoint]) => {
  expect(() => parseCheckpoint(checkpoint!)).toThrow(MalformedNote)
})
