import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from '#database/schema.generated.ts'
import { BrokenInvariant } from './errors.ts'

export type Database = DB
/** For reading. */
export type Db = Kysely<Database>

declare const writing: unique symbol
/** Inside a transaction: what writing store functions take, so that none can run outside one. */
export type Tx = Transaction<Database> & { readonly [writing]: true }

const { getTypeParser } = pg.types
/** Object ids of the database's own types. */
const DATE_OID: number = pg.types.builtins.DATE
const INT8_OID: number = pg.types.builtins.INT8

/** Days stay text (`YYYY-MM-DD`), since a day has no time zone; counts and fen are safe integers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === DATE_OID) return (value: string) => value
    if (format !== 'binary' && oid === INT8_OID) return safeInteger
    return getTypeParser(oid, format)
  },
}

function safeInteger(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new BrokenInvariant(`integer out of the safe range: ${value}`)
  return number
}

export interface DatabaseOptions {
  readonly maxConnections: number
  readonly applicationName: string
}

/** Opens a pool; `db.destroy()` closes it. An idle connection that dies is replaced, not thrown at the process. */
export function openDatabase(url: string, { maxConnections, applicationName }: DatabaseOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: applicationName,
    types,
    // Digests of rows are computed by the database from their text form, so every session writes times alike.
    options: '-c TimeZone=UTC',
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', () => {})
  // One that dies between two statements of a transaction fails at its next statement, not the whole process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

interface WriteScope {
  audits: number
}
const scopes = new WeakMap<object, WriteScope>()

/** Runs `work` in one transaction. For requests use `context.write`, which also insists on an audit entry. */
export function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction().execute((transaction) => {
    scopes.set(transaction, { audits: 0 })
    return work(transaction as Tx)
  })
}

/** As `inTransaction`, and rolls back what left no audit entry. */
export function inAuditedTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return inTransaction(db, async (tx) => {
    const result = await work(tx)
    if (scopes.get(tx)?.audits === 0)
      throw new BrokenInvariant('a write was about to commit without an audit entry')
    return result
  })
}

/** Called by the ledger for each audit entry of this transaction. */
export function markAudited(tx: Tx): void {
  const scope = scopes.get(tx)
  if (scope === undefined) throw new BrokenInvariant('an audit entry outside a transaction of the platform')
  scope.audits += 1
}
