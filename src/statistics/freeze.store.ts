import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Target } from '../zone/measure.rules.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { countTable, coveredTable, gridOf, openTable } from './breakdown.ts'
import { findEarlierTable, insertBreakdown } from './breakdown.store.ts'
import type { Described } from './described.rules.ts'
import type { Indicator } from './declare.ts'
import { digestOf, figureDigest, partDigest } from './digest.rules.ts'
import {
  isCounted,
  judgedFigure,
  spanOn,
  targetOf,
  type CountedNamedPart,
  type JudgedFigure,
} from './figure.ts'
import { confidentialityOf, unitView } from './figure.view.ts'
import type { Reading } from './reading.store.ts'
import { kindOfRow } from './records.ts'
import { compiledRows, freezeRows, frozenDigest, insertFigure, insertPart } from './snapshot.store.ts'
import { quarterEnd } from './span.rules.ts'

/** What is frozen must come from one moment, so the transaction sees none of what others commit meanwhile. */
export async function holdStill(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx)
}

/** Asks the database itself, past everything kept in memory. */
export function directReading(db: Db): Reading {
  return { db, ask: async (query) => (await query.execute(db)).rows }
}

export interface FrozenFigure {
  readonly id: string
  readonly code: string
  readonly value: number | null
  readonly digest: string
  readonly parts: readonly string[]
  /** Whether a table by dimension was frozen with it. */
  readonly hasTable: boolean
}

interface Into {
  readonly snapshotId: string
  readonly revision: number
}

/** Freezes one figure with its rows, digests and table. Call it in a transaction that holds still. */
export async function freezeFigure(
  tx: Tx,
  { zone }: Pick<Context, 'zone'>,
  indicator: Indicator,
  asOf: CalendarDate,
  into: Into,
): Promise<FrozenFigure> {
  const reading = directReading(tx)
  const figure = await judgedFigure(reading, indicator, zone, asOf)
  const target = targetOf(zone, indicator.code)
  const described = describe(indicator, figure, target)
  const id = await newId(tx)
  const parts = []
  for (const part of figure.parts) parts.push(await freezePart(tx, id, part))
  const salt = randomBytes(16).toString('hex')
  const { code, version: definitionVersion } = indicator
  const { asOf: day, from } = figure.days
  const { value } = figure
  const digest = figureDigest({
    salt,
    code,
    definitionVersion,
    asOf: day,
    from,
    unit: described.unit.code,
    value,
    parts,
  })
  await insertFigure(tx, { id, ...into, code, definitionVersion, value, described, salt, digest })
  const hasTable = await freezeTable(tx, reading, id, indicator, figure, zone)
  return { id, code, value, digest, parts: parts.map(({ part }) => part), hasTable }
}

function describe(indicator: Indicator, figure: JudgedFigure, target: Target | undefined): Described {
  return {
    names: target?.names ?? indicator.name,
    definition: indicator.definition,
    unit: unitView(indicator.unit, target),
    operator: target?.operator ?? null,
    target: target?.target ?? null,
    targetYear: target?.targetYear ?? null,
    verdict: figure.verdict,
    reason: figure.reason,
    confidentiality: confidentialityOf(indicator, target),
    days: figure.days,
    parts: figure.parts.map(({ name, part, count }) => ({
      name,
      kind: part.kind,
      recordKind: kindOfRow(part),
      count,
    })),
  }
}

async function freezePart(tx: Tx, figureId: string, { name, part, span, count, stated }: CountedNamedPart) {
  const { value, items, records } = count
  const facts = { part: name, kind: part.kind, value, items, records }
  if (!isCounted(part)) {
    const digest =
      stated === undefined
        ? partDigest([])
        : digestOf({ ...stated, definition: { ...stated.definition }, source: { ...stated.source } })
    await insertPart(tx, {
      figureId,
      ...facts,
      query: null,
      parameters: null,
      stated: stated ?? null,
      digest,
    })
    return { ...facts, digest }
  }
  await freezeRows(tx, figureId, name, part, span)
  const digest = await frozenDigest(tx, figureId, name)
  await insertPart(tx, { figureId, ...facts, ...compiledRows(tx, part, span), stated: null, digest })
  return { ...facts, digest }
}

/** Tables of confidential records are published for quarter ends only: two tables a day apart would tell one record. */
async function freezeTable(
  tx: Tx,
  reading: Reading,
  figureId: string,
  indicator: Indicator,
  figure: JudgedFigure,
  zone: ZoneProfile,
): Promise<boolean> {
  const grid = gridOf(indicator)
  const { asOf } = figure.days
  const open = confidentialityOf(indicator, targetOf(zone, indicator.code)) === 'public'
  if (grid === undefined || (!open && quarterEnd(asOf) !== asOf)) return false
  const table = await countTable(reading, indicator, grid, spanOn(zone, figure.days))
  const earlier = open ? undefined : await findEarlierTable(tx, indicator.code, asOf)
  const published = open ? openTable(table) : coveredTable(table, indicator, zone, earlier)
  await insertBreakdown(tx, figureId, table, published)
  return true
}

export async function newId(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(db)
  return rows[0]?.id ?? ''
}
