import { addDays, addMonths, type CalendarDate, date, daysBetween } from '#platform/calendar.ts'
import type { ReturnField, ReturnForms } from '../zone/returns.rules.ts'
import { rulesInForce } from './stage.rules.ts'

/** Returns are made for a calendar quarter or a calendar year (S198): other periods could not be added up or compared. */
export function isReportingPeriod(from: CalendarDate, to: CalendarDate): boolean {
  const year = from.endsWith('-01-01') && to === addMonths(from, 12)
  const quarter = /-(01|04|07|10)-01$/.test(from) && to === addMonths(from, 3)
  return year || quarter
}

/** A period that an agency reports, half-open, with the last day for filing. */
export interface OwedPeriod {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly dueOn: CalendarDate
  readonly schedule: ReturnForms['schedules'][number]
}

export type PeriodState = 'not-open' | 'due' | 'late' | 'filed' | 'filed-late'

interface Stay {
  readonly movedIn: CalendarDate
  readonly movedOut: CalendarDate | null
}

/**
 * The periods that an agency reports up to a day, the one that runs on that day included, newest first. An agency owes
 * the period on whose last day it is in the zone, by the form in force on its first day; before the zone has a form
 * nothing is owed.
 */
export function owedPeriods(
  versions: readonly ReturnForms[],
  stays: readonly Stay[],
  classes: readonly string[],
  today: CalendarDate,
): OwedPeriod[] {
  const first = versions.reduce<string | undefined>(
    (earliest, { from }) => (earliest === undefined || from < earliest ? from : earliest),
    undefined,
  )
  if (first === undefined) return []
  const owed: OwedPeriod[] = []
  for (let from = date(`${first.slice(0, 4)}-01-01`); from <= today;) {
    const forms = rulesInForce(versions, from)
    const schedule = forms && scheduleFor(forms, classes)
    const to = addMonths(from, schedule?.period === 'quarter' ? 3 : 12)
    const lastDay = addDays(to, -1)
    // Whoever stands in the zone on the day asked is expected to report the period that runs on it.
    const probe = lastDay < today ? lastDay : today
    if (schedule !== undefined && stays.some((stay) => isThere(stay, probe))) {
      owed.push({ periodFrom: from, periodTo: to, dueOn: addDays(lastDay, schedule.dueDays), schedule })
    }
    from = to
  }
  return owed.toReversed()
}

function isThere({ movedIn, movedOut }: Stay, day: CalendarDate): boolean {
  return movedIn <= day && (movedOut === null || day < movedOut)
}

/** The schedule that holds for an agency: the first that names one of its classes, or everybody. */
export function scheduleFor({ schedules }: ReturnForms, classes: readonly string[]) {
  return schedules.find((one) => one.classes === null || one.classes.some((code) => classes.includes(code)))
}

/** Where a period stands on a day: filed (in time or late), open, overdue, or not over yet. */
export function periodState(
  { periodTo, dueOn }: Pick<OwedPeriod, 'periodTo' | 'dueOn'>,
  filedOn: CalendarDate | undefined,
  today: CalendarDate,
): PeriodState {
  if (filedOn !== undefined) return filedOn <= dueOn ? 'filed' : 'filed-late'
  if (today < periodTo) return 'not-open'
  return today <= dueOn ? 'due' : 'late'
}

/** The parts of a form that an agency of these classes fills. */
export function partsFor({ parts }: ReturnForms, classes: readonly string[]) {
  return parts.filter((part) => part.classes === null || part.classes.some((code) => classes.includes(code)))
}

export function fieldsFor(forms: ReturnForms, classes: readonly string[]): ReturnField[] {
  return partsFor(forms, classes).flatMap(({ fields }) => fields)
}

/** Answers by the code of their field: whole numbers, money in fen. */
export type ReturnValues = Readonly<Record<string, number>>

