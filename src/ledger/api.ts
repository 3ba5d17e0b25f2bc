import { implementation, type Context } from '#platform/api.ts'
import type { Db } from '#platform/database.ts'
import {
  countPending,
  findCheckpoint,
  findCheckpointOfSize,
  listKeys,
  listWitnesses,
  type StoredCheckpoint,
  type StoredKey,
  type StoredWitness,
} from './checkpoint.store.ts'
import { ledger, trailReaders, type LedgerEntry, type LedgerState, type ProofBundle } from './contract.ts'
import { cosignCheckpoint, registerWitness, retireWitness } from './cosigning.ts'
import { mayReadBody, readEntry } from './entry.rules.ts'
import {
  countEntries,
  findEntry,
  findIndexOfReceipt,
  listEntries,
  type NumberedEntry,
} from './entry.store.ts'
import { parseCheckpoint, parseNote, parseVerifierKey } from './note.rules.ts'
import { formatTlogProof } from './proof.rules.ts'
import { consistencyProof, inclusionProof, treeSize } from './tree.store.ts'
import { formatWitnessRequest } from './witness.rules.ts'

const os = implementation(ledger)

const readerOf = ({ actor, authorise }: Context) => ({
  staff: authorise(trailReaders) === undefined,
  accountId: actor.kind === 'account' ? actor.accountId : undefined,
})

const textFile = (name: string, text: string) => new File([text], name, { type: 'text/plain; charset=utf-8' })

const state = os.state.handler(async ({ context: { db }, errors }): Promise<LedgerState> => {
  const newest = await findCheckpoint(db)
  if (!newest) throw errors.NO_CHECKPOINT()
  const note = parseNote(newest.note)
  const { origin, size, root } = parseCheckpoint(note.text)
  const keys = await listKeys(db)
  return {
    origin,
    size,
    root: root.toString('base64'),
    signedAt: newest.signedAt.toISOString(),
    cosignatures: note.signatures.filter(({ name }) => name !== origin).length,
    waiting: await countPending(db),
    keys: keys.map(describeKey),
    witnesses: (await listWitnesses(db)).map(describeWitness),
  }
})

function describeKey({ verifierKey, since, retiredAt }: StoredKey) {
  return { verifierKey, since: since.toISOString(), retiredAt: retiredAt?.toISOString() ?? null }
}

function describeWitness(witness: StoredWitness) {
  return {
    ...describeKey(witness),
    name: parseVerifierKey(witness.verifierKey).name,
    lastSize: witness.lastSize,
    lastAt: witness.lastAt?.toISOString() ?? null,
  }
}

const checkpoint = os.checkpoint.handler(async ({ input, context: { db }, errors }) => {
  const found =
    input.size === undefined
      ? await findCheckpoint(db, { cosigned: input.checkpoint === 'cosigned' })
      : await findCheckpointOfSize(db, input.size)
  if (!found) throw errors.NO_CHECKPOINT()
  return textFile(`checkpoint-${found.treeSize}.txt`, found.note)
})

type ProofInput = {
  entry?: number | undefined
  receipt?: string | undefined
  checkpoint: 'newest' | 'cosigned'
}
type Found<Result> = { found: Result } | { refused: 'UNKNOWN_ENTRY' | 'NOT_IN_LOG_YET' | 'NO_CHECKPOINT' }

async function findProof(context: Context, input: ProofInput): Promise<Found<ProofBundle>> {
  const { db } = context
  const index = input.receipt === undefined ? input.entry : await findIndexOfReceipt(db, input.receipt)
  if (index === 'waiting') return { refused: 'NOT_IN_LOG_YET' }
  const entry = index === undefined ? undefined : await findEntry(db, index)
  if (!entry) return { refused: 'UNKNOWN_ENTRY' }
  const signed = await findCheckpoint(db, { cosigned: input.checkpoint === 'cosigned' })
  if (!signed || signed.treeSize <= entry.index) return { refused: 'NO_CHECKPOINT' }
  return { found: await bundle(context, entry, signed) }
}

async function bundle(
  context: Context,
  entry: NumberedEntry,
  signed: StoredCheckpoint,
): Promise<ProofBundle> {
  const { db } = context
  const hashes = await inclusionProof(db, entry.index, signed.treeSize)
  const readable = mayReadBody(readEntry(entry.body), readerOf(context))
  const witnesses = await listWitnesses(db)
  return {
    format: 'zhiyuan-proof/1',
    entry: {
      index: entry.index,
      leafHash: entry.leafHash.toString('base64'),
      body: readable ? entry.body : null,
    },
    inclusion: { treeSize: signed.treeSize, hashes: hashes.map((hash) => hash.toString('base64')) },
    checkpoint: signed.note,
    log: {
      origin: parseCheckpoint(signed.note).origin,
      keys: (await listKeys(db)).map(({ verifierKey }) => verifierKey),
    },
    witnesses: witnesses.map(({ verifierKey }) => verifierKey),
  }
}

const proof = os.proof.handler(async ({ input, context, errors }) => {
  const result = await findProof(context, input)
  if ('found' in result) return result.found
  if (result.refused === 'NOT_IN_LOG_YET') throw errors.NOT_IN_LOG_YET({ data: { retryAfterSeconds: 1 } })
  throw errors[result.refused]()
})

