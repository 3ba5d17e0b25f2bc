/**
 * Signed notes, checkpoints and cosignatures as C2SP writes them (c2sp.org/signed-note, /tlog-checkpoint,
 * /tlog-cosignature), so that anybody's tools can read ours and any witness can co-sign.
 */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { sha256, type Hash } from './tree.rules.ts'

/** The signature types of c2sp.org/signed-note that we use. */
export const signatureType = { log: 0x01, witness: 0x04 } as const
export type SignatureType = (typeof signatureType)[keyof typeof signatureType]

/** A public key by the name it signs under: what C2SP calls a verifier key. */
export type VerifierKey = { name: string; type: SignatureType; publicKey: Buffer }
export type SigningKey = VerifierKey & { privateKey: KeyObject }

export type NoteSignature = { name: string; keyId: string; signature: Buffer }
export type Note = { text: string; signatures: NoteSignature[] }
export type Checkpoint = { origin: string; size: number; root: Hash }

/** The text is not a signed note or checkpoint. The message says what is wrong with it. */
export class MalformedNote extends Error {
  override name = 'MalformedNote'
}

/** First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), in hexadecimal. */
export function keyId({ name, type, publicKey }: VerifierKey): string {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]))
    .subarray(0, 4)
    .toString('hex')
}

/** `name+keyid+base64`: the form in which a verifier key is handed from person to person. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${keyId(key)}+${Buffer.concat([Buffer.of(key.type), key.publicKey]).toString('base64')}`
}

/** Throws MalformedNote when the text is no verifier key, or its id does not belong to its key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? []
  if (!name || !id || !encoded) throw new MalformedNote('a verifier key reads name+keyid+base64')
  const material = decodeBase64(encoded)
  const type = Object.values(signatureType).find((known) => known === material?.[0])
  if (!type || material?.length !== 33) throw new MalformedNote('the verifier key is not an Ed25519 key')
  const key = { name, type, publicKey: material.subarray(1) }
  if (keyId(key) !== id) throw new MalformedNote('the key id does not belong to the key')
  return key
}

/** The 32 bytes of an Ed25519 public key, from either half of the pair. */
export function rawPublicKey(key: KeyObject): Buffer {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  if (!x) throw new MalformedNote('the key is not an Ed25519 key')
  return Buffer.from(x, 'base64url')
}

const keyObjects = new Map<string, KeyObject>()

function publicKeyObject(publicKey: Buffer): KeyObject {
  const x = publicKey.toString('base64url')
  let key = keyObjects.get(x)
  if (!key) {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    keyObjects.set(x, key)
  }
  return key
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** Throws MalformedNote. Extension lines are read over, as the specification allows. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root] = text.split('\n')
  if (!origin || !size || !root) throw new MalformedNote('a checkpoint has an origin, a size and a root hash')
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size))
    throw new MalformedNote('the size of the checkpoint is not a number')
  const hash = decodeBase64(root)
  if (hash?.length !== 32)
    throw new MalformedNote('the root hash of the checkpoint is not 32 bytes in base64')
  return { origin, size: Number(size), root: hash }
}

/** Throws MalformedNote unless the whole text is a signed note by the letter of the specification. */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n'))
    throw new MalformedNote('a note ends with a blank line and signatures')
  // oxlint-disable-next-line no-control-regex -- the specification forbids exactly these characters
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new MalformedNote('a note holds no control characters')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > 32) throw new MalformedNote('the note has more than 32 signatures')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) }
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? []
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded)
  if (!name || !bytes || bytes.length < 5)
    throw new MalformedNote('a line after the blank line is not a signature')
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
}

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

/** A log's signature on a note: Ed25519 over its text. */
export function signNote(text: string, key: SigningKey): NoteSignature {
  return { name: key.name, keyId: keyId(key), signature: sign(null, Buffer.from(text), key.privateKey) }
}

/** A witness's signature: it also says when, in seconds since 1970. */
export function cosignNote(text: string, key: SigningKey, seconds: number): NoteSignature {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, cosignedMessage(text, BigInt(seconds)), key.privateKey)
  return { name: key.name, keyId: keyId(key), signature: Buffer.concat([time, signature]) }
}

function cosignedMessage(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/** True when this signature is the key's, over this text, in the manner of the key's type. */
export function verifyNoteSignature(text: string, signature: NoteSignature, key: VerifierKey): boolean {
  if (signature.name !== key.name || signature.keyId !== keyId(key)) return false
  const publicKey = publicKeyObject(key.publicKey)
  if (key.type === signatureType.log) return verify(null, Buffer.from(text), publicKey, signature.signature)
  if (signature.signature.length !== 72) return false
  const message = cosignedMessage(text, signature.signature.readBigUInt64BE(0))
  return verify(null, message, publicKey, signature.signature.subarray(8))
}

/**
 * The signatures on the note that known keys made. Signatures of unknown keys are passed over, as the specification
 * asks; a wrong signature under a known key's name and id throws MalformedNote.
 */
export function knownSignatures(note: Note, keys: readonly VerifierKey[]): { key: VerifierKey; at?: Date }[] {
  const known: { key: VerifierKey; at?: Date }[] = []
  for (const signature of note.signatures) {
    const key = keys.find((key) => key.name === signature.name && keyId(key) === signature.keyId)
    if (!key) continue
    if (!verifyNoteSignature(note.text, signature, key)) {
      throw new MalformedNote(`the signature of ${key.name} does not belong to this text`)
    }
    known.push(key.type === signatureType.log ? { key } : { key, at: cosignedAt(signature) })
  }
  return known
}

function cosignedAt({ signature }: NoteSignature): Date {
  return new Date(Number(signature.readBigUInt64BE(0)) * 1000)
}

/** Undefined for anything but the one base64 text of some bytes. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
