import { call } from '@orpc/server'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { actorFor, type As, type World } from '#testing/world.ts'
import type { Target } from '../src/zone/measure.rules.ts'
import type { ZoneProfile } from '../src/zone/rules.ts'
import { statisticsApi } from '../src/statistics/api.ts'
import {
  indicator,
  registry,
  type IndicatorRow,
  type Span,
  type StatedFigure,
} from '../src/statistics/declare.ts'

/** An invented room: orchards that stand for a while, and harvests that growers sell. */
export async function plantOrchards(db: Db): Promise<void> {
  await sql`create table orchard (
    id text primary key, name text not null, village text, tree text not null, planted_on date not null, felled_on date)`.execute(
    db,
  )
  await sql`create table harvest (
    id uuid primary key default uuidv7(), grower_id uuid not null, grower text not null, village text,
    worth_fen bigint not null, sold_on date not null)`.execute(db)
  await sql`call watch_indicator_source('orchard')`.execute(db)
  await sql`call watch_indicator_source('harvest')`.execute(db)
}

const words = (text: string) => ({ zh: text, en: text })

// The generated schema knows nothing of the invented tables, so their queries are written as text.
const standing = (db: Db, { asOf }: Span) =>
  db
    .selectFrom(
      sql<IndicatorRow & { village: string | null; tree: string }>`(
        select id as record_id, name as label, planted_on as occurred_on, village, tree from orchard
        where planted_on <= ${asOf} and (felled_on is null or felled_on > ${asOf}))`.as('orchard'),
    )
    .selectAll()

interface Harvest extends IndicatorRow {
  readonly partyId: string
  readonly amount: number
  readonly village: string | null
}

const sold = (db: Db, { from, to }: Span) =>
  db
    .selectFrom(
      sql<Harvest>`(
        select id as record_id, grower as label, sold_on as occurred_on, grower_id as party_id, worth_fen as amount, village
        from harvest where sold_on between ${from} and ${to})`.as('harvest'),
    )
    .selectAll()

const villages = {
  name: words('village'),
  values: () => ({ east: words('East'), west: words('West'), north: words('North') }),
}
const trees = { name: words('tree'), values: () => ({ pear: words('Pear'), plum: words('Plum') }) }

const about = (code: string) => ({
  code,
  clauses: ['S20'] as const,
  name: words(code),
  definition: words(`what ${code} counts`),
  version: 1,
})

export let statedPeople: StatedFigure | undefined
export function statePeople(figure: StatedFigure | undefined): void {
  statedPeople = figure
}

export const orchards = registry([
  indicator({
    ...about('orchards'),
    unit: 'item',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'count',
    recordKind: 'orchard',
    recordPage: (id) => `/orchards/${id}`,
    records: standing,
    dimensions: { village: villages, tree: trees },
  }),
  indicator({
    ...about('secret-orchards'),
    unit: 'item',
    measures: 'stock',
    confidentiality: 'masked',
    kind: 'count',
    recordKind: 'orchard',
    records: standing,
    dimensions: { village: villages, tree: trees },
  }),
  indicator({
    ...about('growers'),
    unit: 'firm',
    measures: 'flow',
    confidentiality: 'protected',
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'harvest',
    records: sold,
    dimensions: { village: villages },
  }),
  indicator({
    ...about('worth'),
    unit: 'fen',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'sum',
    recordKind: 'harvest',
    records: sold,
    dimensions: { village: villages },
  }),
  indicator({
    ...about('orchards-per-10k'),
    unit: 'perTenThousand',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'ratio',
    numerator: { kind: 'count', recordKind: 'orchard', records: standing },
    denominator: { kind: 'stated', unit: 'person', figure: () => Promise.resolve(statedPeople) },
    scale: 10_000,
  }),
  indicator({
    ...about('worth-growth'),
    unit: 'percent',
    measures: 'flow',
    confidentiality: 'public',
    kind: 'growth',
    priceBasis: 'current',
    part: { kind: 'sum', recordKind: 'harvest', records: sold },
  }),
])

export const CODES = [...orchards.keys()]

