import type { Clock, Mover, Procedure, State, Step } from './define.ts'
import { holds, type Answers } from './form.rules.ts'

type Shape = Pick<
  Procedure,
  | 'code'
  | 'version'
  | 'inForce'
  | 'clauses'
  | 'materials'
  | 'states'
  | 'initial'
  | 'transitions'
  | 'clocks'
  | 'publicity'
> & { readonly documents?: Readonly<Record<string, unknown>> }

/**
 * A matter that was taken over by somebody outside. Every procedure has it: whatever was declared, “not ours” is a
 * hand-over and never an end without an owner.
 */
export const HANDED_OVER = 'handedOver'
const handedOver: State = {
  names: { zh: '已移送', en: 'Handed over' },
  kind: 'closed',
  outcome: 'handed-over',
}

export function stateOf({ states }: Pick<Procedure, 'states'>, code: string): State | undefined {
  return Object.hasOwn(states, code) ? states[code] : code === HANDED_OVER ? handedOver : undefined
}

export function stepOf({ transitions }: Pick<Procedure, 'transitions'>, code: string) {
  return Object.hasOwn(transitions, code) ? transitions[code] : undefined
}

export function moversOf({ by }: Pick<Step<string, never, never>, 'by'>): readonly Mover[] {
  return Array.isArray(by) ? (by as readonly Mover[]) : [by as Mover]
}

/** What makes a declaration impossible, in words for whoever wrote it; none when it can work. */
export function impossibilities(procedure: Shape): string[] {
  return [
    ...badNames(procedure),
    ...badGraph(procedure),
    ...badSteps(procedure),
    ...badClocks(procedure),
    ...badMaterials(procedure),
  ]
}

function badNames({ code, version, inForce, clauses, states }: Shape): string[] {
  const problems: string[] = []
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) problems.push(`the code “${code}” is not kebab-case`)
  if (!Number.isInteger(version) || version < 1) problems.push(`version ${version}`)
  if (inForce.to !== null && inForce.to <= inForce.from) problems.push('it ends before it comes into force')
  for (const clause of clauses) if (!/^S[1-9]\d*$/.test(clause)) problems.push(`“${clause}” is no clause`)
  if (Object.hasOwn(states, HANDED_OVER)) problems.push(`the state ${HANDED_OVER} belongs to the engine`)
  return problems
}

/** Every state can be reached from the first, and from every state the matter can be brought to a close. */
function badGraph({ states, initial, transitions }: Shape): string[] {
  const steps = Object.values(transitions).map(({ from, to }) => ({ from, to }))
  const reached = spread([initial], (state) =>
    steps.filter(({ from }) => from.includes(state)).map(({ to }) => to),
  )
  const closed = Object.keys(states).filter((state) => states[state]?.kind === 'closed')
  const closing = spread(closed, (state) =>
    steps.filter(({ to }) => to === state).flatMap(({ from }) => [...from]),
  )
  const names = Object.keys(states)
  return [
    ...(closed.length === 0 ? ['no state closes it'] : []),
    ...names.filter((state) => !reached.has(state)).map((state) => `the state ${state} cannot be reached`),
    ...names
      .filter((state) => !closing.has(state))
      .map((state) => `nothing closes it from the state ${state}`),
    ...steps
      .flatMap(({ from, to }) => [...from, to])
      .filter((state) => !Object.hasOwn(states, state))
      .map((state) => `there is no state ${state}`),
    ...(states[initial]?.kind === 'closed' ? ['it begins closed'] : []),
  ]
}

function spread(from: readonly string[], next: (state: string) => readonly string[]): Set<string> {
  const found = new Set(from)
  for (const state of found) for (const one of next(state)) found.add(one)
  return found
}

function badSteps({ states, transitions, documents = {} }: Shape): string[] {
  return Object.entries(transitions).flatMap(([code, step]) => {
    const problems: string[] = []
    if (moversOf(step).length === 0) problems.push(`nobody may take the step ${code}`)
    for (const state of step.from)
      if (states[state]?.kind === 'closed') problems.push(`the step ${code} leaves the closed state ${state}`)
    if (step.document !== undefined && !Object.hasOwn(documents, step.document))
      problems.push(`the step ${code} issues an unknown document ${step.document}`)
    if (step.asksCorrection === true && states[step.to]?.kind !== 'waiting')
      problems.push(`the step ${code} asks for correction but leads to a state that waits for nobody`)
    return problems
  })
}

function badClocks({ clocks, transitions, states, publicity }: Shape): string[] {
  const problems = Object.entries(clocks).flatMap(([code, clock]) =>
    badClock(clock, transitions, states).map((problem) => `clock ${code}: ${problem}`),
  )
  if (publicity !== undefined && !(publicity.clock in clocks && publicity.pauses in clocks))
    problems.push('publicity names an unknown clock')
  return problems
}

function badClock(
  { term, starts, stops, pausesIn = [], onExpiry, remindDaysBefore = [] }: Clock<string, string>,
  transitions: Shape['transitions'],
  states: Shape['states'],
): string[] {
  const unknown = [
    ...starts.filter((one) => one !== 'submit'),
    ...stops,
    ...(onExpiry ? [onExpiry] : []),
  ].filter((one) => !Object.hasOwn(transitions, one))
  return [
    ...unknown.map((one) => `there is no step ${one}`),
    ...(stops.length === 0 ? ['it never stops'] : []),
    ...(starts.length === 0 ? ['it never starts'] : []),
    ...('rule' in term || (Number.isInteger(term.n) && term.n > 0) ? [] : ['its term is no whole number']),
    ...pausesIn.filter((state) => !Object.hasOwn(states, state)).map((state) => `there is no state ${state}`),
    ...(remindDaysBefore.some((days) => !Number.isInteger(days) || days < 0)
      ? ['a reminder after the end']
      : []),
    ...(onExpiry !== undefined && !moversOf(transitions[onExpiry] ?? { by: [] as never }).some(isSystem)
      ? [`the system may not take the step ${onExpiry}`]
      : []),
  ]
}

function isSystem({ kind }: Mover): boolean {
  return kind === 'system'
}

function badMaterials({ materials = [] }: Shape): string[] {
  const codes = materials.map(({ code }) => code)
  return codes
    .filter((code, index) => codes.indexOf(code) !== index)
    .map((code) => `the material ${code} is listed twice`)
}

/** Whether a material must be there, given the answers. */
export function isRequired(required: boolean | Parameters<typeof holds>[0], answers: Answers): boolean {
  return typeof required === 'boolean' ? required : required !== undefined && holds(required, answers)
}
