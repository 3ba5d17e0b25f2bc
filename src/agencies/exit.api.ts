import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { findMatters, startMatter } from '../matters/public.ts'
import { resolveParty } from '../parties/public.ts'
import { mayKeep } from './client-files.api.ts'
import { openClientMatters } from './client-matters.ts'
import { agencies } from './contract.ts'
import type { ClientMatterSource } from './define.ts'
import { exitCases } from './exit.ts'
import type { TriggerFinding } from './exit.rules.ts'
import { agencyMoveOut } from './procedures.ts'
import { findAgency, findAgencyOfParty, lockAgency } from './register.store.ts'
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
  const running = new Map(
    (await findMatters(db, { procedure: MOVE_OUT, open: true })).map(({ applicant, number }) => [
      applicant.organisationId,
      number,
    ]),
  )
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
    items: items.map(({ code, name, partyId, carrier, movedIn, openFiles, finding }) => ({
      code,
      name,
      carrier,
      movedIn,
      openFiles,
      running: running.get(partyId) ?? null,
      triggers: (finding?.triggers ?? []).map(shown),
    })),
  }
})

const MOVE_OUT = 'agency-move-out'

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

const beginExit = (sources: readonly ClientMatterSource[]) =>
  os.beginExit.handler(({ input: { code }, context, errors }) =>
    context.write(async (tx) => {
      const agency = await lockAgency(tx, code, context.now)
      const known = agency && (await findAgency(tx, code))
      if (known === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
      const before = await findMatters(tx, { procedure: MOVE_OUT, organisationId: known.partyId })
      const [open] = await findMatters(tx, { procedure: MOVE_OUT, organisationId: known.partyId, open: true })
      if (open !== undefined) throw errors.EXIT_RUNNING({ data: { number: open.number } })
      const [found] = await exitCases(tx, context, known.id)
      const met = found?.finding?.triggers.filter((one) => one.met) ?? []
      if (found === undefined || met.length === 0) throw errors.NOT_TRIGGERED()
      const { number } = await startMatter(tx, context, agencyMoveOut(sources), {
        answers: { ground: 'trigger', reason: reasonOf(met) },
        applicant: { kind: 'organisation', accountId: null, organisationId: known.partyId, name: found.name },
        cause: `agency-exit-${code}-${before.length + 1}`,
      })
      await recordAudit(tx, context, {
        action: 'agency.exit-begun',
        subject: { kind: 'agency', id: known.id },
        detail: { code, matter: number, triggers: met.map((one) => one.code).join(' ') },
      })
      return { number }
    }),
  )

/** The triggers in words, with the days and periods that met them, as the warning has to name them. */
function reasonOf(met: readonly TriggerFinding[]): string {
  return `符合迁出触发条件：${met.map(inWords).join('；')}`.slice(0, 1000)
}

function inWords({ names, days, periods }: TriggerFinding): string {
  const seen = [...periods, ...days].join('、')
  return seen === '' ? names.zh : `${names.zh}（${seen}）`
}

const ofParty = os.ofParty.handler(async ({ input: { partyId }, context: { db }, errors }) => {
  const party = await resolveParty(db, partyId)
  const agency = party === undefined ? undefined : await findAgencyOfParty(db, party)
  if (agency === undefined) throw errors.NO_AGENCY()
  return { code: agency.code }
})

export const exitApi = (sources: readonly ClientMatterSource[]) => ({
  exits,
  exit: exit(sources),
  beginExit: beginExit(sources),
  ofParty,
})

function shown({ days, periods, ...trigger }: TriggerFinding) {
  return { ...trigger, days: [...days], periods: [...periods] }
}
