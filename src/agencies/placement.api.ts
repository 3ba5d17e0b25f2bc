import { date } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import { hasRole } from '#platform/access.ts'
import { agencies } from './contract.ts'
import { adviseOn, replays } from './placement.ts'
import { type Advice, findAdvice } from './placement.store.ts'
import { stageOf } from './stage.rules.ts'
import { pastDay } from './vantage.ts'

const os = implementation(agencies)

const placement = os.placement.handler(async ({ input, context, errors }) => {
  const foundedOn = pastDay('foundedOn', input.foundedOn, context.today, errors)
  const advice = await adviseOn(context.db, context, { ...input, foundedOn })
  if (advice === undefined) throw errors.NO_RULE()
  return shown(advice, context.today)
})

const placementAdvice = os.placementAdvice.handler(async ({ input: { matter }, context, errors }) => {
  const advice = await findAdvice(context.db, { matterNumber: matter })
  // Whether there is one is nobody's business but of those who may see it.
  if (advice === undefined || !maySee(advice.partyId, context)) throw errors.NO_ADVICE()
  const { matterNumber, madeOn } = advice
  return { ...shown(advice, madeOn), matter: matterNumber, madeOn, replayed: replays(advice) }
})

export const placementApi = { placement, placementAdvice }

function maySee(partyId: string, { actor }: Context): boolean {
  if (hasRole(actor, 'officer', 'operator', 'leader', 'auditor')) return true
  return actor.kind === 'account' && actor.organisationIds.includes(partyId)
}

function shown({ inputs, rules, finding }: Advice, asOf: string) {
  const { conditions, certain, sample } = stageOf(inputs.facts, rules.stage)
  return {
    asOf: date(asOf),
    stage: inputs.stage,
    stageRule: rules.stage.from,
    placementRule: rules.placement.from,
    sample: sample || rules.placement.sample,
    certain,
    numbers: conditions.map(({ stage, fact, atLeast, value, met }) => ({ stage, fact, atLeast, value, met })),
    industries: [...inputs.industries],
    staff: inputs.staff,
    squareMetresPerPerson: rules.placement.squareMetresPerPerson,
    carrier: finding.carrier,
    units: [...finding.units],
    waiting: finding.waiting,
    carriers: finding.carriers.map(({ reasons, ...one }) => ({ ...one, reasons: reasons.map(plain) })),
    vacancies: inputs.vacancies
      .filter(({ use }) => rules.placement.unitUses.includes(use))
      .map(({ id, number, building, floor, carrier, use, areaSquareMetres }) => ({
        id,
        number,
        building,
        floor,
        carrier,
        use,
        areaSquareMetres,
      })),
  }
}

type Reason = Advice['finding']['carriers'][number]['reasons'][number]

function plain(reason: Reason) {
  switch (reason.rule) {
    case 'stage':
      return reason
    case 'industry':
      return { ...reason, shared: [...reason.shared], park: [...reason.park] }
    case 'size':
      return { ...reason, units: [...reason.units] }
  }
}
