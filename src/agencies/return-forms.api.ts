import type { CalendarDate } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import type { Db } from '#platform/database.ts'
import { inTransaction } from '#platform/database.ts'
import { agencies } from './contract.ts'
import { findAgency } from './register.store.ts'
import { findReporters, type Reporter } from './reporters.store.ts'
import {
  findingsOf,
  isMasked,
  isOwn,
  mayHandle,
  type Period,
  reportingOf,
  unitsOf,
  withoutPast,
} from './reporting.ts'
import { mutable } from './returns.api.ts'
import { missingFields } from './returns-check.rules.ts'
import {
  findReturnDraft,
  listDraftPeriods,
  type ReturnDraft,
  saveReturnDraft,
} from './returns-draft.store.ts'
import {
  answersOf,
  filedOnOf,
  type OwedPeriod,
  owedPeriods,
  partsFor,
  periodName,
  periodNamed,
  periodState,
} from './returns.rules.ts'
import { findAgenciesOf, findReturnHistory, findReturnsOver } from './returns.store.ts'

const os = implementation(agencies)

const mine = os.mine.handler(async ({ context: { db, actor, today } }) => {
  const organisations = actor.kind === 'account' ? actor.organisationIds : []
  return { items: await findAgenciesOf(db, organisations, today) }
})

const returnPeriods = os.returnPeriods.handler(async ({ input: { code }, context, errors }) => {
  const agency = await theirs(code, context, errors)
  const [reporter] = await findReporters(context.db, context.today, agency.id)
  const drafts = await listDraftPeriods(context.db, agency.id, sideOf(agency.partyId, context))
  const owed = reporter === undefined ? [] : owedBy(reporter, context)
  return {
    name: reporter?.name ?? code,
    items: owed.map((period) => ({
      ...standing(period, reporter, context.today),
      draft: drafts.includes(period.periodFrom),
    })),
  }
})

const returnForm = os.returnForm.handler(
  async ({ input: { code, period: name, purpose }, context, errors }) => {
    const agency = await theirs(code, context, errors)
    const owed = await theirPeriod(context, agency, name)
    if (owed === undefined) throw errors.UNKNOWN_PERIOD({ data: { period: name } })
    const { period, reporter } = owed
    const { db, zone } = context
    const reporting = await reportingOf(db, zone, agency.id, period)
    const { forms } = reporting
    if (forms === undefined) throw errors.UNKNOWN_PERIOD({ data: { period: name } })
    const filed = await findReturnsOver(db, agency.id, period.periodFrom, period.periodTo)
    const reported = filed.length > 0 || reporting.comparison.lastYear !== undefined
    const masked = reported && (await isMasked(context, agency, purpose))
    const draft = await findReturnDraft(db, {
      agencyId: agency.id,
      ...daysOf(period),
      side: sideOf(agency.partyId, context),
    })
    return {
      ...standing(period, reporter, context.today),
      agency: { code, name: reporting.name, partyId: agency.partyId },
      form: {
        from: forms.from,
        sample: forms.sample,
        source: { zh: forms.source.zh, en: forms.source.en },
        parts: partsFor(forms, reporting.classes).map(({ code: part, names, fields }) => ({
          code: part,
          names,
          fields,
        })),
      },
      masked,
      answers: masked ? null : (answersOf(period, filed, unitsOf(forms)) ?? null),
      lastYear: masked ? null : (reporting.comparison.lastYear ?? null),
      explained: masked ? [] : filed.flatMap(({ findings }) => findings.map(mutable)),
      draft: draft === undefined ? null : draftShown(draft),
    }
  },
)

const saveDraft = os.saveReturnDraft.handler(
  async ({ input: { code, period: name, ...input }, context, errors }) => {
    const agency = await theirs(code, context, errors)
    const owed = await theirPeriod(context, agency, name)
    if (owed === undefined) throw errors.UNKNOWN_PERIOD({ data: { period: name } })
    const key = { agencyId: agency.id, ...daysOf(owed.period), side: sideOf(agency.partyId, context) }
    const savedBy = context.actor.kind === 'account' ? context.actor.name : ''
    const draft = { ...input, savedAt: context.now, savedBy }
    const version = await inTransaction(context.db, (tx) => saveReturnDraft(tx, key, draft))
    if (version !== undefined) return { version, savedAt: context.now.toISOString() }
    const other = await findReturnDraft(context.db, key)
    // Gone meanwhile: it has been filed, and what was typed begins a new draft.
    throw errors.DRAFT_CHANGED({
      data:
        other === undefined
          ? { version: 0, savedAt: context.now.toISOString(), savedBy: '', answers: {}, reasons: {} }
          : draftShown(other),
    })
  },
)

