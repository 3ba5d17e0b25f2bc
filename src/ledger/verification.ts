import type { Db } from '#platform/database.ts'
import { listKeys, listWitnesses } from './checkpoint.store.ts'
import { readSeals } from './entry.rules.ts'
import { KeyHistory } from './key.rules.ts'
import {
  knownSignatures,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  type Checkpoint,
  type Note,
  type VerifierKey,
} from './note.rules.ts'
import { SealBook } from './seal.rules.ts'
import { verifyRows } from './verification.rows.ts'
import { Findings, type Verification } from './verification.rules.ts'
import {
  countTiles,
  readCheckpoints,
  readCosignatures,
  readEntries,
  readPending,
  readSize,
  readTiles,
  type CheckpointRow,
  type LedgerSize,
  type StoredEntry,
} from './verification.store.ts'
import { tileHeight, tileName } from './tile.rules.ts'
import { emptyRoot, Frontier, leafHash, type Hash } from './tree.rules.ts'

export interface VerificationOptions {
  /** Entries checked so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void
  /** A checkpoint that somebody kept outside: the ledger must still contain it. Throws MalformedNote when it is none. */
  readonly against?: string
}

const batchSize = 8192
const tileWidth = 2 ** tileHeight

/**
 * Recomputes all that the ledger claims, from the bodies of its entries: every leaf, the tree, each checkpoint's root
 * and signatures, the keys that were entitled to sign, and the digest of every sealed row as it stands now. All of it
 * is read in one snapshot, so the platform may go on writing meanwhile.
 */
export function verifyLedger(db: Db, options: VerificationOptions = {}): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => new LedgerVerification(snapshot as Db, options).run())
}

class LedgerVerification {
  readonly #db: Db
  readonly #options: VerificationOptions
  readonly #findings = new Findings()
  readonly #frontier = new Frontier()
  #storedTree: Frontier | undefined
  readonly #keys = new KeyHistory()
  readonly #seals = new SealBook()
  /** The leaf hashes as the tree stores them for the batch at hand, and the stored inner nodes, by tile. */
  #leafTiles = new Map<string, Buffer>()
  #innerTiles = new Map<string, Buffer>()
  #texts = new Map<number, Note>()
  #last: Checkpoint | undefined
  #checkpoints = 0
  #cosignatures = 0
  /** Once the tree has left a signed root, every later root differs too and says nothing new. */
  #diverged = false

  readonly #outside: { note: Note; checkpoint: Checkpoint } | undefined
  #outsideRoot: Hash | undefined

  constructor(db: Db, options: VerificationOptions) {
    this.#db = db
    this.#options = options
    if (options.against === undefined) return
    const note = parseNote(options.against)
    this.#outside = { note, checkpoint: parseCheckpoint(note.text) }
  }

