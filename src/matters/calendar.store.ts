import { createHash } from 'node:crypto'
import type { Db } from '#platform/database.ts'
import { overrideCalendar, type CalendarYear, type WorkingCalendar } from '#platform/working-days.ts'
import { findWorkingCalendar } from '../parties/public.ts'
import type { ZoneProfile } from '../zone/rules.ts'

export interface CalendarInForce {
  readonly calendar: WorkingCalendar
  /** Equal exactly where every day of every year is. */
  readonly version: string
}

let last: (CalendarInForce & { readonly key: string }) | undefined

/** The days as the zone has them; imported notices of the State Council, then what the platform ships, fill other years. */
export async function findCalendar(db: Db, zone: ZoneProfile): Promise<CalendarInForce> {
  const national = await findWorkingCalendar(db)
  const key = `${zone.version} ${national.years.map(({ year, version }) => `${year}:${version}`).join(' ')}`
  if (last?.key !== key) {
    const calendar = overrideCalendar(national, { years: zoneYears(zone) })
    const days = calendar.years.map(({ year, daysOff, makeUpWorkdays }) => [year, daysOff, makeUpWorkdays])
    last = { key, calendar, version: digest(days) }
  }
  return last
}

function zoneYears({ holidays }: ZoneProfile): CalendarYear[] {
  return holidays.map(({ year, source, days }) => ({
    year,
    source: source.url ?? source.zh,
    version: digest(days),
    daysOff: named(days.filter(({ off }) => off)),
    makeUpWorkdays: named(days.filter(({ off }) => !off)),
  }))
}

function named(days: readonly { readonly date: string; readonly names: { readonly zh: string } }[]) {
  return Object.fromEntries(days.map(({ date, names }) => [date, names.zh]))
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