const proofText = os.proofText.handler(async ({ input, context, errors }) => {
  const result = await findProof(context, input)
  if ('found' in result) {
    const { entry, inclusion, checkpoint } = result.found
    return textFile(
      `entry-${entry.index}.tlog-proof`,
      formatTlogProof({ index: entry.index, hashes: inclusion.hashes, checkpoint }),
    )
  }
  if (result.refused === 'NOT_IN_LOG_YET') throw errors.NOT_IN_LOG_YET({ data: { retryAfterSeconds: 1 } })
  throw errors[result.refused]()
})

const consistency = os.consistency.handler(async ({ input, context: { db }, errors }) => {
  const newer = input.to === undefined ? await findCheckpoint(db) : await findCheckpointOfSize(db, input.to)
  if (!newer) throw errors.NO_CHECKPOINT()
  const to = newer.treeSize
  if (input.from > to) throw errors.NOT_EARLIER({ data: { from: input.from, to } })
  const hashes = await consistencyProof(db, input.from, to)
  return {
    from: input.from,
    to,
    hashes: hashes.map((hash) => hash.toString('base64')),
    fromCheckpoint: (await findCheckpointOfSize(db, input.from))?.note ?? null,
    checkpoint: newer.note,
  }
})

const witnessRequest = os.witnessRequest.handler(async ({ input, context: { db }, errors }) => {
  const { old } = input
  const signed = input.to === undefined ? await findCheckpoint(db) : await findCheckpointOfSize(db, input.to)
  if (!signed) throw errors.NO_CHECKPOINT()
  const to = signed.treeSize
  if (old > to) throw errors.NOT_EARLIER({ data: { from: old, to } })
  const hashes = await consistencyProof(db, old, to)
  return textFile(
    `witness-request-${old}-${to}.txt`,
    formatWitnessRequest({ old, hashes, note: signed.note }),
  )
})

const entries = os.entries.handler(async ({ input, context, errors }) => {
  const { db } = context
  const reader = readerOf(context)
  const { kind, subjectKind, subjectId, cursor, limit } = input
  // Whoever may not read the trail may not ask it about a person or a firm either.
  const asksOfSubject = subjectKind !== undefined || subjectId !== undefined
  if (asksOfSubject && !reader.staff) throw errors.SUBJECT_IS_FOR_STAFF()
  if (cursor !== undefined && !/^[0-9]{1,15}$/.test(cursor)) throw errors.BAD_CURSOR()
  const filter = {
    kind,
    subject: asksOfSubject ? { kind: subjectKind ?? '', id: subjectId ?? '' } : undefined,
  }
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
  const found = await listEntries(db, filter, before, limit + 1)
  const items = found.slice(0, limit)
  return {
    total: await totalOf(db, filter),
    items: items.map((entry) => describeEntry(entry, reader)),
    next: found.length > limit ? String(items.at(-1)!.index) : null,
  }
})

function totalOf(
  db: Db,
  filter: { kind: string | undefined; subject: object | undefined } & Parameters<typeof countEntries>[1],
) {
  return filter.kind === undefined && filter.subject === undefined ? treeSize(db) : countEntries(db, filter)
}

function describeEntry(
  { index, body, leafHash }: NumberedEntry,
  reader: Parameters<typeof mayReadBody>[1],
): LedgerEntry {
  const head = readEntry(body)
  return {
    index,
    kind: head?.kind ?? 'unreadable',
    action: head?.action ?? 'unreadable',
    at: head?.at ?? '',
    leafHash: leafHash.toString('base64'),
    body: mayReadBody(head, reader) ? body : null,
  }
}

const witnesses = os.witnesses.handler(async ({ context: { db } }) => {
  const items = (await listWitnesses(db)).map(describeWitness)
  return { total: items.length, items }
})

const cosign = os.cosign.handler(async ({ input, context, errors }) => {
  const result = await cosignCheckpoint(context, input.note)
  if (result.kind === 'accepted') return { size: result.size, witnesses: result.witnesses }
  if (result.kind === 'malformed') throw errors.MALFORMED_NOTE({ data: { reason: result.reason } })
  if (result.kind === 'unknown-checkpoint') throw errors.UNKNOWN_CHECKPOINT({ data: { size: result.size } })
  throw errors.UNKNOWN_WITNESS()
})

const register = os.registerWitness.handler(async ({ input, context, errors }) => {
  const result = await registerWitness(context, input.verifierKey)
  if (result.kind === 'registered') return describeWitness(result.witness)
  if (result.kind === 'known') throw errors.ALREADY_REGISTERED()
  throw errors.MALFORMED_KEY({ data: { reason: result.reason } })
})

const retire = os.retireWitness.handler(async ({ input, context, errors }) => {
  if (!(await retireWitness(context, input.verifierKey))) throw errors.UNKNOWN_WITNESS()
  return { retired: true as const }
})

export const ledgerApi = {
  state,
  checkpoint,
  proof,
  proofText,
  consistency,
  entries,
  witnesses,
  witnessRequest,
  cosign,
  registerWitness: register,
  retireWitness: retire,
}
