import { type ActField, type Filled, numberOrNull, orNull } from './ActForm.tsx'
import { type Task, usePlanNames, useText } from './queries.ts'

/** The fields of a task, for adding one and for reworking one. */
export function useTaskFields(): ActField[] {
  const { fields } = useText().act
  const names = usePlanNames()
  return [
    { name: 'action', label: fields.action, kind: 'choice', options: names.actionOptions },
    { name: 'title', label: fields.title },
    { name: 'detail', label: fields.detail, kind: 'area', required: false },
    { name: 'clauses', label: fields.clauses, hint: fields.clausesHint, required: false },
    { name: 'startsOn', label: fields.startsOn, kind: 'day', required: false },
    { name: 'dueOn', label: fields.dueOn, kind: 'day', required: false },
    { name: 'target', label: fields.target, required: false },
    { name: 'indicator', label: fields.indicator, hint: fields.indicatorHint, required: false },
    { name: 'indicatorAtLeast', label: fields.indicatorAtLeast, kind: 'number', required: false },
    { name: 'decision', label: fields.decision, kind: 'number', required: false },
  ]
}

/** What the form holds, as the contract takes it. */
export function taskDraft(filled: Filled) {
  return {
    action: filled['action'] ?? '',
    title: filled['title'] ?? '',
    detail: filled['detail'] ?? '',
    clauses: (filled['clauses'] ?? '').split(/[\s,，、]+/u).filter((one) => one !== ''),
    startsOn: orNull(filled['startsOn']),
    dueOn: orNull(filled['dueOn']),
    target: orNull(filled['target']),
    indicator: orNull(filled['indicator']),
    indicatorAtLeast: numberOrNull(filled['indicatorAtLeast']),
    decision: numberOrNull(filled['decision']),
  }
}

export function filledFrom(task: Task): Filled {
  return {
    action: task.action,
    title: task.title,
    detail: task.detail,
    clauses: task.clauses.join(' '),
    startsOn: task.startsOn ?? '',
    dueOn: task.dueOn ?? '',
    target: task.target ?? '',
    indicator: task.indicator ?? '',
    indicatorAtLeast: task.indicatorAtLeast === null ? '' : String(task.indicatorAtLeast),
    decision: task.decision === null ? '' : String(task.decision),
  }
}
