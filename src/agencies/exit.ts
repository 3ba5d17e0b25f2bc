import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { type ExitFacts, type ExitFinding, exitTriggersOf } from './exit.rules.ts'
import { type ExitRecord, findExitRecords } from './exit.store.ts'
import { findReporters, type Reporter } from './reporters.store.ts'
import { filedOnOf, owedPeriods, periodName } from './returns.rules.ts'
import { rulesInForce } from './stage.rules.ts'

export interface ExitCase extends ExitRecord {
  /** Undefined where the zone has no rule of moving out yet. */
  readonly finding: ExitFinding | undefined
}

/** The agencies of the zone, or one of them, with what the triggers of moving out find on the day (S202). */
export async function exitCases(
  db: Db,
  { zone, today }: Pick<Context, 'zone' | 'today'>,
  agencyId?: string,
): Promise<ExitCase[]> {
  const rules = rulesInForce(zone.exitRules, today)
  const [records, reporters] = await Promise.all([
    findExitRecords(db, { zone: zone.id, on: today, agencyId }),
    findReporters(db, today, agencyId),
  ])
  const byId = new Map(reporters.map((reporter) => [reporter.id, reporter]))
  return records.map((record) => ({
    ...record,
    finding: rules && exitTriggersOf(factsOf(record, byId.get(record.id), { zone, today }), rules, today),
  }))
}

function factsOf(
  { movedIn, leases, penalties, lastServed }: ExitRecord,
  reporter: Reporter | undefined,
  { zone, today }: Pick<Context, 'zone' | 'today'>,
): ExitFacts {
  return {
    movedIn,
    leaseEnd: lastEnd(leases),
    penalties,
    returnsMissing: reporter === undefined ? [] : missingOf(reporter, zone.returnForms, today),
    lastServed: lastServed ?? undefined,
  }
}

function lastEnd(leases: ExitRecord['leases']): CalendarDate | null | undefined {
  if (leases.length === 0) return undefined
  return leases.reduce<CalendarDate | null>(
    (last, { validTo }) => (last === null || validTo === null ? null : validTo > last ? validTo : last),
    leases[0]?.validTo ?? null,
  )
}

function missingOf(
  { stays, classes, filed }: Reporter,
  forms: Context['zone']['returnForms'],
  today: CalendarDate,
): ExitFacts['returnsMissing'] {
  const believed = filed.filter(({ superseded }) => !superseded)
  return owedPeriods(forms, stays, classes, today)
    .filter((period) => period.dueOn < today && filedOnOf(period, believed) === undefined)
    .map((period) => ({ period: periodName(period), dueOn: period.dueOn }))
}