/** The days around the last day for filing on which an agency that has not filed is reminded; negative is before it. */
export function reminderDue(
  { dueOn, schedule, periodTo }: OwedPeriod,
  alreadySent: readonly number[],
  today: CalendarDate,
): number | undefined {
  const days = [...schedule.remindBefore.map((before) => -before), ...schedule.remindAfter].toSorted(
    (a, b) => a - b,
  )
  const reached = days.filter((day) => addDays(dueOn, day) <= today)
  const latest = reached.at(-1)
  // One letter for the latest step: who was not reached on an earlier one is not sent them all at once.
  if (latest === undefined || today < periodTo || alreadySent.some((sent) => sent >= latest)) return undefined
  return latest
}

/** `2025`, or `2025Q3` for a quarter: how people name a period. */
export function periodName({
  periodFrom,
  periodTo,
}: {
  periodFrom: CalendarDate
  periodTo: CalendarDate
}): string {
  const year = periodFrom.slice(0, 4)
  if (periodTo === addMonths(periodFrom, 12)) return year
  return `${year}Q${(Number(periodFrom.slice(5, 7)) + 2) / 3}`
}

/** The period of a name. Undefined where it names none. */
export function periodNamed(name: string): { periodFrom: CalendarDate; periodTo: CalendarDate } | undefined {
  const found = /^(\d{4})(?:Q([1-4]))?$/.exec(name)
  if (found === null || found[1] === undefined || found[1] < '1900' || found[1] > '9990') return undefined
  const quarter = found[2]
  const month = quarter === undefined ? 1 : Number(quarter) * 3 - 2
  const periodFrom = date(`${found[1]}-${String(month).padStart(2, '0')}-01`)
  return { periodFrom, periodTo: addMonths(periodFrom, quarter === undefined ? 12 : 3) }
}

interface Filing {
  readonly periodFrom: CalendarDate
  readonly periodTo: CalendarDate
  readonly filedOn: CalendarDate
}

/** The returns that together report every day of a period; undefined while a day of it is missing. */
export function filingsOf<Filed extends Filing>(
  { periodFrom, periodTo }: Pick<OwedPeriod, 'periodFrom' | 'periodTo'>,
  filed: readonly Filed[],
): readonly Filed[] | undefined {
  const within = filed.filter((one) => one.periodFrom >= periodFrom && one.periodTo <= periodTo)
  // No day is reported twice, so as many days as the period has are all of them.
  const days = within.reduce((sum, one) => sum + daysBetween(one.periodFrom, one.periodTo), 0)
  return days === daysBetween(periodFrom, periodTo) ? within : undefined
}

/** The day on which a period had been reported in full. */
export function filedOnOf(
  period: Pick<OwedPeriod, 'periodFrom' | 'periodTo'>,
  filed: readonly Filing[],
): CalendarDate | undefined {
  return filingsOf(period, filed)
    ?.map(({ filedOn }) => filedOn)
    .toSorted()
    .at(-1)
}

interface Answered extends Filing {
  readonly revenueFen: number
  readonly headcount: number
  readonly answers: ReturnValues
}

/** All answers of a period from the returns that report it: amounts and numbers of acts add up, people are those at its end. */
export function answersOf(
  period: Pick<OwedPeriod, 'periodFrom' | 'periodTo'>,
  filed: readonly Answered[],
  unitOf: (field: string) => ReturnField['unit'] | undefined,
): ReturnValues | undefined {
  const within = filingsOf(period, filed)?.toSorted((a, b) => (a.periodFrom < b.periodFrom ? -1 : 1))
  if (within === undefined || within.length === 0) return undefined
  const answers: Record<string, number> = {}
  for (const { revenueFen, headcount, answers: others } of within) {
    for (const [field, value] of Object.entries({ ...others, revenue: revenueFen, headcount })) {
      answers[field] = unitOf(field) === 'person' ? value : (answers[field] ?? 0) + value
    }
  }
  return answers
}
