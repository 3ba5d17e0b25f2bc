import { type Context, implementation } from '#platform/api.ts'
import { type CalendarDate, date } from '#platform/calendar.ts'
import { recordAudit } from '../ledger/public.ts'
import { highValue } from './high-value.contract.ts'
import {
  countInventions,
  endReasonOn,
  findInvention,
  findReasons,
  insertPopulation,
  insertReason,
  type InventionRow,
  listPopulations,
  lockInvention,
  searchInventions,
} from './high-value.store.ts'
import { type Criterion, CRITERION_NAMES, longMaintainedFrom } from './rules.ts'
import { findPopulation } from './store.ts'

const os = implementation(highValue)
const PER = 10_000

const list = os.list.handler(async ({ input, context, errors }) => {
  const { criterion, q, limit, cursor } = input
  const on = pastDay('asOf', input.asOf, context, errors)
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const [found, sums, population] = await Promise.all([
    searchInventions(context.db, { on, criterion, q, after, limit: limit + 1 }),
    countInventions(context.db, on),
    findPopulation(context.db, on),
  ])
  const items = found.rows.slice(0, limit).map(showItem)
  const last = items.at(-1)
  return {
    asOf: on,
    total: found.total,
    ...sums,
    population: population ?? null,
    perTenThousand: population === undefined ? null : (sums.inventions / population.residents) * PER,
    items,
    next: found.rows.length > limit && last ? `${last.grantedOn}_${last.patentNumber}` : null,
  }
})

const get = os.get.handler(async ({ input, context, errors }) => {
  const { patentNumber } = input
  const on = pastDay('asOf', input.asOf, context, errors)
  const row = await findInvention(context.db, patentNumber, on)
  if (row === undefined) throw errors.UNKNOWN_PATENT({ data: { patentNumber } })
  const { id, source } = row
  const item = showItem(row)
  const reasons = Map.groupBy(await findReasons(context.db, id), ({ criterion }) => criterion)
  const inForce = item.grantedOn <= on && (item.lapsedOn === null || item.lapsedOn > on)
  return {
    ...item,
    asOf: on,
    inForce,
    counted: inForce && item.criteria.length > 0,
    yearsSinceFiling: wholeYears(item.filedOn, on),
    source,
    findings: CRITERION_NAMES.map((criterion) => ({
      criterion,
      holds: item.criteria.includes(criterion),
      reasons: reasons.get(criterion) ?? [],
    })),
  }
})

const populations = os.populations.handler(async ({ input, context, errors }) => {
  const on = pastDay('asOf', input.asOf, context, errors)
  const [rows, used, { inventions }] = await Promise.all([
    listPopulations(context.db),
    findPopulation(context.db, on),
    countInventions(context.db, on),
  ])
  return {
    asOf: on,
    items: rows.map((row) => ({
      ...row,
      used: row.countedOn === used?.countedOn && row.version === used.version,
      perTenThousand: (inventions / row.residents) * PER,
    })),
  }
})

const addPopulation = os.addPopulation.handler(({ input, context, errors }) => {
  pastDay('publishedOn', input.publishedOn, context, errors)
  if (input.publishedOn < input.countedOn)
    throw errors.PUBLISHED_BEFORE_COUNTED({ data: { field: 'publishedOn' } })
  return context.write(async (tx) => {
    if (!(await insertPopulation(tx, input))) {
      const { countedOn, version } = input
      throw errors.VERSION_TAKEN({ data: { countedOn, version } })
    }
    await recordAudit(tx, context, {
      action: 'population.version-added',
      subject: { kind: 'population', id: `${input.countedOn}/${input.version}` },
      detail: { residents: input.residents, publishedOn: input.publishedOn },
    })
    return input
  })
})

const find = os.find.handler(({ input, context, errors }) => {
  const { patentNumber, criterion, holdsFrom, evidence, source } = input
  pastDay('holdsFrom', holdsFrom, context, errors)
  return context.write(async (tx) => {
    const invention = await lockInvention(tx, patentNumber)
    if (invention === undefined) throw errors.UNKNOWN_PATENT({ data: { patentNumber } })
    const earliest = longMaintainedFrom(date(invention.filedOn))
    if (criterion === 'long-maintained' && holdsFrom < earliest)
      throw errors.NOT_LONG_ENOUGH({ data: { field: 'holdsFrom', from: earliest } })
    const overlapping = (await findReasons(tx, invention.id)).some(
      (reason) => reason.criterion === criterion && (reason.holdsTo === null || reason.holdsTo > holdsFrom),
    )
    if (overlapping) throw errors.ALREADY_FOUND()
    const { id: inventionId } = invention
    await insertReason(tx, {
      inventionId,
      criterion,
      holdsFrom,
      evidence,
      source,
      recordedBy: accountOf(context),
    })
    await recordAudit(tx, context, {
      action: 'high-value.criterion-found',
      subject: { kind: 'invention', id: patentNumber },
      detail: { criterion, holdsFrom },
    })
    return { patentNumber }
  })
})

const end = os.end.handler(({ input, context, errors }) => {
  const { patentNumber, criterion, holdsTo, reason } = input
  pastDay('holdsTo', holdsTo, context, errors)
  return context.write(async (tx) => {
    const invention = await lockInvention(tx, patentNumber)
    if (invention === undefined) throw errors.UNKNOWN_PATENT({ data: { patentNumber } })
    const standing = (await findReasons(tx, invention.id)).find(
      (one) => one.criterion === criterion && one.holdsTo === null,
    )
    if (standing === undefined) throw errors.DOES_NOT_HOLD()
    const { holdsFrom } = standing
    if (holdsTo <= holdsFrom) throw errors.ENDS_BEFORE_IT_BEGINS({ data: { field: 'holdsTo' } })
    await endReasonOn(
      tx,
      { inventionId: invention.id, criterion, holdsFrom },
      { holdsTo, endReason: reason, endedBy: accountOf(context) },
    )
    await recordAudit(tx, context, {
      action: 'high-value.criterion-ended',
      subject: { kind: 'invention', id: patentNumber },
      detail: { criterion, holdsFrom, holdsTo },
    })
    return { patentNumber }
  })
})

export const highValueApi = { list, get, populations, addPopulation, find, end }

function showItem({
  criteria,
  patentNumber,
  title,
  ownerId,
  ownerName,
  filedOn,
  grantedOn,
  lapsedOn,
}: InventionRow) {
  const met = new Set<Criterion>(criteria)
  return {
    patentNumber,
    title,
    ownerId,
    ownerName,
    filedOn,
    grantedOn,
    lapsedOn,
    criteria: CRITERION_NAMES.filter((name) => met.has(name)),
  }
}

function placeOf(cursor: string): { day: string; number: string } | undefined {
  const [, day, number] = /^(\d{4}-\d{2}-\d{2})_(.{1,60})$/.exec(cursor) ?? []
  if (day === undefined || number === undefined) return undefined
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? { day, number } : undefined
}

function wholeYears(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)
}

function pastDay(
  field: string,
  day: string | undefined,
  { today }: Context,
  errors: { DAY_AHEAD(refusal: { data: { field: string; today: string } }): Error },
): CalendarDate {
  const on = day === undefined ? today : date(day)
  if (on > today) throw errors.DAY_AHEAD({ data: { field, today } })
  return on
}

function accountOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}
