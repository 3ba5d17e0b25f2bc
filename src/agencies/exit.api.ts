import { implementation } from '#platform/api.ts'
import { resolveParty } from '../parties/public.ts'
import { mayKeep } from './client-files.api.ts'
import { openClientMatters } from './client-matters.ts'
import { agencies } from './contract.ts'
import type { ClientMatterSource } from './define.ts'
import { exitCases } from './exit.ts'
import type { TriggerFinding } from './exit.rules.ts'
import { findAgency, findAgencyOfParty } from './register.store.ts'
import { findReporter } from './returns.store.ts'
import { rulesInForce } from './stage.rules.ts'

const os = implementation(agencies)

const exits = os.exits.handler(async ({ input: { cursor, limit, trigger }, context }) => {
  const { zone, today, db } = context
  const rules = rulesInForce(zone.exitRules, today)
  const cases = await exitCases(db, context)
  const met = cases.filter(({ finding }) => finding?.triggers.some((one) => one.met))
  const meets = (code: string) => (one: (typeof cases)[number]) =>
    one.finding?.triggers.some((found) => found.code === code && found.met) === true
  const found = trigger === undefined ? met : met.filter(meets(trigger))
  const rest = cursor === undefined ? found : found.filter(({ code }) => code > cursor)
  const items = rest.slice(0, limit)
  return {
    total: found.length,
    next: rest.length > limit ? (items.at(-1)?.code ?? null) : null,
    asOf: today,
    rule: rules?.from ?? null,
    sample: rules?.sample ?? false,
    counts: (rules?.triggers ?? []).map(({ code, names }) => ({
      code,
      names,
      agencies: cases.filter(meets(code)).length,
    })),
    items: items.map(({ code, name, carrier, movedIn, openFiles, finding }) => ({
      code,
      name,
      carrier,
      movedIn,
      openFiles,
      triggers: (finding?.triggers ?? []).map(shown),
    })),
  }
})

const exit = (sources: readonly ClientMatterSource[]) =>
  os.exit.handler(async ({ input: { code }, context, errors }) => {
    const { db, zone, today } = context
    const agency = await findAgency(db, code)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    if (!mayKeep(agency.partyId, context)) throw errors.FORBIDDEN()
    const [[found], open, { name }] = await Promise.all([
      exitCases(db, context, agency.id),
      openClientMatters(db, agency, sources),
      findReporter(db, agency.id, today),
    ])
    const rules = rulesInForce(zone.exitRules, today)
    return {
      code,
      name,
      inZone: found !== undefined,
      asOf: today,
      rule: rules?.from ?? null,
      sample: rules?.sample ?? false,
      triggers: (found?.finding?.triggers ?? []).map(shown),
      open: open.map(({ source, ...one }) => ({ ...one, source: source.code, names: source.names })),
    }
  })

const ofParty = os.ofParty.handler(async ({ input: { partyId }, context: { db }, errors }) => {
  const party = await resolveParty(db, partyId)
  const agency = party === undefined ? undefined : await findAgencyOfParty(db, party)
  if (agency === undefined) throw errors.NO_AGENCY()
  return { code: agency.code }
})

export const exitApi = (sources: readonly ClientMatterSource[]) => ({ exits, exit: exit(sources), ofParty })

function shown({ days, periods, ...trigger }: TriggerFinding) {
  return { ...trigger, days: [...days], periods: [...periods] }
}
