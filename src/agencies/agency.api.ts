import type { CalendarDate } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import { readPersonalData } from '../identity/public.ts'
import { maskRecord } from '../identity/mask.rules.ts'
import { agencies } from './contract.ts'
import { type AgencyView, findAgencyView } from './directory.store.ts'
import { type FactName, PERSONAL_FACTS, staleness } from './facts.rules.ts'
import { findHistory } from './history.store.ts'
import { rulesInForce, stageFactsOf, stageOf } from './stage.rules.ts'
import { findAgency } from './register.store.ts'
import { vantageOf } from './vantage.ts'

const os = implementation(agencies)

const get = os.get.handler(async ({ input: { code, purpose, ...query }, context, errors }) => {
  const vantage = vantageOf(query, context, errors)
  const view = await findAgencyView(context.db, code, vantage)
  if (view === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  return {
    id: view.id,
    code: view.code,
    partyId: view.partyId,
    creditCode: view.creditCode,
    registeredAt: view.registeredAt.toISOString(),
    asOf: vantage.asOf,
    knownOn: vantage.knownOn ?? null,
    inZone: view.memberships.some(
      (stay) => stay.movedIn <= vantage.asOf && (stay.movedOut === null || vantage.asOf < stay.movedOut),
    ),
    facts: await factsOf(view, vantage.asOf, context, purpose),
    stays: view.memberships.map(({ observedOn, ...stay }) => ({ ...stay, asOf: observedOn })),
    stage: stageSummary(view, vantage.asOf, context),
  }
})

const stage = os.stage.handler(async ({ input: { code, ...query }, context, errors }) => {
  const vantage = vantageOf(query, context, errors)
  const view = await findAgencyView(context.db, code, vantage)
  if (view === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  const rules = rulesInForce(context.zone.stageRules, vantage.asOf)
  if (rules === undefined) throw errors.NO_RULE({ data: { asOf: vantage.asOf } })
  const finding = stageOf(
    stageFactsOf({ ...view.facts, annualReturn: view.annualReturn }, vantage.asOf),
    rules,
  )
  const carrier = context.zone.carriers.find((one) => one.stage === finding.stage)
  const placed = view.memberships.find(
    ({ movedIn, movedOut }) => movedIn <= vantage.asOf && (movedOut === null || vantage.asOf < movedOut),
  )
  return {
    code,
    asOf: vantage.asOf,
    stage: finding.stage,
    certain: finding.certain,
    rule: { from: finding.rule, sample: finding.sample, source: rules.source, clauses: rules.clauses },
    numbers: finding.conditions.map((condition) => maskNumber(condition, view.partyId, context)),
    needed: finding.needed,
    carrier: carrier === undefined ? null : { id: carrier.id, names: carrier.names },
    placedIn: placed?.carrier ?? null,
  }
})

const history = os.history.handler(async ({ input: { code, cursor, limit }, context, errors }) => {
  const agency = await findAgency(context.db, code)
  if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  const { total, lines } = await findHistory(context.db, agency.id, cursor, limit + 1)
  const items = lines.slice(0, limit).map(({ observedOn, recordedAt, supersededAt, ...line }) => {
    const value = maskValue(line.field, line.value, agency.partyId, context)
    return {
      ...line,
      value,
      masked: value !== line.value,
      asOf: observedOn,
      recordedAt: recordedAt.toISOString(),
      supersededAt: supersededAt?.toISOString() ?? null,
    }
  })
  return { total, items, next: lines.length > limit ? (items.at(-1)?.id ?? null) : null }
})

export const agencyApi = { get, stage, history }

async function factsOf(view: AgencyView, on: CalendarDate, context: Context, purpose: string | undefined) {
  const contacts = Object.fromEntries(
    PERSONAL_FACTS.map((field) => [field, view.facts[field]?.value ?? null]),
  )
  const { record: shown } = await readPersonalData(context, {
    kind: 'organisation',
    record: contacts,
    recordId: view.code,
    subject: { kind: 'organisation', id: view.partyId },
    ties: { organisationIds: [view.partyId] },
    purpose,
  })
  const isStale = staleness(on, context.zone.thresholds)
  const entries = Object.entries(view.facts) as [FactName, NonNullable<AgencyView['facts'][FactName]>][]
  return Object.fromEntries(
    entries.map(([field, { value, source, observedOn, since }]) => {
      const fact = {
        value,
        source,
        asOf: observedOn,
        since,
        stale: isStale(field, observedOn),
      }
      if (!(field in shown)) return [field, fact]
      return [field, { ...fact, value: shown[field], masked: shown[field] !== value }]
    }),
  )
}

function stageSummary(view: AgencyView, on: CalendarDate, { zone }: Context) {
  const rules = rulesInForce(zone.stageRules, on)
  if (rules === undefined) return null
  const { stage, sample, certain } = stageOf(
    stageFactsOf({ ...view.facts, annualReturn: view.annualReturn }, on),
    rules,
  )
  return { stage, sample, certain, carrier: zone.carriers.find((one) => one.stage === stage)?.id ?? null }
}

/** Everyone may see whether a threshold is met; the revenue itself stays with the agency that reported it. */
function maskNumber<Condition extends { fact: string; value: number | null }>(
  condition: Condition,
  partyId: string,
  { actor }: Context,
): Condition & { masked: boolean } {
  if (condition.fact !== 'annualRevenueFen' || condition.value === null)
    return { ...condition, masked: false }
  const revenue = String(condition.value)
  const masked =
    maskRecord('organisation', { revenue }, actor, { organisationIds: [partyId] }).revenue !== revenue
  return { ...condition, value: masked ? null : condition.value, masked }
}

function maskValue(field: string, value: unknown, partyId: string, { actor }: Context): unknown {
  if (value === null || !PERSONAL_FACTS.some((name) => name === field)) return value
  const shown: Record<string, unknown> = maskRecord('organisation', { [field]: value }, actor, {
    organisationIds: [partyId],
  })
  return shown[field]
}