const check = os.checkReturn.handler(async ({ input: { code, period: name, answers }, context, errors }) => {
  const agency = await theirs(code, context, errors)
  const period = periodNamed(name)
  const reporting = period && (await reportingOf(context.db, context.zone, agency.id, period))
  if (reporting?.forms === undefined) throw errors.UNKNOWN_PERIOD({ data: { period: name } })
  const own = isOwn(agency.partyId, context)
  return {
    missing: [...missingFields(answers, reporting.forms, reporting.classes)],
    findings: findingsOf(answers, reporting).map((one) => mutable(own ? one : withoutPast(one))),
  }
})

const history = os.returnHistory.handler(
  async ({ input: { code, period: name, purpose }, context, errors }) => {
    const agency = await theirs(code, context, errors)
    const period = periodNamed(name)
    if (period === undefined) throw errors.UNKNOWN_PERIOD({ data: { period: name } })
    const lines = await findReturnHistory(context.db, agency.id, period.periodFrom, period.periodTo)
    const masked = lines.length > 0 && (await isMasked(context, agency, purpose))
    return {
      masked,
      items: lines.map((line) => ({
        id: line.id,
        recordedAt: line.recordedAt.toISOString(),
        supersededAt: line.supersededAt?.toISOString() ?? null,
        source: line.source,
        cause: line.cause,
        answers: masked ? null : { ...line.answers, revenue: line.revenueFen, headcount: line.headcount },
        explained: masked ? null : line.findings.map(mutable),
        explanations: line.findings.filter(({ reason }) => reason !== null).length,
      })),
    }
  },
)

export const returnFormsApi = {
  mine,
  returnPeriods,
  returnForm,
  saveReturnDraft: saveDraft,
  checkReturn: check,
  returnHistory: history,
}

interface AgencyErrors {
  UNKNOWN_AGENCY(refusal: { data: { code: string } }): Error
  FORBIDDEN(): Error
}

async function theirs(code: string, context: Context, errors: AgencyErrors) {
  const agency = await findAgency(context.db, code)
  if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  if (!mayHandle(agency.partyId, context)) throw errors.FORBIDDEN()
  return agency
}

export function owedBy({ stays, classes }: Reporter, { zone, today }: Pick<Context, 'zone' | 'today'>) {
  return owedPeriods(zone.returnForms, stays, classes, today)
}

/** The period of that name as this agency owes it; undefined where it does not. */
async function theirPeriod(
  context: { db: Db; zone: Context['zone']; today: CalendarDate },
  agency: { readonly id: string },
  name: string,
) {
  const [reporter] = await findReporters(context.db, context.today, agency.id)
  const period = reporter && owedBy(reporter, context).find((one) => periodName(one) === name)
  return period === undefined ? undefined : { period, reporter }
}

function sideOf(partyId: string, context: Context) {
  return isOwn(partyId, context) ? ('agency' as const) : ('office' as const)
}

function daysOf({ periodFrom, periodTo }: Period) {
  return { periodFrom, periodTo }
}

function draftShown({ savedAt, answers, reasons, ...draft }: ReturnDraft) {
  return { ...draft, savedAt: savedAt.toISOString(), answers: { ...answers }, reasons: { ...reasons } }
}

/** Where a period stands with an agency, as lists and forms say it. */
export function standing(period: OwedPeriod, reporter: Reporter | undefined, today: CalendarDate) {
  const filed = reporter?.filed ?? []
  const filedOn = filedOnOf(
    period,
    filed.filter(({ superseded }) => !superseded),
  )
  return {
    period: periodName(period),
    ...daysOf(period),
    dueOn: period.dueOn,
    state: periodState(period, filedOn, today),
    filedOn: filedOn ?? null,
    revisions: filed.filter(
      (one) => one.superseded && one.periodFrom >= period.periodFrom && one.periodTo <= period.periodTo,
    ).length,
  }
}
