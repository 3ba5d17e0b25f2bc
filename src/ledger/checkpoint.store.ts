import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'

export interface StoredCheckpoint {
  readonly treeSize: number
  /** The log's signed note with the lines of the witnesses that co-signed it. */
  readonly note: string
  readonly signedAt: Date
}

export interface StoredKey {
  readonly verifierKey: string
  readonly since: Date
  readonly retiredAt: Date | null
}

export interface StoredWitness extends StoredKey {
  /** The largest checkpoint it has co-signed. */
  readonly lastSize: number | null
  readonly lastAt: Date | null
}

const noteWithCosignatures = sql`c.note || coalesce((
  select string_agg(s.line, '' order by s.verifier_key) from ledger_cosignature s where s.tree_size = c.tree_size), '')`

/** The newest checkpoint, or the newest that a witness co-signed. */
export function findCheckpoint(db: Db, { cosigned = false } = {}): Promise<StoredCheckpoint | undefined> {
  return firstCheckpoint(
    db,
    cosigned ? sql`exists (select from ledger_cosignature s where s.tree_size = c.tree_size)` : sql`true`,
  )
}

export function findCheckpointOfSize(db: Db, size: number): Promise<StoredCheckpoint | undefined> {
  return firstCheckpoint(db, sql`c.tree_size = ${size}`)
}

async function firstCheckpoint(
  db: Db,
  condition: RawBuilder<unknown>,
): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<StoredCheckpoint>`
    select c.tree_size, ${noteWithCosignatures} as note, c.signed_at
    from ledger_checkpoint c where ${condition} order by c.tree_size desc limit 1`.execute(db)
  return rows[0]
}

export async function saveCheckpoint(tx: Tx, { treeSize, note, signedAt }: StoredCheckpoint): Promise<void> {
  await sql`insert into ledger_checkpoint (tree_size, note, signed_at)
    values (${treeSize}, ${note}, ${signedAt})`.execute(tx)
}

/** Every key the log has ever signed with, oldest first. */
export async function listKeys(db: Db): Promise<StoredKey[]> {
  const { rows } = await sql<StoredKey>`
    select verifier_key, created_at as since, retired_at from ledger_key order by created_at`.execute(db)
  return rows
}

export async function findKeyInUse(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ verifierKey: string }>`
    select verifier_key from ledger_key where retired_at is null`.execute(db)
  return rows[0]?.verifierKey
}

export async function replaceKey(tx: Tx, verifierKey: string, entryId: string, now: Date): Promise<void> {
  await sql`update ledger_key set retired_at = ${now} where retired_at is null`.execute(tx)
  await sql`insert into ledger_key (verifier_key, entry_id, created_at)
    values (${verifierKey}, ${entryId}, ${now})`.execute(tx)
}

export async function listWitnesses(db: Db): Promise<StoredWitness[]> {
  const { rows } = await sql<StoredWitness>`
    select w.verifier_key, w.registered_at as since, w.retired_at, s.tree_size as last_size, s.received_at as last_at
    from ledger_witness w left join lateral (
      select tree_size, received_at from ledger_cosignature s
      where s.verifier_key = w.verifier_key order by tree_size desc limit 1) s on true
    order by w.registered_at`.execute(db)
  return rows
}

export async function saveWitness(tx: Tx, verifierKey: string, entryId: string, now: Date): Promise<void> {
  await sql`insert into ledger_witness (verifier_key, entry_id, registered_at)
    values (${verifierKey}, ${entryId}, ${now})`.execute(tx)
}

export async function markWitnessRetired(tx: Tx, verifierKey: string, now: Date): Promise<void> {
  await sql`update ledger_witness set retired_at = ${now}
    where verifier_key = ${verifierKey} and retired_at is null`.execute(tx)
}

export interface Cosignature {
  readonly treeSize: number
  readonly verifierKey: string
  readonly line: string
  readonly receivedAt: Date
}

/** False when the witness has co-signed this checkpoint before. */
export async function saveCosignature(tx: Tx, cosignature: Cosignature): Promise<boolean> {
  const { treeSize, verifierKey, line, receivedAt } = cosignature
  const { numAffectedRows } = await sql`
    insert into ledger_cosignature (tree_size, verifier_key, line, received_at)
    values (${treeSize}, ${verifierKey}, ${line}, ${receivedAt}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function countPending(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger_pending`.execute(db)
  return rows[0]?.count ?? 0
}
