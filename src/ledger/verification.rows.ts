import type { Db } from '#platform/database.ts'
import { currentDigests, listSealedTables, tableExists } from './seal.store.ts'
import type { SealBook, SealedState } from './seal.rules.ts'
import type { Findings, Problem } from './verification.rules.ts'
import { readSealIndex } from './verification.store.ts'

/**
 * Holds every sealed row against the digest that the log commits to, and every row of a sealed table against having one.
 * Answers how many rows the log has sealed.
 */
export async function verifyRows(db: Db, seals: SealBook, findings: Findings): Promise<number> {
  await verifySealIndex(db, seals, findings)
  const whole = new Set(await listSealedTables(db))
  for (const [table, rows] of seals.tables()) {
    if (await tableExists(db, table))
      await verifyTable(db, { table, rows, whole: whole.delete(table) }, findings)
    else {
      const what = `the table ${table} is gone`
      findings.add({ kind: 'row-missing', entry: firstEntry(rows), table, what })
    }
  }
  for (const table of whole) await verifyTable(db, { table, rows: new Map(), whole: true }, findings)
  return seals.size
}

interface SealedTable {
  readonly table: string
  readonly rows: ReadonlyMap<string, SealedState>
  /** Every row of it is sealed, not only those that an act named. */
  readonly whole: boolean
}

async function verifyTable(db: Db, { table, rows, whole }: SealedTable, findings: Findings) {
  const missing = new Set([...rows].filter(([, { digest }]) => digest !== null).map(([row]) => row))
  for await (const page of currentDigests(db, table)) {
    for (const { rowId: row, digest } of page) {
      missing.delete(row)
      const sealed = rows.get(row)
      if (sealed === undefined && whole) findings.add(added(table, row))
      if (sealed === undefined || sealed.digest === digest.toString('base64')) continue
      const returned = sealed.digest === null
      findings.add({
        kind: returned ? 'row-returned' : 'row-altered',
        entry: sealed.entry,
        table,
        row,
        what: returned
          ? `row ${row} of ${table} is there again, which ${nameOf(sealed.entry)} says was removed`
          : `row ${row} of ${table} is not as ${nameOf(sealed.entry)} recorded it`,
      })
    }
  }
  for (const row of missing) {
    const { entry } = rows.get(row)!
    findings.add({
      kind: 'row-missing',
      entry,
      table,
      row,
      what: `row ${row} of ${table} is gone, which ${nameOf(entry)} recorded`,
    })
  }
}

/** The index of seals is what the platform looks rows up in: it must say what the log says. */
async function verifySealIndex(db: Db, seals: SealBook, findings: Findings) {
  let seen = 0
  for await (const page of readSealIndex(db)) {
    seen += page.length
    for (const { tableName: table, rowId: row, digest } of page) {
      const sealed = seals.find(table, row)
      if (sealed && sealed.digest === digest) continue
      const what = `the index of seals says something else of row ${row} of ${table} than the log`
      findings.add({ kind: 'seal-altered', entry: sealed?.entry ?? null, table, row, what })
    }
  }
  if (seen < seals.size) {
    findings.add({
      kind: 'seal-altered',
      entry: null,
      what: `the index of seals lacks ${seals.size - seen} rows that the log sealed`,
    })
  }
}

/** Every write of the platform to a sealed table is sealed, so a row without a seal came in by another way. */
function added(table: string, row: string): Problem {
  return { kind: 'row-added', entry: null, table, row, what: `no entry recorded row ${row} of ${table}` }
}

function firstEntry(rows: ReadonlyMap<string, SealedState>): number | null {
  const entries = [...rows.values()].flatMap(({ entry }) => (entry === null ? [] : [entry]))
  return entries.length === 0 ? null : entries.reduce((least, entry) => Math.min(least, entry))
}

function nameOf(entry: number | null): string {
  return entry === null ? 'an entry not yet in the log' : `entry ${entry}`
}
