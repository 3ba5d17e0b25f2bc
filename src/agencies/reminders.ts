import { type CalendarDate, daysBetween } from '#platform/calendar.ts'
import { type Db, inTransaction } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { notify } from '../notices/public.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { returnNotice } from './notices.ts'
import { findReporters, noteReminded, recordReminder, type Reporter } from './reporters.store.ts'
import { filedOnOf, type OwedPeriod, owedPeriods, periodName, reminderDue } from './returns.rules.ts'

interface Moment {
  readonly now: Date
  readonly today: CalendarDate
}

/**
 * Reminds every agency that has not filed of each period whose day for it has come (S198). Each step is taken once, by
 * whichever worker comes first. Answers how many reminders were written down.
 */
export async function remindReturns(db: Db, zone: ZoneProfile, moment: Moment): Promise<number> {
  let reminded = 0
  for (const reporter of await findReporters(db, moment.today)) {
    const filed = reporter.filed.filter(({ superseded }) => !superseded)
    for (const period of owedPeriods(zone.returnForms, reporter.stays, reporter.classes, moment.today)) {
      if (filedOnOf(period, filed) !== undefined) continue
      const sent = reporter.reminders.filter(({ periodFrom }) => periodFrom === period.periodFrom)
      const step = reminderDue(
        period,
        sent.map(({ daysAfter }) => daysAfter),
        moment.today,
      )
      if (step !== undefined && (await remind(db, { reporter, period, step }, moment))) reminded += 1
    }
  }
  return reminded
}

interface Reminder {
  readonly reporter: Reporter
  readonly period: OwedPeriod
  readonly step: number
}

function remind(db: Db, { reporter, period, step }: Reminder, { now, today }: Moment): Promise<boolean> {
  const name = periodName(period)
  const key = {
    agencyId: reporter.id,
    periodFrom: period.periodFrom,
    periodTo: period.periodTo,
    daysAfter: step,
  }
  return inTransaction(db, async (tx) => {
    const first = await recordReminder(tx, { ...key, dueOn: period.dueOn, remindedOn: today, people: 0 })
    if (!first) return false
    const people = await notify(
      tx,
      { now, today },
      {
        to: { organisation: reporter.partyId },
        kind: returnNotice,
        subject: { kind: 'agency', id: reporter.id },
        words: wordsOf(name, period.dueOn, today),
        href: `/work/returns/${reporter.code}/${name}`,
        once: `return-${reporter.code}-${name}-${step}`,
      },
    )
    await noteReminded(tx, key, people)
    const actor = { kind: 'system', job: 'agencies.remind-returns' } as const
    await recordAudit(
      tx,
      { actor, requestId: `remind-returns-${today}`, now, today },
      {
        action: 'agency.return-reminded',
        subject: { kind: 'agency', id: reporter.id },
        detail: { period: name, step, people },
      },
    )
    return true
  })
}

function wordsOf(period: string, dueOn: CalendarDate, today: CalendarDate) {
  if (today > dueOn)
    return {
      zh: `${period} 统计报表应于 ${dueOn} 前报送，现已逾期`,
      en: `The statistical return for ${period} was due on ${dueOn}`,
    }
  const left = daysBetween(today, dueOn)
  return {
    zh: `${period} 统计报表请于 ${dueOn} 前报送（还有 ${left} 天）`,
    en: `The statistical return for ${period} is due on ${dueOn} (${left} days left)`,
  }
}
