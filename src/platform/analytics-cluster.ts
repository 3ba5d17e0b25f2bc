/** The layout of the analytics store on a cluster, made from the migrations of a single one. Pure. */
import { quoted, splitStatements } from './analytics-statement.ts'
import { hashOf, type Migration, MIGRATION_TABLE } from './analytics-migrations.ts'
import { OperatorError } from './errors.ts'

export interface ClusterOptions {
  /** As in `remote_servers` of the servers' configuration. */
  readonly cluster: string
  readonly database: string
  /** False for one shard of many replicas: each table is replicated under its own name, and nothing else changes. */
  readonly sharded: boolean
}

/**
 * Which shard keeps a row. What one document says stays together under its number; a table that is not named here has no
 * place on a cluster yet, and the layout is refused rather than guessed.
 */
const SHARD_KEYS: Readonly<Record<string, string>> = {
  access_event: 'cityHash64(request_id)',
  patent: 'cityHash64(publication_number)',
  patent_record: 'cityHash64(publication_number)',
  patent_version: 'version',
  patent_near_candidate: 'one',
  schema_migration: 'cityHash64(name)',
}

const CREATE = /^CREATE TABLE IF NOT EXISTS (\w+)/
const ALTER = /^ALTER TABLE (\w+)/
/** Moves rows from an older form to a newer one; a layout begins without rows. */
const MOVES_ROWS = /^(?:TRUNCATE TABLE|INSERT INTO) \w+/

/**
 * The statements of a replicated and sharded layout, in their order; every one bears repeating. Sharded, each table
 * stands as `…_local` on every shard, replicated, and under its own name as the sum of all, for queries and inserts.
 * The last statement records the migrations as applied.
 */
export function clusterStatements(migrations: readonly Migration[], options: ClusterOptions): string[] {
  const { cluster, database, sharded } = options
  if (!/^\w+$/.test(cluster) || !/^\w+$/.test(database))
    throw new OperatorError('Names of clusters and databases are letters, digits and underscores.')
  const single = [
    MIGRATION_TABLE,
    ...migrations.flatMap(({ sql }) => splitStatements(sql).map(withoutComments)),
  ]
  return [
    `CREATE DATABASE IF NOT EXISTS ${database} ON CLUSTER ${cluster}`,
    profile(cluster),
    ...single
      .filter((statement) => !MOVES_ROWS.test(statement))
      .map((statement) => onShards(statement, options)),
    ...(sharded ? tablesOf(single).map((table) => acrossShards(table, options)) : []),
    recorded(migrations, options),
  ]
}

/**
 * What a session on a cluster needs: an insert is acknowledged when a majority of replicas has it, a read sees what was
 * acknowledged, and a subquery on a sharded table is asked of all shards.
 */
const profile = (cluster: string) =>
  `CREATE SETTINGS PROFILE IF NOT EXISTS zhiyuan ON CLUSTER ${cluster} SETTINGS insert_quorum = 'auto', insert_quorum_parallel = 0, select_sequential_consistency = 1, distributed_foreground_insert = 1, distributed_product_mode = 'global', mutations_sync = 2`

function onShards(statement: string, { cluster, database, sharded }: ClusterOptions): string {
  const suffix = sharded ? '_local' : ''
  const created = CREATE.exec(statement)?.[1]
  if (created !== undefined) {
    if (!/ENGINE = MergeTree\b/.test(statement))
      throw new OperatorError(`The table ${created} has an engine that this layout does not know.`)
    return statement
      .replace(CREATE, `CREATE TABLE IF NOT EXISTS ${database}.${created}${suffix} ON CLUSTER ${cluster}`)
      .replace(
        /ENGINE = MergeTree\b/,
        `ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/${database}/${created}', '{replica}')`,
      )
      .replace('non_replicated_deduplication_window', 'replicated_deduplication_window')
  }
  const altered = ALTER.exec(statement)?.[1]
  if (altered !== undefined)
    return statement.replace(ALTER, `ALTER TABLE ${database}.${altered}${suffix} ON CLUSTER ${cluster}`)
  throw new OperatorError(`This layout does not know what to make of: ${statement.slice(0, 80)}`)
}

function acrossShards(table: string, { cluster, database }: ClusterOptions): string {
  const key = SHARD_KEYS[table]
  if (key === undefined)
    throw new OperatorError(`Nothing says on which shard a row of ${table} is kept (analytics-cluster.ts).`)
  return `CREATE TABLE IF NOT EXISTS ${database}.${table} ON CLUSTER ${cluster} AS ${database}.${table}_local ENGINE = Distributed('${cluster}', '${database}', '${table}_local', ${key})`
}

function recorded(migrations: readonly Migration[], { database }: ClusterOptions): string {
  const rows = migrations.map(({ name, sql }) => `(${quoted(name)}, ${quoted(hashOf(sql))})`)
  return `INSERT INTO ${database}.schema_migration (name, hash) SELECT name, hash FROM VALUES('name String, hash String', ${rows.join(', ')}) WHERE name NOT IN (SELECT name FROM ${database}.schema_migration)`
}

export function tablesOf(statements: readonly string[]): string[] {
  return statements.flatMap((statement) => CREATE.exec(statement)?.[1] ?? [])
}

/** Comments before a statement; they would hide what it is. */
function withoutComments(statement: string): string {
  return statement
    .replaceAll(/^\s*--.*$/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()
}
