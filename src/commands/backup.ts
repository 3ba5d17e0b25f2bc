import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { OperatorError } from '#platform/errors.ts'
import { openStores } from '#platform/stores.ts'
import type { CommandInput } from '../cli.ts'
import { migrateStores } from './prepare.ts'

/** Beside the tables: what a restored installation needs to verify its past and to open what it sealed. */
const keptFolders = ['files', 'keys'] as const
const keptFiles = ['identity.secret'] as const

const Manifest = z.object({
  format: z.literal('zhiyuan-backup-1'),
  takenAt: z.iso.datetime(),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), sha256: z.string() }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.number() })),
  migrations: z.array(z.string()),
})
type Manifest = z.infer<typeof Manifest>

/** Writes a folder: every table as of one moment, the files by hash, the keys, and a manifest that vouches for them. */
export async function backup(input: CommandInput): Promise<number> {
  const folder = targetFolder(input)
  await refuseOccupied(folder)
  const stores = await openStores(input.config, input.log, { own: false })
  try {
    await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 })
    const manifest = await withClient(stores.databaseUrl, (client) => dumpTables(client, folder, input.say))
    for (const name of [...keptFolders, ...keptFiles])
      await copyIfThere(join(input.config.dataFolder, name), join(folder, name))
    // Last, so that a backup cut short has none and is refused.
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
    input.print(
      `${manifest.tables.length} tables, ${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} rows: ${folder}`,
    )
    return 0
  } finally {
    await stores.stop()
  }
}

/** Reads a backup into an empty installation of the same version; in one transaction, so it is there wholly or not. */
export async function restore(input: CommandInput): Promise<number> {
  const folder = targetFolder(input)
  const manifest = await readManifest(folder)
  for (const name of [...keptFolders, ...keptFiles])
    await copyIfThere(join(folder, name), join(input.config.dataFolder, name))
  const stores = await openStores(input.config, input.log, { own: false })
  try {
    await migrateStores(stores, input.say)
    await withClient(stores.databaseUrl, (client) => loadTables(client, folder, manifest, input.say))
    input.print(`restored ${manifest.tables.length} tables as of ${manifest.takenAt}`)
    return 0
  } finally {
    await stores.stop()
  }
}

function targetFolder({ args }: CommandInput): string {
  const [folder] = args
  if (folder === undefined) throw new OperatorError('Name the folder of the backup.')
  return resolve(folder)
}

async function refuseOccupied(folder: string) {
  const found = await readdir(folder).catch(() => [])
  if (found.length > 0)
    throw new OperatorError(`${folder} is not empty; a backup goes into a folder of its own.`)
}

async function copyIfThere(from: string, to: string) {
  if ((await stat(from).catch(() => undefined)) !== undefined)
    await cp(from, to, { recursive: true, preserveTimestamps: true })
}

async function dumpTables(client: pg.Client, folder: string, say: (line: string) => void): Promise<Manifest> {
  // One snapshot for all tables: nothing that commits meanwhile is half in.
  await client.query('begin isolation level repeatable read read only')
  const tables: Manifest['tables'] = []
  for (const { name, columns } of await listTables(client)) {
    say(`backing up ${name}`)
    const hash = createHash('sha256')
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${quote(name)}`,
    )
    const source = client.query(copyTo(`copy ${quote(name)} (${columns.map(quote).join(', ')}) to stdout`))
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      createGzip({ level: 5 }),
      createWriteStream(tableFile(folder, name), { mode: 0o600 }),
    )
    tables.push({ name, columns, rows: rows[0]?.count ?? 0, sha256: hash.digest('hex') })
  }
  const sequences = await client.query<{ name: string; value: string }>(
    `select sequencename as name, coalesce(last_value, 0)::text as value from pg_sequences where schemaname = 'public' order by 1`,
  )
  const migrations = await client.query<{ name: string }>('select name from migration order by name')
  await client.query('commit')
  return {
    format: 'zhiyuan-backup-1',
    takenAt: new Date().toISOString(),
    tables,
    sequences: sequences.rows.map(({ name, value }) => ({ name, value: Number(value) })),
    migrations: migrations.rows.map(({ name }) => name),
  }
}

/** Generated columns are computed again, not copied. */
async function listTables(client: pg.Client) {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.table_name <> 'migration'
    group by 1 order by 1`)
  return rows
}

async function loadTables(
  client: pg.Client,
  folder: string,
  manifest: Manifest,
  say: (line: string) => void,
) {
  await refuseOtherVersion(client, manifest)
  await refuseOccupiedDatabase(client)
  await client.query('begin')
  // The rows were consistent when they were written; checking each again would forbid loading them table by table.
  await client.query('set local session_replication_role = replica')
  for (const { name, columns, rows, sha256 } of manifest.tables) {
    say(`restoring ${name}`)
    await client.query(`delete from ${quote(name)}`)
    const hash = createHash('sha256')
    const target = client.query(copyFrom(`copy ${quote(name)} (${columns.map(quote).join(', ')}) from stdin`))
    await pipeline(
      createReadStream(tableFile(folder, name)),
      createGunzip(),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      target,
    )
    if (hash.digest('hex') !== sha256)
      throw new OperatorError(`${name} in the backup is not what was written; nothing was restored.`)
    if (target.rowCount !== rows)
      throw new OperatorError(`${name} holds ${target.rowCount} rows, not ${rows}; nothing was restored.`)
  }
  for (const { name, value } of manifest.sequences) {
    if (value > 0) await client.query('select setval($1::regclass, $2)', [quote(name), value])
  }
  await client.query('commit')
  await client.query('analyze')
}

async function refuseOtherVersion(client: pg.Client, manifest: Manifest) {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name')
  const here = rows.map(({ name }) => name)
  const unknown = manifest.migrations.filter((name) => !here.includes(name))
  const missing = here.filter((name) => !manifest.migrations.includes(name))
  if (unknown.length > 0)
    throw new OperatorError(`The backup is of a later version (${unknown[0]}): install that version first.`)
  if (missing.length > 0) {
    throw new OperatorError(
      `The backup is of an earlier version (without ${missing[0]}): restore it with that version, then upgrade.`,
    )
  }
}

async function refuseOccupiedDatabase(client: pg.Client) {
  // Whatever is ever written leaves an entry in the ledger.
  const { rowCount } = await client.query('select from ledger_entry limit 1')
  if (rowCount !== 0) {
    throw new OperatorError(
      'This installation holds data already; a backup is restored into an empty one only.',
    )
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new OperatorError(`${folder} holds no manifest.json: it is no backup, or one that was cut short.`)
  })
  const read = Manifest.safeParse(JSON.parse(text))
  if (!read.success)
    throw new OperatorError(`${folder}/manifest.json is not of a backup that this version reads.`)
  return read.data
}

function tableFile(folder: string, name: string) {
  return join(folder, 'tables', `${name}.copy.gz`)
}

function quote(identifier: string) {
  return pg.escapeIdentifier(identifier)
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