function target(code: string, rest: Partial<Target>): Target {
  return {
    code,
    clause: 'S20',
    pillar: 'clustering',
    names: words(code),
    definition: words(code),
    unit: { code: 'count', zh: '个', en: 'items', per: 1 },
    measure: 'stock',
    operator: '>',
    target: null,
    targetYear: 2026,
    distinctBy: null,
    period: { choice: 'as-of', since: null, stated: true, note: words('note') },
    baseline: null,
    path: [],
    comparator: null,
    confidential: false,
    ...rest,
  }
}

/** The shipped profile with the targets of the invented room. */
export function orchardZone(zone: ZoneProfile): ZoneProfile {
  const pillar = zone.pillars[0]?.code ?? ''
  const gdp = {
    code: 'gdp',
    names: words('GDP growth'),
    values: [{ period: '2026', value: 4, source: words('office') }],
  }
  return {
    ...zone,
    suppression: { ...zone.suppression, smallCellThreshold: 5, dominancePercent: 85 },
    targets: [
      target('orchards', { pillar, target: 100, path: [{ year: 2026, value: 101, sample: true }] }),
      target('growers', {
        pillar,
        target: 100,
        measure: 'flow',
        period: { choice: 'cumulative', since: '2024-01-01', stated: false, note: words('n') },
      }),
      target('worth-growth', { pillar, operator: 'exceeds-comparator', measure: 'ratio', comparator: gdp }),
      target('nobody-counts-this', { pillar, target: 7 }),
    ],
  }
}

/** Calls the room with its invented declarations as the platform would, short of HTTP. */
export function orchardOffice(w: World, { today = '2026-11-22' } = {}) {
  w.setToday(today)
  const router = statisticsApi(orchards)
  const contextOf = (who: As): Context => ({ ...w.context(actorFor(who)), zone: orchardZone(w.zone) })
  return {
    board: (who: As, asOf?: string) => call(router.board, { asOf }, { context: contextOf(who) }),
    indicators: (who: As, asOf?: string) => call(router.indicators, { asOf }, { context: contextOf(who) }),
    indicator: (who: As, code: string) => call(router.indicator, { code }, { context: contextOf(who) }),
    records: (
      who: As,
      input: {
        code: string
        part?: 'records' | 'denominator' | 'previous'
        cursor?: string
        limit?: number
        asOf?: string
      },
    ) => call(router.records, input, { context: contextOf(who) }),
    breakdown: (who: As, code: string, asOf?: string) =>
      call(router.breakdown, { code, asOf }, { context: contextOf(who) }),
    csv: (who: As, code: string, asOf?: string) =>
      call(router.breakdownTable, { code, asOf }, { context: contextOf(who) }),
    freeze: (who: As, input: { asOf: string; title: string; codes?: string[] }) =>
      call(router.takeSnapshot, input, { context: contextOf(who) }),
    snapshot: (who: As, id: string) => call(router.snapshot, { id }, { context: contextOf(who) }),
    snapshots: (who: As) => call(router.snapshots, undefined, { context: contextOf(who) }),
    frozenRecords: (
      who: As,
      input: { id: string; code: string; revision?: number; cursor?: string; limit?: number },
    ) => call(router.snapshotRecords, input, { context: contextOf(who) }),
    differences: (who: As, id: string) => call(router.differences, { id }, { context: contextOf(who) }),
    restate: (who: As, input: { id: string; code: string; cause: string }) =>
      call(router.restate, input, { context: contextOf(who) }),
    restatements: (who: As) => call(router.restatements, undefined, { context: contextOf(who) }),
  }
}

/** `count` orchards from `from` on, numbered; all pears in the east unless told. */
export async function plant(
  db: Db,
  from: number,
  count: number,
  { village = 'east', tree = 'pear', on = '2025-01-01' } = {},
) {
  await sql`insert into orchard (id, name, village, tree, planted_on)
    select 'o' || lpad(n::text, 5, '0'), 'Orchard ' || n, ${village}, ${tree}, ${on}::date
    from generate_series(${from}::int, ${from + count - 1}::int) n`.execute(db)
}

export function growerId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export async function sell(
  db: Db,
  grower: number,
  worthFen: number,
  { village = 'east', on = '2026-03-01' } = {},
) {
  await sql`insert into harvest (grower_id, grower, village, worth_fen, sold_on)
    values (${growerId(grower)}, ${`Grower ${grower}`}, ${village}, ${worthFen}, ${on}::date)`.execute(db)
}