  async run(): Promise<Verification> {
    const size = await readSize(this.#db)
    await this.#loadInnerTiles(size.leaves)
    const cosigned = await readCosignatures(this.#db)
    const cosignedSizes = new Set(cosigned.map(({ treeSize }) => treeSize))
    await this.#verifyEntries(size.leaves, cosignedSizes)
    await this.#verifyEnd(size)
    this.#verifyCosignatures(cosigned)
    await this.#verifyKeys()
    await this.#verifyPending()
    this.#verifyOutsideCheckpoint(size.leaves)
    const checkedRows = await verifyRows(this.#db, this.#seals, this.#findings)
    return this.#report(size, checkedRows)
  }

  async #loadInnerTiles(leaves: number) {
    for (let level = 1; leaves >= tileWidth ** level; level++) {
      const tiles = await readTiles(this.#db, level, 0, Math.ceil(leaves / tileWidth ** (level + 1)))
      for (const tile of tiles) this.#innerTiles.set(tileName(tile), tile.hashes)
    }
  }

  async #verifyEntries(total: number, cosigned: ReadonlySet<number>) {
    const read = async (from: number) => {
      const to = Math.min(from + batchSize, total)
      const [entries, tiles, checkpoints] = await Promise.all([
        readEntries(this.#db, from, to),
        readTiles(this.#db, 0, from / tileWidth, Math.ceil(to / tileWidth)),
        readCheckpoints(this.#db, from, to),
      ])
      return { to, entries, tiles, checkpoints }
    }
    let next = total > 0 ? read(0) : undefined
    while (next) {
      const { to, entries, tiles, checkpoints } = await next
      // The database prepares the next batch while this one is hashed.
      next = to < total ? read(to) : undefined
      this.#leafTiles = new Map(tiles.map((tile) => [tileName(tile), tile.hashes]))
      const waiting = [...checkpoints]
      for (const entry of entries) {
        this.#verifyEntry(entry)
        if (this.#outside?.checkpoint.size === this.#frontier.size) this.#outsideRoot = this.#frontier.root()
        while (waiting[0]?.treeSize === this.#frontier.size)
          this.#verifyCheckpoint(waiting.shift()!, cosigned)
      }
      this.#options.onProgress?.(to, total)
    }
  }

  #verifyEntry({ body, leafHash: stored }: StoredEntry) {
    const entry = this.#frontier.size
    const inTree = this.#storedNode(0, entry)
    const computed = body === undefined ? undefined : leafHash(body)
    if (computed === undefined) {
      this.#findings.add({ kind: 'entry-missing', entry, what: `entry ${entry} is gone` })
    } else if (!stored || !computed.equals(stored)) {
      this.#findings.add({ kind: 'entry-altered', entry, what: `the content of entry ${entry} was changed` })
    } else if (!inTree || !computed.equals(inTree)) {
      this.#findings.add({ kind: 'tree-altered', entry, what: `entry ${entry} and the tree do not agree` })
    } else {
      this.#readBody(body!, entry)
    }
    this.#grow(computed ?? inTree ?? emptyRoot, inTree ?? computed ?? emptyRoot)
  }

  /**
   * The tree is grown from what the entries say; from the first place where the stored tree says otherwise, also from
   * that. Whichever of the two the signatures confirm, the damage is in the other, and at that place alone.
   */
  #grow(byContent: Hash, byTree: Hash) {
    if (!this.#storedTree && !byContent.equals(byTree)) this.#storedTree = this.#frontier.copy()
    const suspect = new Map<string, number>()
    this.#frontier.add(byContent, (level, index, hash) => {
      if (!this.#nodeIsStored(level, index, hash)) suspect.set(tileName({ level, index }), index * 2 ** level)
    })
    this.#storedTree?.add(byTree, (level, index, hash) => {
      if (this.#nodeIsStored(level, index, hash)) suspect.delete(tileName({ level, index }))
    })
    for (const entry of suspect.values()) {
      const what = `the tree's node over the entries from ${entry} to ${this.#frontier.size - 1} was changed`
      this.#findings.add({ kind: 'tree-altered', entry, what })
    }
  }

  #nodeIsStored(level: number, index: number, hash: Hash): boolean {
    // Leaves are compared with their entries; nodes between two tile levels are not stored.
    if (level === 0 || level % tileHeight !== 0) return true
    return this.#storedNode(level / tileHeight, index)?.equals(hash) === true
  }

  /** Bodies are parsed only where they say something that is checked further on. */
  #readBody(body: string, entry: number | null) {
    if (body.includes('"seals":{"')) this.#seals.take(readSeals(body), entry)
    if (!body.includes('"kind":"audit"')) this.#keys.take(body, entry)
  }

  #storedNode(tileLevel: number, index: number): Hash | undefined {
    const tiles = tileLevel === 0 ? this.#leafTiles : this.#innerTiles
    const hashes = tiles.get(`${tileLevel}/${Math.floor(index / tileWidth)}`)
    const at = (index % tileWidth) * 32
    return hashes && hashes.length >= at + 32 ? hashes.subarray(at, at + 32) : undefined
  }

  #verifyCheckpoint({ treeSize, note: text }: CheckpointRow, cosigned: ReadonlySet<number>) {
    this.#checkpoints += 1
    // The first entry that this checkpoint covers and the one before it did not.
    const entry = this.#last?.size ?? 0
    try {
      const note = parseNote(text)
      const checkpoint = parseCheckpoint(note.text)
      if (cosigned.has(treeSize)) this.#texts.set(treeSize, note)
      const origin = this.#keys.origin ?? checkpoint.origin
      if (checkpoint.size !== treeSize || checkpoint.origin !== origin) {
        throw new MalformedNote('it is of another log or another size')
      }
      if (knownSignatures(note, this.#keys.logKeys).length === 0)
        throw new MalformedNote('no key of the log signed it')
      this.#compareRoot(checkpoint, entry)
      this.#last = checkpoint
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error
      this.#findings.add({
        kind: 'signature-wrong',
        entry,
        what: `the checkpoint of ${treeSize} entries is not valid: ${error.message}`,
      })
    }
  }

