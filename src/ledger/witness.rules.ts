/** What passes between a log and its witnesses (c2sp.org/tlog-witness), and what a witness checks before it signs. */
import {
  cosignNote,
  decodeBase64,
  formatVerifierKey,
  knownSignatures,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  signatureLine,
  signatureType,
  type Checkpoint,
  type SigningKey,
  type VerifierKey,
} from './note.rules.ts'
import { emptyRoot, verifyConsistency, type Hash } from './tree.rules.ts'

export interface WitnessRequest {
  /** The size that the proof starts from. */
  readonly old: number
  readonly hashes: readonly Hash[]
  /** The checkpoint as a signed note. */
  readonly note: string
}

export function formatWitnessRequest({ old, hashes, note }: WitnessRequest): string {
  return [`old ${old}`, ...hashes.map((hash) => hash.toString('base64')), '', note].join('\n')
}

/** Reads a request, or a bare checkpoint, which is a request from nothing. Throws MalformedNote. */
export function parseWitnessRequest(text: string): WitnessRequest {
  if (!text.startsWith('old ')) return { old: 0, hashes: [], note: text }
  const end = text.indexOf('\n\n')
  const [first = '', ...proof] = text.slice(0, end).split('\n')
  const old = /^old (0|[1-9][0-9]{0,15})$/.exec(first)?.[1]
  if (end < 0 || old === undefined || proof.length > 63)
    throw new MalformedNote('this is not a request to a witness')
  const hashes = proof.map((line) => {
    const hash = decodeBase64(line)
    if (hash?.length !== 32) throw new MalformedNote('a line of the proof is not a hash in base64')
    return hash
  })
  return { old: Number(old), hashes, note: text.slice(end + 2) }
}

/** What a witness remembers of a log: the last checkpoint it has signed. */
export interface SeenCheckpoint {
  readonly size: number
  readonly root: Hash
}

/** The witness does not sign; the message says why. */
export class NotConsistent extends Error {
  override name = 'NotConsistent'
}

/**
 * Signs the checkpoint only when the log's key signed it and it continues what the witness saw last; when the log
 * changes its key, only when both keys signed it. Throws NotConsistent or MalformedNote. Answers the signature line and
 * what the witness must remember from now on.
 */
export function cosignRequest(
  request: WitnessRequest,
  {
    seen,
    logKeys,
    key,
    seconds,
  }: {
    seen: SeenCheckpoint | undefined
    logKeys: readonly VerifierKey[]
    key: SigningKey
    seconds: number
  },
): { line: string; checkpoint: Checkpoint } {
  const note = parseNote(request.note)
  const checkpoint = parseCheckpoint(note.text)
  for (const logKey of logKeys) {
    if (checkpoint.origin !== logKey.name) {
      throw new NotConsistent(`this is a checkpoint of ${checkpoint.origin}`)
    }
    if (logKey.type !== signatureType.log || knownSignatures(note, [logKey]).length === 0) {
      throw new NotConsistent(`the key ${formatVerifierKey(logKey)} did not sign this checkpoint`)
    }
  }
  requireContinuation(request, checkpoint, seen ?? { size: 0, root: emptyRoot })
  return { line: signatureLine(cosignNote(note.text, key, seconds)), checkpoint }
}

function requireContinuation({ old, hashes }: WitnessRequest, checkpoint: Checkpoint, seen: SeenCheckpoint) {
  if (old !== seen.size && checkpoint.size !== seen.size) {
    throw new NotConsistent(
      `this witness last saw ${seen.size} entries; ask the log for a proof from ${seen.size}`,
    )
  }
  const same = checkpoint.size === seen.size
  const continues = same
    ? checkpoint.root.equals(seen.root)
    : verifyConsistency({ from: seen.size, size: checkpoint.size, hashes }, seen.root, checkpoint.root)
  if (!continues)
    throw new NotConsistent('the log has rewritten what this witness saw: keep this file as evidence')
}
