import type { Db, Tx } from '#platform/database.ts'
import { recordAudit, recordOpenEntry } from './audit.ts'
import {
  findCheckpointOfSize,
  listWitnesses,
  markWitnessRetired,
  saveCosignature,
  saveWitness,
  type StoredWitness,
} from './checkpoint.store.ts'
import type { AuditContext } from './entry.rules.ts'
import {
  formatVerifierKey,
  keyId,
  knownSignatures,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signatureLine,
  signatureType,
  type Note,
  type VerifierKey,
} from './note.rules.ts'

/** A request, or a command, that writes. */
export interface WitnessContext extends AuditContext {
  readonly db: Db
  readonly write: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
}

type Cosigned =
  | { kind: 'accepted'; size: number; witnesses: string[] }
  | { kind: 'malformed'; reason: string }
  | { kind: 'unknown-checkpoint'; size: number }
  | { kind: 'unknown-witness' }

/** Takes in the signatures of registered witnesses on one of our own checkpoints; those known already change nothing. */
export async function cosignCheckpoint(context: WitnessContext, text: string): Promise<Cosigned> {
  try {
    const note = parseNote(text)
    const { size } = parseCheckpoint(note.text)
    const ours = await findCheckpointOfSize(context.db, size)
    if (!ours || parseNote(ours.note).text !== note.text) return { kind: 'unknown-checkpoint', size }
    const registered = (await listWitnesses(context.db)).filter(({ retiredAt }) => retiredAt === null)
    const signers = knownSignatures(
      note,
      registered.map(({ verifierKey }) => parseVerifierKey(verifierKey)),
    ).map(({ key }) => key)
    if (signers.length === 0) return { kind: 'unknown-witness' }
    const lines = signers.map((key) => ({ key, line: lineOf(note, key) }))
    const fresh = lines.filter(({ key }) => !carries(ours.note, key))
    if (fresh.length > 0) await context.write((tx) => takeCosignatures(tx, context, size, fresh))
    return { kind: 'accepted', size, witnesses: signers.map(({ name }) => name) }
  } catch (error) {
    if (error instanceof MalformedNote) return { kind: 'malformed', reason: error.message }
    throw error
  }
}

async function takeCosignatures(
  tx: Tx,
  context: WitnessContext,
  size: number,
  lines: { key: VerifierKey; line: string }[],
) {
  for (const { key, line } of lines) {
    const verifierKey = formatVerifierKey(key)
    const subject = { kind: 'checkpoint', id: String(size) }
    if (await saveCosignature(tx, { treeSize: size, verifierKey, line, receivedAt: context.now })) {
      const detail = { treeSize: size, witness: key.name, line }
      await recordOpenEntry(tx, context, { kind: 'cosignature', action: 'ledger.cosigned', subject, detail })
    }
    await recordAudit(tx, context, { action: 'ledger.cosigned', subject, detail: { witness: key.name } })
  }
}

function lineOf(note: Note, key: VerifierKey): string {
  return signatureLine(
    note.signatures.find((signature) => signature.name === key.name && signature.keyId === keyId(key))!,
  )
}

function carries(note: string, key: VerifierKey): boolean {
  return parseNote(note).signatures.some(
    (signature) => signature.name === key.name && signature.keyId === keyId(key),
  )
}

type Registered =
  | { kind: 'registered'; witness: StoredWitness }
  | { kind: 'known' }
  | { kind: 'malformed'; reason: string }

export async function registerWitness(context: WitnessContext, text: string): Promise<Registered> {
  const key = readWitnessKey(text)
  if (typeof key === 'string') return { kind: 'malformed', reason: key }
  const verifierKey = formatVerifierKey(key)
  const known = (await listWitnesses(context.db)).some((witness) => witness.verifierKey === verifierKey)
  if (known) return { kind: 'known' }
  const act = {
    action: 'ledger.witness-registered',
    subject: { kind: 'witness', id: key.name },
    detail: { verifierKey },
  }
  await context.write(async (tx) => {
    const entryId = await recordOpenEntry(tx, context, { kind: 'witness', ...act })
    await saveWitness(tx, verifierKey, entryId, context.now)
    await recordAudit(tx, context, act)
  })
  return {
    kind: 'registered',
    witness: { verifierKey, since: context.now, retiredAt: null, lastSize: null, lastAt: null },
  }
}

function readWitnessKey(text: string): VerifierKey | string {
  try {
    const key = parseVerifierKey(text)
    return key.type === signatureType.witness
      ? key
      : 'this is the key of a log; a witness’s key has the type 0x04'
  } catch (error) {
    if (error instanceof MalformedNote) return error.message
    throw error
  }
}

/** False when no such witness is registered, or it retired before. */
export async function retireWitness(context: WitnessContext, verifierKey: string): Promise<boolean> {
  const witness = (await listWitnesses(context.db)).find(
    (witness) => witness.verifierKey === verifierKey.trim(),
  )
  if (!witness || witness.retiredAt !== null) return false
  const act = {
    action: 'ledger.witness-retired',
    subject: { kind: 'witness', id: parseVerifierKey(witness.verifierKey).name },
    detail: { verifierKey: witness.verifierKey },
  }
  await context.write(async (tx) => {
    await markWitnessRetired(tx, witness.verifierKey, context.now)
    await recordOpenEntry(tx, context, { kind: 'witness', ...act })
    await recordAudit(tx, context, act)
  })
  return true
}