  #compareRoot({ size, root }: Checkpoint, entry: number) {
    if (this.#diverged || root.equals(this.#frontier.root())) return
    if (this.#storedTree && root.equals(this.#storedTree.root())) return
    this.#diverged = true
    this.#findings.add({
      kind: 'checkpoint-altered',
      entry,
      what: `the entries ${entry} to ${size - 1} are not those that were signed`,
    })
  }

  async #verifyEnd({ leaves, stray }: LedgerSize) {
    const beyond = await readCheckpoints(this.#db, leaves, Number.MAX_SAFE_INTEGER)
    for (const { treeSize } of beyond) {
      const what = `a checkpoint was signed over ${treeSize} entries, the log holds ${leaves}`
      this.#findings.add({ kind: 'entry-missing', entry: leaves, what })
    }
    if (leaves > 0 && this.#last?.size !== leaves) {
      const from = this.#last?.size ?? 0
      this.#findings.add({
        kind: 'checkpoint-missing',
        entry: from,
        what: `nothing signed covers entry ${from} and later`,
      })
    }
    if (stray !== 0) {
      this.#findings.add({
        kind: 'entry-not-in-log',
        entry: null,
        what: `${Math.abs(stray)} stored entries and the numbers given to entries do not match`,
      })
    }
    await this.#verifyTileCount(leaves)
  }

  async #verifyTileCount(leaves: number) {
    let expected = 0
    for (let count = leaves; count > 0; count = Math.floor(count / tileWidth))
      expected += Math.ceil(count / tileWidth)
    const stored = await countTiles(this.#db)
    if (stored === expected) return
    this.#findings.add({
      kind: 'tree-altered',
      entry: null,
      what: `the tree has ${stored} tiles instead of ${expected}`,
    })
  }

  #verifyCosignatures(rows: readonly { treeSize: number; verifierKey: string; line: string }[]) {
    const expected = this.#keys.cosignatures()
    for (const { treeSize, verifierKey, line } of rows) {
      this.#cosignatures += 1
      const note = this.#texts.get(treeSize)
      const witness = this.#keys.findWitness(verifierKey)
      expected.delete(`${treeSize} ${line}`)
      if (note && witness && signs(note, line, witness)) continue
      const what = `a witness's signature on the checkpoint of ${treeSize} entries is not valid`
      this.#findings.add({ kind: 'cosignature-wrong', entry: treeSize - 1, what })
    }
    for (const [, entry] of expected) {
      const what = `entry ${entry} records a witness's signature that is gone`
      this.#findings.add({ kind: 'cosignature-wrong', entry, what })
    }
  }

  async #verifyKeys() {
    for (const { entry, what } of this.#keys.troubles)
      this.#findings.add({ kind: 'key-unfounded', entry, what })
    const stored = [...(await listKeys(this.#db)), ...(await listWitnesses(this.#db))]
    for (const { verifierKey } of stored) {
      if (this.#keys.knows(verifierKey)) continue
      this.#findings.add({
        kind: 'key-unfounded',
        entry: null,
        what: `no entry of the log introduced the key ${verifierKey}`,
      })
    }
  }

  async #verifyPending() {
    for (const { body, leafHash: stored } of await readPending(this.#db)) {
      if (body !== undefined && stored && leafHash(body).equals(stored)) this.#readBody(body, null)
      else
        this.#findings.add({
          kind: 'entry-altered',
          entry: null,
          what: 'an entry was changed before it had its place in the log',
        })
    }
  }

  /** What somebody kept outside catches what nothing inside can: a log that was rolled back and signed anew. */
  #verifyOutsideCheckpoint(leaves: number) {
    if (!this.#outside) return
    const { note, checkpoint } = this.#outside
    const size = checkpoint.size
    if (checkpoint.origin !== this.#keys.origin || knownSignatures(note, this.#keys.logKeys).length === 0) {
      this.#findings.add({
        kind: 'signature-wrong',
        entry: null,
        what: 'the checkpoint kept outside is not of this log',
      })
    } else if (size > leaves) {
      const what = `the checkpoint kept outside covers ${size} entries, the log holds ${leaves}`
      this.#findings.add({ kind: 'entry-missing', entry: leaves, what })
    } else if (!this.#outsideRoot?.equals(checkpoint.root)) {
      const what = `the first ${size} entries are not those of the checkpoint kept outside`
      this.#findings.add({ kind: 'checkpoint-altered', entry: 0, what })
    }
  }

  #report({ leaves, pending }: LedgerSize, checkedRows: number): Verification {
    const problems = this.#findings.sorted()
    return {
      ok: this.#findings.count === 0,
      entries: leaves,
      pending,
      checkpoints: this.#checkpoints,
      cosignatures: this.#cosignatures,
      checkedRows,
      origin: this.#last?.origin ?? null,
      root: this.#last?.root.toString('base64') ?? null,
      firstBadEntry: problems[0]?.entry ?? null,
      problems,
      problemCount: this.#findings.count,
    }
  }
}

function signs({ text }: Note, line: string, witness: VerifierKey): boolean {
  try {
    return knownSignatures(parseNote(`${text}\n${line}`), [witness]).length === 1
  } catch {
    return false
  }
}
