/** How a declaration is told to those who read it. */
import { authorise } from '../identity/access.rules.ts'
import type { Context } from '#platform/context.ts'
import { termOn } from './clocks.ts'
import type { Procedure } from './define.ts'
import { formIn, type Lists } from './listed.rules.ts'
import { moversOf, stateOf, stepOf } from './procedure.rules.ts'

export function isInForce({ inForce }: Procedure, today: string): boolean {
  return inForce.from <= today && (inForce.to === null || today < inForce.to)
}

export function isStartedByNobody({ startedBy }: Procedure): boolean {
  return startedBy.kind === 'roles' && startedBy.roles.length === 0
}

export function itemOf(procedure: Procedure, context: Context) {
  const { code, version, names, summary, clauses, inForce, startedBy, onBehalfOf, stations, basis } =
    procedure
  const terms = Object.values(procedure.clocks).map((clock) => termOn(clock, context.zone, context.today))
  return {
    code,
    version,
    names,
    summary,
    clauses: [...clauses],
    inForce: { ...inForce },
    startedBy: { kind: startedBy.kind, roles: startedBy.kind === 'roles' ? [...startedBy.roles] : [] },
    onBehalfOf,
    stationKinds: [...stations],
    mayStart:
      context.actor.kind === 'account' &&
      authorise(startedBy, context.actor) === undefined &&
      isInForce(procedure, context.today),
    sample: basis.some(({ sample }) => sample) || terms.some((term) => term?.sample === true),
  }
}

export function detailOf(procedure: Procedure, context: Context) {
  const { zone } = context
  return {
    ...itemOf(procedure, context),
    basis: procedure.basis.map((one) => ({ ...one })),
    form: formIn(zone, procedure.form),
    materials: (procedure.materials ?? []).map(({ hint = null, accepts, atMost = 1, ...one }) => ({
      ...one,
      hint,
      accepts: [...accepts],
      atMost,
    })),
    states: Object.keys(procedure.states).map((code) => stateView(procedure, code)),
    initial: procedure.initial,
    steps: Object.keys(procedure.transitions).map((code) => stepView(procedure, code, zone)),
    clocks: Object.entries(procedure.clocks).map(([code, clock]) => ({
      code,
      names: clock.names,
      term: termView(termOn(clock, zone, context.today)),
      starts: [...clock.starts],
      stops: [...clock.stops],
      pausesIn: [...(clock.pausesIn ?? [])],
      owner: clock.owner,
      onExpiry: clock.onExpiry ?? null,
      basis: clock.basis,
    })),
    stations: zone.stations
      .filter(({ kind }) => procedure.stations.includes(kind))
      .map(({ id, kind, names }) => ({ code: id, kind, names })),
    publicity:
      procedure.publicity === undefined
        ? null
        : { state: procedure.publicity.state, clock: procedure.publicity.clock },
    rating: procedure.rating === true,
    panels: [...(procedure.panels ?? [])],
  }
}

export function termView(term: ReturnType<typeof termOn>) {
  if (term === undefined) return null
  const { n, unit, ending, ruleCode, ruleFrom, sample, source } = term
  return { n, unit, endingOnDayOff: ending, rule: ruleCode, ruleFrom, sample, source }
}

export function stateView(procedure: Procedure, code: string) {
  const state = stateOf(procedure, code)
  if (state === undefined)
    return { code, names: { zh: code, en: code }, kind: 'open' as const, outcome: null }
  return {
    code,
    names: state.names,
    kind: state.kind,
    outcome: state.kind === 'closed' ? state.outcome : null,
  }
}

export function stepView(procedure: Procedure, code: string, zone: Lists) {
  const step = stepOf(procedure, code)!
  const issued = step.document === undefined ? undefined : procedure.documents?.[step.document]
  return {
    code,
    names: step.names,
    from: [...step.from],
    to: step.to,
    by: moversOf(step).map((mover) => ({
      kind: mover.kind,
      roles: mover.kind === 'roles' ? [...mover.roles] : [],
    })),
    form: step.form === undefined ? null : (formIn(zone, step.form) as Procedure['form']),
    warning: step.warning ?? null,
    asksCorrection: step.asksCorrection === true,
    answersCorrection: step.answersCorrection === true,
    handsOver: step.handsOver === true,
    issues: issued === undefined ? null : { code: step.document!, names: issued.names },
    decides: step.decides === true,
  }
}

export function named(procedures: ReadonlyMap<string, Procedure>, code: string) {
  return { code, names: procedures.get(code)?.names ?? { zh: code, en: code } }
}
