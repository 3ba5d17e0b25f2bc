import { sql } from 'kysely'
import { inTransaction, type Db, type Tx } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { canonicalJson } from './canonical.rules.ts'
import { recordOpenEntry } from './audit.ts'
import { findCheckpoint, findKeyInUse, replaceKey, saveCheckpoint } from './checkpoint.store.ts'
import type { AuditContext } from './entry.rules.ts'
import { keyStatement } from './key.rules.ts'
import { destroyKey, loadKey, newKey, storeKey, type KeyFolder } from './keys.ts'
import {
  checkpointText,
  formatNote,
  formatVerifierKey,
  parseCheckpoint,
  signNote,
  signatureType,
  type SigningKey,
} from './note.rules.ts'
import { TileWriter } from './tile.rules.ts'
import { Frontier, sha256 } from './tree.rules.ts'
import { loadEdge, saveLeaves, saveTiles, takePending, treeSize } from './tree.store.ts'

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
  const key = await signingKey(tx, sequencer)
  const entries = await takePending(tx, batchSize)
  const before = await treeSize(tx)
  if (entries.length === 0 && before > 0) return { size: before, more: false }
  await appendToTree(tx, before, entries)
  await signTree(tx, [key], sequencer.moment().now)
  return { size: before + entries.length, more: entries.length === batchSize }
}

/** Sequencing is the one thing in the ledger that happens one after another; writers never wait for it. */
async function lockLog(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('zhiyuan.ledger'))`.execute(tx)
}

async function appendToTree(tx: Tx, size: number, entries: { entryId: string; leafHash: Buffer }[]): Promise<void> {
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

async function signingKey(tx: Tx, sequencer: Sequencer): Promise<SigningKey> {
  const inUse = await findKeyInUse(tx)
  return inUse ? loadKey(sequencer.keys, inUse) : firstKey(tx, sequencer)
}

/** A log is named after its first key: two installations of one zone can never be taken for one log that forked. */
async function firstKey(tx: Tx, sequencer: Sequencer): Promise<SigningKey> {
  const name = (publicKey: Buffer) => `zhiyuan/${sequencer.zoneId}/${sha256(publicKey).toString('hex').slice(0, 12)}`
  const key = newKey(name, signatureType.log)
  await introduceKey(tx, sequencer, key, undefined)
  return key
}

async function introduceKey(tx: Tx, sequencer: Sequencer, key: SigningKey, old: SigningKey | undefined) {
  const moment = sequencer.moment()
  await storeKey(sequencer.keys, key)
  const statement = keyStatement(formatVerifierKey(key), old && formatVerifierKey(old))
  const entryId = await recordOpenEntry(tx, moment, {
    kind: 'key',
    action: old ? 'ledger.key-rotated' : 'ledger.began',
    subject: { kind: 'ledger', id: key.name },
    detail: {
      ...statement,
      signatures: [key, ...(old ? [old] : [])].map(
        (signer) => signNote(canonicalJson(statement), signer).signature.toString('base64'),
      ),
    },
  })
  await replaceKey(tx, formatVerifierKey(key), entryId, moment.now)
}

/**
 * From here on a new key signs. Its first checkpoint carries both signatures, so that whoever knows only the old key
 * can follow; then the old private key is destroyed. Answers both public keys.
 */
export async function rotateKey(sequencer: Sequencer): Promise<{ previous: string; current: string }> {
  await sequence(sequencer)
  const rotated = await inTransaction(sequencer.db, async (tx) => {
    await lockLog(tx)
    const old = await signingKey(tx, sequencer)
    const key = newKey(old.name, signatureType.log)
    await introduceKey(tx, sequencer, key, old)
    for (;;) {
      const entries = await takePending(tx, batchSize)
      await appendToTree(tx, await treeSize(tx), entries)
      if (entries.length < batchSize) break
    }
    await signTree(tx, [key, old], sequencer.moment().now)
    return { previous: formatVerifierKey(old), current: formatVerifierKey(key) }
  })
  await destroyKey(sequencer.keys, rotated.previous)
  return rotated
}

/** The origin line of this log's checkpoints, once it has begun. */
export async function findOrigin(db: Db): Promise<string | undefined> {
  const checkpoint = await findCheckpoint(db)
  return checkpoint && parseCheckpoint(checkpoint.note).origin
}

/** Sequences again and again until stopped: a checkpoint at most every `intervalMilliseconds`. For the worker. */
export function keepSequencing(sequencer: Sequencer, log: Log, intervalMilliseconds = 300): { stop(): Promise<void> } {
  let stopped = false
  let wake = () => {}
  const loop = async () => {
    while (!stopped) {
      await sequence(sequencer).catch((error: unknown) => log.error({ err: error }, 'the ledger could not be sequenced'))
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, intervalMilliseconds)
      })
    }
  }
  const running = loop()
  return {
    stop: () => {
      stopped = true
      wake()
      return running
    },
  }
}
