import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { inTransaction, type Db, type Tx } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { canonicalJson } from './canonical.rules.ts'
import { recordOpenEntry, type EntryId } from './audit.ts'
import { findKeyInUse, replaceKey, saveCheckpoint } from './checkpoint.store.ts'
import type { AuditContext } from './entry.rules.ts'
import { keyStatement } from './key.rules.ts'
import { destroyKey, loadKey, newKey, storeKey, type KeyFolder } from './keys.ts'
import {
  checkpointText,
  formatNote,
  formatVerifierKey,
  signNote,
  signatureType,
  type SigningKey,
} from './note.rules.ts'
import { TileWriter } from './tile.rules.ts'
import { Frontier, sha256 } from './tree.rules.ts'
import {
  loadEdge,
  saveLeaves,
  saveTiles,
  takeEntry,
  takePending,
  treeSize,
  type PendingEntry,
} from './tree.store.ts'

/** Gives committed entries their place in the tree and signs what the tree has become. */
export interface Sequencer {
  readonly db: Db
  readonly keys: KeyFolder
  /** The zone's id; part of the log's name. */
  readonly zoneId: string
  readonly moment: () => Pick<AuditContext, 'now' | 'today'>
}

/** Entries in one transaction: enough to keep up with any import, short enough to be waited for. */
const batchSize = 4096

/** Sequences all that is committed. Answers the size of the signed tree. Safe to call from many processes at once. */
export async function sequence(sequencer: Sequencer): Promise<number> {
  for (;;) {
    const { size, more } = await inTransaction(sequencer.db, (tx) => sequenceBatch(tx, sequencer))
    if (!more) return size
  }
}

async function sequenceBatch(tx: Tx, sequencer: Sequencer): Promise<{ size: number; more: boolean }> {
  await lockLog(tx)
  const before = await treeSize(tx)
  const inUse = await findKeyInUse(tx)
  if (inUse === undefined) {
    await signNext(tx, before, await beginLog(tx, sequencer), sequencer)
    return { size: before + 1, more: true }
  }
  const entries = await takePending(tx, batchSize)
  if (entries.length > 0) {
    await signNext(tx, before, { key: await loadKey(sequencer.keys, inUse), entries }, sequencer)
  }
  return { size: before + entries.length, more: entries.length === batchSize }
}

interface Signable {
  readonly key: SigningKey
  readonly entries: readonly PendingEntry[]
}

async function signNext(
  tx: Tx,
  size: number,
  { key, entries }: Signable,
  sequencer: Sequencer,
): Promise<void> {
  await appendToTree(tx, size, entries)
  await signTree(tx, [key], sequencer.moment().now)
}

/** Sequencing is the one thing in the ledger that happens one after another; writers never wait for it. */
async function lockLog(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('zhiyuan.ledger'))`.execute(tx)
}

async function appendToTree(tx: Tx, size: number, entries: readonly PendingEntry[]): Promise<void> {
  const edge = await loadEdge(tx, size)
  const frontier = new Frontier(size, edge.node)
  const tiles = new TileWriter(edge.tiles)
  for (const { leafHash } of entries) frontier.add(leafHash, tiles.add)
  await saveLeaves(
    tx,
    size,
    entries.map(({ entryId }) => entryId),
  )
  await saveTiles(tx, tiles.tiles())
}

async function signTree(tx: Tx, keys: readonly SigningKey[], now: Date): Promise<void> {
  const size = await treeSize(tx)
  const edge = await loadEdge(tx, size)
  const text = checkpointText({ origin: keys[0]!.name, size, root: new Frontier(size, edge.node).root() })
  await saveCheckpoint(tx, {
    treeSize: size,
    note: formatNote({ text, signatures: keys.map((key) => signNote(text, key)) }),
    signedAt: now,
  })
}

/**
 * The first entry brings in the key that signs, so that every checkpoint is signed by a key which its own tree knows.
 * The log is named after that key: two installations of one zone can never be taken for one log that forked.
 */
async function beginLog(tx: Tx, sequencer: Sequencer): Promise<Signable> {
  const name = (publicKey: Buffer) =>
    `zhiyuan/${sequencer.zoneId}/${sha256(publicKey).toString('hex').slice(0, 12)}`
  const key = newKey(name, signatureType.log)
  const entryId = await introduceKey(tx, sequencer, key, undefined)
  return { key, entries: await takeEntry(tx, entryId) }
}

async function introduceKey(
  tx: Tx,
  sequencer: Sequencer,
  key: SigningKey,
  old: SigningKey | undefined,
): Promise<EntryId> {
  const moment = sequencer.moment()
  await storeKey(sequencer.keys, key)
  const statement = keyStatement(formatVerifierKey(key), old && formatVerifierKey(old))
  const entryId = await recordOpenEntry(tx, moment, {
    kind: 'key',
    action: old ? 'ledger.key-rotated' : 'ledger.began',
    subject: { kind: 'ledger', id: key.name },
    detail: {
      ...statement,
      signatures: [key, ...(old ? [old] : [])].map((signer) =>
        signNote(canonicalJson(statement), signer).signature.toString('base64'),
      ),
    },
  })
  await replaceKey(tx, formatVerifierKey(key), entryId, moment.now)
  return entryId
}

/**
 * From here on a new key signs. Its first checkpoint carries both signatures, so that whoever knows only the old key
 * can follow; then the old private key is destroyed. Answers both public keys and the size of that checkpoint.
 */
export async function rotateKey(
  sequencer: Sequencer,
): Promise<{ previous: string; current: string; size: number }> {
  await sequence(sequencer)
  const rotated = await inTransaction(sequencer.db, async (tx) => {
    await lockLog(tx)
    const old = await loadKey(sequencer.keys, (await findKeyInUse(tx))!)
    const key = newKey(old.name, signatureType.log)
    await introduceKey(tx, sequencer, key, old)
    for (;;) {
      const entries = await takePending(tx, batchSize)
      await appendToTree(tx, await treeSize(tx), entries)
      if (entries.length < batchSize) break
    }
    await signTree(tx, [key, old], sequencer.moment().now)
    const size = await treeSize(tx)
    return { previous: formatVerifierKey(old), current: formatVerifierKey(key), size }
  })
  await destroyKey(sequencer.keys, rotated.previous)
  return rotated
}

/** Sequences again and again until stopped: a checkpoint at most every `intervalMilliseconds`. For the worker. */
export function keepSequencing(
  sequencer: Sequencer,
  log: Log,
  intervalMilliseconds = 300,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await sequence(sequencer).catch((error: unknown) =>
        log.error({ err: error }, 'the ledger could not be sequenced'),
      )
      await setTimeout(intervalMilliseconds, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = loop()
  return {
    stop: () => {
      stopping.abort()
      return running
    },
  }
}
