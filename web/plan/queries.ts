import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import type { Tone } from '../ui/Badge.tsx'
import { either, useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Progress = Awaited<ReturnType<typeof client.plan.progress>>
export type TaskLine = Progress['tasks'][number]
export type Task = Awaited<ReturnType<typeof client.plan.task>>
export type Standing = TaskLine['standing']
export type DecisionLine = Awaited<ReturnType<typeof client.plan.decisions>>['items'][number]
export type Decision = Awaited<ReturnType<typeof client.plan.decision>>
export type Issue = Awaited<ReturnType<typeof client.plan.issues>>['items'][number]
export type Guidance = Awaited<ReturnType<typeof client.plan.guidance>>['items'][number]
export type Meeting = Awaited<ReturnType<typeof client.plan.meeting>>
export type AnnualPlan = Awaited<ReturnType<typeof client.plan.years>>['items'][number]
export type FollowUp = Issue['followUp']

/** The words of this room. */
export function useText() {
  return useMessages({ zh, en })
}

/** Names of units, actions and bodies; a code without a name is shown as it is. */
export function usePlanNames() {
  const governance = useQuery(api.plan.units.queryOptions({})).data
  const actions = useQuery(api.plan.actions.queryOptions({ input: {} })).data?.items ?? []
  const units = governance?.units ?? []
  const bodies = governance?.leadingGroup.bodies ?? []
  return {
    units,
    bodies,
    actions,
    unit: (code: string) => named(units, code),
    action: (code: string) => named(actions, code),
    body: (code: string) => named(bodies, code),
    unitOptions: units.map(({ code, names }) => ({ value: code, label: either(names) })),
    actionOptions: actions.map(({ code, names }) => ({ value: code, label: either(names) })),
    bodyOptions: bodies.map(({ code, names }) => ({ value: code, label: either(names) })),
  }
}

export const TONES: Readonly<Record<Standing, Tone>> = {
  late: 'late',
  startLate: 'late',
  unmanned: 'risk',
  dueSoon: 'risk',
  active: 'info',
  planned: 'neutral',
  unsettled: 'risk',
  completedLate: 'met',
  completed: 'met',
  cancelled: 'neutral',
}

export const FOLLOW_UP_TONES: Readonly<Record<FollowUp, Tone>> = {
  late: 'late',
  open: 'info',
  answeredLate: 'risk',
  answered: 'met',
  closed: 'neutral',
}

export const DECISION_TONES: Readonly<Record<DecisionLine['followUp'], Tone>> = {
  late: 'late',
  untasked: 'risk',
  running: 'info',
  done: 'met',
}

/** The name of a code in a list; the code itself where the list has none. */
function named(list: readonly { code: string; names: { zh: string; en: string } }[], code: string) {
  const found = list.find((one) => one.code === code)
  return found === undefined ? code : either(found.names)
}
