import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Actor } from '#platform/access.ts'
import { date } from '#platform/calendar.ts'
import { inAuditedTransaction, type Db, type Tx } from '#platform/database.ts'
import { ledgerKeyFolder, sequence, type AuditContext, type Sequencer } from '../src/ledger/public.ts'
import { testDatabase } from './database.ts'
import type { World } from './world.ts'

/** The sequencer of a test world, which runs when a test says so. */
export function sequencerOf(w: World): Sequencer {
  return {
    db: w.db,
    keys: ledgerKeyFolder(w.config.dataFolder),
    zoneId: w.zone.id,
    moment: () => w.context(),
  }
}

/** What the worker does all the time: takes all that is committed into the log, and signs. Answers its size. */
export function sequenceLedger(w: World): Promise<number> {
  return sequence(sequencerOf(w))
}

export interface TestLedger {
  readonly db: Db
  readonly url: string
  readonly sequencer: Sequencer
  write<Result>(work: (tx: Tx, context: AuditContext) => Promise<Result>): Promise<Result>
  sequence(): Promise<number>
}

/** A ledger on a database of its own, without the rest of the platform; gone when the test has finished. */
export async function testLedger(actor: Actor = { kind: 'system', job: 'test' }): Promise<TestLedger> {
  const database = await testDatabase()
  const { db, url } = database
  const folder = await mkdtemp(join(tmpdir(), 'zhiyuan-ledger-'))
  onTestFinished(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const context = (): AuditContext => ({
    actor,
    requestId: 'test-request',
    now: new Date(),
    today: date('2026-11-22'),
  })
  const sequencer = { db, keys: ledgerKeyFolder(folder), zoneId: 'test-zone', moment: context }
  return {
    db,
    url,
    sequencer,
    write: (work) => inAuditedTransaction(db, (tx) => work(tx, context())),
    sequence: () => sequence(sequencer),
  }
}
