import { findFaults } from '../../src/matters/answers.rules.ts'
import { date } from '../../src/platform/calendar.ts'
import { useZone } from '../app/session.ts'
import { FormSteps } from '../ui/FormSteps.tsx'
import type { FillingParts } from './DraftPage.tsx'
import { formOf, isNeeded, sectionsOf } from './form.ts'
import { CHECK, MATERIALS } from './pages.ts'
import type { Fault } from './queries.ts'
import { useText } from './text.ts'

/** Today in the zone, as the page was served; the server judges again with its own. */
export function useToday() {
  return date(useZone()?.today ?? '2024-01-01')
}

export function useFaults({ procedure, state }: Pick<FillingParts, 'procedure' | 'state'>): readonly Fault[] {
  const today = useToday()
  return findFaults(formOf(procedure.form), state.answers, today)
}

/** Which parts of the form are done. */
export function DraftSteps(parts: FillingParts) {
  const text = useText()
  const { procedure, state, draft, page, hrefOf } = parts
  const faults = useFaults(parts)
  const failing = new Set(faults.map(({ field }) => field.split('.')[0]))
  const sections = sectionsOf(procedure.form, state.answers).map(({ name, title, questions }) => ({
    name,
    title,
    href: hrefOf(name),
    state: questions.some((one) => failing.has(one.name)) ? ('open' as const) : ('done' as const),
  }))
  const lacking = procedure.materials.filter(
    ({ code, required }) =>
      isNeeded(required, state.answers) &&
      !draft.materials.some((file) => file.code === code && !file.withdrawn),
  )
  const materials = {
    name: MATERIALS,
    title: text.draft.materials,
    href: hrefOf(MATERIALS),
    state: stateOfMaterials(lacking.length, draft.materials.length),
  }
  return (
    <FormSteps
      current={page.section}
      steps={[
        ...sections,
        ...(procedure.materials.length > 0 ? [materials] : []),
        { name: CHECK, title: text.draft.check, href: hrefOf(CHECK), state: 'open' },
      ]}
    />
  )
}

function stateOfMaterials(lacking: number, held: number) {
  if (lacking > 0) return 'open' as const
  return held > 0 ? ('done' as const) : ('optional' as const)
}
